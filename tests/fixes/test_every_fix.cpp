#include "models/rules/rule.h"
#include "tests/fixes/broken_fleet.h"
#include "tests/fixes/failing_executor.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::test;
using namespace tropo::generator;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int fleetsOfBreakage = 3;

/// Rules that may speak after a plan because the operator's choice means so; the plan must have warned.
QStringList meantBy(const PlanRequest &request)
{
    // The interface that had the float's address stays, on the NIC that it has.
    if (request.name == u"float-reassign" || request.name == u"float-release")
        return {u"nic-unconfigured-inside"_s, u"float-half-assigned"_s};
    // What runs, or what is described, was not what the guest uses.
    if (request.name == u"nic-persist")
        return {u"nic-mac-unknown-inside"_s, u"nic-unconfigured-inside"_s, u"float-half-assigned"_s};
    // The repository does not follow by itself.
    if (request.name == u"reservation-fix")
        return {u"network-drift"_s, u"reservation-declared-conflict"_s};
    return {};
}

/// Ways to break a fleet that no plan mends by itself, and what is said instead.
const QMap<QString, QString> &beyondPlans()
{
    static const QMap<QString, QString> all{
        {u"float-unreachable: no answer to a probe"_s, u"holds"_s},
        {u"float-unassigned: released"_s, {}}, // needs the VM that is to get it
        {u"float-claimed-twice: a hypervisor has its address"_s, u"the hypervisor itself has"_s},
        {u"nic-mac-duplicate: two VMs with one MAC on the private bridge"_s,
         u"give one of the two VMs another MAC"_s},
        {u"nic-mac-duplicate: a VM cloned with its NAT NIC's MAC"_s,
         u"give one of the two VMs another MAC"_s},
        {u"network-missing: defined under another name"_s, u"the same network under another name"_s},
        {u"network-drift: another range"_s, u"hang on it"_s},
        {u"network-drift: another forward mode"_s, u"hang on it"_s},
        {u"network-subnet-overlap: netmask too wide"_s, u"declared already"_s},
        {u"network-subnet-overlap: not its hypervisor's subnet"_s, u"declared already"_s},
        {u"reservation-declared-conflict: one MAC twice in the declared file"_s, u"hang on it"_s},
        {u"container-not-wanted: replaced by a task that no node takes"_s, u"all that serves"_s},
    };
    return all;
}

bool isPatch(const PlanRequest &request)
{
    return request.options.value(u"to"_s) == u"patch";
}

/// What has no way back says so beforehand: a container that was removed, a reservation that stood twice.
bool canGoBack(const Plan &plan)
{
    return std::none_of(plan.steps.begin(), plan.steps.end(), [](const Step &step) {
        return step.undo.isEmpty() && step.undoText.startsWith(u"none"_s);
    });
}

/// How a breakage went over several fleets.
struct Tally
{
    int broken = 0;
    int mended = 0;
    QStringList refusals;
};

} // namespace

/// Whatever can be broken and has a fix: the fix mends it, breaks nothing else, and can be taken back.
class TestEveryFix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void rulesNamePlansThatExist()
    {
        int named = 0;
        for (const Rule &rule : ruleCatalogue())
            for (const QString &fix : rule.fixes) {
                QVERIFY2(findPlan(fix), qPrintable(QString::fromLatin1(rule.name) + u": "_s + fix));
                ++named;
            }
        QVERIFY(named > 20);
    }

    void mendsWhatItIsFor_data() { rows(); }
    void mendsWhatItIsFor()
    {
        QFETCH(const int, breakage);
        const Breakage one = allBreakages().at(breakage);
        Tally tally;
        for (quint64 seed = 1; seed <= fleetsOfBreakage; ++seed) {
            const auto broken = brokenFleet(one, seed);
            if (!broken)
                continue;
            ++tally.broken;
            for (const Finding &finding : broken->findings)
                if (finding.rule == QLatin1String(one.rule))
                    for (const PlanRequest &request : offersFor(broken->input(), finding))
                        if (isComplete(request))
                            tryOne(*broken, finding, request, seed, tally);
            if (QTest::currentTestFailed())
                return;
        }
        const QString all = tally.refusals.join(u"\n   "_s);
        if (tally.broken == 0)
            QSKIP("no fleet of these seeds has anything to break so");
        if (!beyondPlans().contains(one.name())) {
            QVERIFY2(tally.mended >= tally.broken,
                     qPrintable(
                         u"mended %1 of %2, refused:\n   %3"_s.arg(tally.mended).arg(tally.broken).arg(all)));
            return;
        }
        QCOMPARE(tally.mended, 0);
        QVERIFY2(all.contains(beyondPlans().value(one.name())), qPrintable(all));
    }

    void stopsWhereAStepFailsAndGoesBack_data()
    {
        QTest::addColumn<int>("breakage");
        QTest::addColumn<int>("fault");
        const QStringList chosen{u"float-duplicate-nic: attach-interface typed again"_s,
                                 u"float-claimed-twice: assigned to a second VM"_s,
                                 u"float-mac-ip-mismatch: NIC and file have another float's MAC"_s,
                                 u"nic-config-drift: attached without --config"_s,
                                 u"network-missing: net-undefine"_s,
                                 u"reservation-name-mismatch: under another name"_s};
        const auto all = allBreakages();
        for (int i = 0; i < all.size(); ++i)
            for (const auto &[name, fault] :
                 {std::pair("refuses", Fault::Refuses), std::pair("lies", Fault::Lies),
                  std::pair("does it and fails", Fault::DoesAndFails)})
                if (chosen.contains(all[i].name()))
                    QTest::newRow(qPrintable(all[i].name() + u", "_s + QString::fromLatin1(name)))
                        << i << static_cast<int>(fault);
    }
    void stopsWhereAStepFailsAndGoesBack()
    {
        QFETCH(const int, breakage);
        QFETCH(const int, fault);
        const Breakage one = allBreakages().at(breakage);
        for (quint64 seed = 1; seed <= 3; ++seed) {
            const auto broken = brokenFleet(one, seed);
            if (!broken)
                continue;
            for (const Finding &finding : broken->findings)
                for (const PlanRequest &request : offersFor(broken->input(), finding))
                    if (const auto plan = makePlan(broken->input(), request);
                        plan && finding.rule == QLatin1String(one.rule) && isComplete(request) &&
                        !isPatch(request)) {
                        failEverywhere(*broken, *plan, static_cast<Fault>(fault));
                        return;
                    }
        }
        QFAIL("no plan was made");
    }

private:
    static void rows()
    {
        QTest::addColumn<int>("breakage");
        const auto all = allBreakages();
        for (int i = 0; i < all.size(); ++i)
            if (const Rule *rule = findRule(QString::fromLatin1(all[i].rule)); rule && !rule->fixes.isEmpty())
                QTest::newRow(qPrintable(all[i].name())) << i;
    }

    static void tryOne(const Reading &broken, const Finding &finding, const PlanRequest &request,
                       quint64 seed, Tally &tally)
    {
        const QString label = u"seed %1, %2, %3"_s.arg(seed).arg(finding.id(), wordsOf(request));
        const auto plan = makePlan(broken.input(), request);
        if (!plan) {
            QVERIFY2(!plan.error().message.isEmpty(), qPrintable(label));
            tally.refusals.append(wordsOf(request) + u": " + plan.error().text());
            return;
        }
        const auto simulated = simulationOf(broken);
        const RunResult run = carriedOut(*plan, *simulated);
        QVERIFY2(run.outcome == RunOutcome::Done, qPrintable(label + u": "_s + run.says));
        if (!isPatch(request))
            compareAfter(broken, readingOf(*simulated, broken.policy), finding, *plan, label, request, tally);
        if (QTest::currentTestFailed() || !canGoBack(*plan))
            return;
        const RunResult back = takenBack(*plan, *simulated, run);
        QVERIFY2(back.outcome == RunOutcome::Undone, qPrintable(label + u": "_s + back.says));
        verifySame(broken, readingOf(*simulated, broken.policy), label + u", taken back"_s);
    }

    static void compareAfter(const Reading &broken, const Reading &after, const Finding &finding,
                             const Plan &plan, const QString &label, const PlanRequest &request, Tally &tally)
    {
        QVERIFY2(!after.ids().contains(finding.id()), qPrintable(label + u" is still there"_s));
        for (const Finding &fresh : after.findings) {
            if (fresh.severity == Severity::Info || broken.ids().contains(fresh.id()))
                continue;
            const bool isMeant = meantBy(request).contains(fresh.rule) && !plan.warnings.isEmpty();
            QVERIFY2(isMeant, qPrintable(label + u" leads to "_s + fresh.id() + u": "_s + fresh.message));
        }
        ++tally.mended;
    }

    static void verifySame(const Reading &before, const Reading &after, const QString &label)
    {
        const QStringList differ = differences(before, after);
        QVERIFY2(differ.isEmpty(), qPrintable(label + u" differs:\n   "_s + differ.join(u"\n   "_s)));
        QVERIFY2(after.ids() == before.ids(), qPrintable(u"%1: now %2, before %3"_s.arg(
                                                  label, after.ids().join(u' '), before.ids().join(u' '))));
    }

    static void failEverywhere(const Reading &broken, const Plan &plan, Fault fault)
    {
        for (int at = 0; at < plan.steps.size(); ++at) {
            const QString label = u"%1, step %2 (%3)"_s.arg(plan.name).arg(at + 1).arg(plan.steps[at].title);
            const auto simulated = simulationOf(broken);
            FailingExecutor executor(*simulated, plan.steps[at].action, fault);
            const RunResult run = carriedOut(plan, executor);
            // What only looks, or was done all the same, is read back and goes on.
            const bool isHarmless = std::holds_alternative<Wait>(plan.steps[at].action) ||
                                    std::holds_alternative<AnnounceAddress>(plan.steps[at].action) ||
                                    fault == Fault::DoesAndFails;
            QVERIFY2(executor.hasFailed(), qPrintable(label));
            QVERIFY2((run.outcome == RunOutcome::Done) == isHarmless, qPrintable(label + u": "_s + run.says));
            if (!isHarmless) {
                QVERIFY2(run.steps[at].state == StepState::Failed, qPrintable(label + u": "_s + run.says));
                QVERIFY2(run.says.contains(plan.steps[at].title), qPrintable(label + u": "_s + run.says));
                for (int later = at + 1; later < run.steps.size(); ++later)
                    QCOMPARE(run.steps[later].state, StepState::Scheduled);
            }
            const RunResult back = takenBack(plan, executor, run);
            QVERIFY2(back.outcome == RunOutcome::Undone, qPrintable(label + u": "_s + back.says));
            verifySame(broken, readingOf(*simulated, broken.policy), label + u", taken back"_s);
        }
    }
};

QTEST_GUILESS_MAIN(TestEveryFix)
#include "test_every_fix.moc"
