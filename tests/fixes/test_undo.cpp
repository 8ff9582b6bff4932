#include "models/rules/rule.h"
#include "tests/fixes/broken_fleet.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace tropo;
using namespace tropo::test;
using namespace tropo::generator;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Whether a plan says beforehand that there is no way back after so many of its steps.
bool hasFinal(const Plan &plan, int steps)
{
    const auto begin = plan.steps.begin();
    return std::any_of(begin, begin + steps, [&](const Step &step) {
        return std::any_of(begin, begin + steps,
                           [&](const Step &last) { return last.id == step.finalAfter; });
    });
}

/// Another executor, which must not be asked for what is not sensible at that moment.
class StrictExecutor : public Executor
{
public:
    explicit StrictExecutor(SimulatedFleet &inner) : m_inner(inner) {}

    Result<void> perform(const Action &action, const std::stop_token &stop) override
    {
        auto done = m_inner.perform(action, stop);
        if (!done)
            m_refused.append(done.error().text());
        return done;
    }
    Result<Observation> observe(const Condition &condition, const std::stop_token &stop) override
    {
        return m_inner.observe(condition, stop);
    }
    bool isSimulation() const override { return true; }
    QStringList refused() const { return m_refused; }

private:
    SimulatedFleet &m_inner;
    QStringList m_refused;
};

} // namespace

/// A plan that is broken off after any step, and taken back, leaves everything as it was; and nothing is
/// asked for on the way back that a machine would refuse.
class TestUndo : public QObject
{
    Q_OBJECT
private:
    QMap<QString, int> m_tried; ///< plans, by name

    /// False where the test has failed.
    bool undoesAfterEachStep(const Reading &before, const Plan &plan, const QString &label)
    {
        ++m_tried[plan.name];
        for (int steps = 1; steps <= plan.steps.size(); ++steps) {
            const auto simulated = simulationOf(before);
            StrictExecutor executor(*simulated);
            const RunResult run = carriedOut(plan, executor, steps);
            const QString where = u"%1, taken back after step %2 (%3)"_s.arg(label, QString::number(steps),
                                                                             plan.steps[steps - 1].title);
            const RunResult back = takenBack(plan, executor, run);
            const bool comesBack = !hasFinal(plan, steps);
            const QStringList differ =
                comesBack ? differences(before, readingOf(*simulated, before.policy)) : QStringList();
            QString wrong;
            if (back.outcome != RunOutcome::Undone || back.says.startsWith(u"Everything"_s) != comesBack)
                wrong = back.says + u" It had gone so: "_s + run.says;
            else if (!executor.refused().isEmpty())
                wrong = executor.refused().join(u' ');
            else if (!differ.isEmpty())
                wrong = u"this differs:\n   "_s + differ.join(u"\n   "_s);
            if (wrong.isEmpty())
                continue;
            QTest::qFail(qPrintable(where + u": "_s + wrong), __FILE__, __LINE__);
            return false;
        }
        return true;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theDemoComesBack_data()
    {
        QTest::addColumn<QString>("earlier");
        QTest::addColumn<QString>("line");
        const QString duplicates = u"nic-remove-duplicates trop02/Acilamwen"_s;
        QTest::newRow("duplicates") << QString() << duplicates;
        QTest::newRow("repair, the address is right") << duplicates << u"float-repair float1 --keep ip"_s;
        QTest::newRow("repair, the MAC is right") << duplicates << u"float-repair float1 --keep mac"_s;
        QTest::newRow("release") << duplicates << u"float-release float1"_s;
        QTest::newRow("reassign") << duplicates << u"float-reassign float1 trop01/Wenebrith"_s;
        QTest::newRow("reassign on the spot") << duplicates << u"float-reassign float1 Acilamwen"_s;
    }
    void theDemoComesBack()
    {
        QFETCH(const QString, earlier);
        QFETCH(const QString, line);
        Reading before = demoReading();
        if (!earlier.isEmpty()) {
            const auto simulated = simulationOf(before);
            const auto plan = makePlan(before.input(), requestOf(earlier));
            QVERIFY(plan && carriedOut(*plan, *simulated).outcome == RunOutcome::Done);
            before = readingOf(*simulated, before.policy);
        }
        const auto plan = makePlan(before.input(), requestOf(line));
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        undoesAfterEachStep(before, *plan, line);
    }

    void whatMendsABreakageComesBack_data()
    {
        QTest::addColumn<int>("breakage");
        const auto all = allBreakages();
        for (int i = 0; i < all.size(); ++i)
            if (const Rule *rule = findRule(QString::fromLatin1(all[i].rule)); rule && !rule->fixes.isEmpty())
                QTest::newRow(qPrintable(all[i].name())) << i;
    }
    void whatMendsABreakageComesBack()
    {
        QFETCH(const int, breakage);
        const Breakage one = allBreakages().at(breakage);
        for (quint64 seed = 1; seed <= 3; ++seed) {
            const auto broken = brokenFleet(one, seed);
            if (!broken)
                continue;
            QSet<QString> seen;
            for (const Finding &finding : broken->findings)
                for (const PlanRequest &request : offersFor(broken->input(), finding)) {
                    const auto plan = finding.rule == QLatin1String(one.rule) && isComplete(request)
                                          ? makePlan(broken->input(), request)
                                          : Result<Plan>(tl::unexpected(Error()));
                    if (plan && !seen.contains(wordsOf(request)) &&
                        !undoesAfterEachStep(*broken, *plan, wordsOf(request)))
                        return;
                    seen.insert(wordsOf(request));
                }
            return;
        }
    }

    void everyPlanWasTried()
    {
        for (const PlanKind &kind : planCatalogue()) {
            const QString name = QString::fromLatin1(kind.name);
            if (name != u"nic-blink") // plugs the cable in again itself
                QVERIFY2(m_tried.contains(name) || name == u"float-assign", qPrintable(name));
        }
    }
};

QTEST_GUILESS_MAIN(TestUndo)
#include "test_undo.moc"
