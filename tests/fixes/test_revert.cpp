#include "models/fixes/revert.h"
#include "tests/fixes/broken_fleet.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

/// Plans that take themselves back: the timers around them, and what those would run.
class TestRevert : public QObject
{
    Q_OBJECT
private:
    /// A healthy fleet with a float that somebody holds and that another VM could take.
    void findMove()
    {
        for (quint64 seed = 1; seed < 60; ++seed) {
            m_fleet = readingOf(generator::render(generator::healthyWorld(seed)));
            const VmIndex index(m_fleet.fleet);
            for (const FloatPolicy &floating : m_fleet.policy.floats)
                for (const VmView &vm : index.vms()) {
                    m_words = {floating.name, vm.subject};
                    const auto plan = makePlan(m_fleet.input(), move({}));
                    if (!plan || !std::holds_alternative<SetNicLink>(plan->steps.front().action))
                        continue;
                    m_target = vm.domain->name;
                    m_holder = std::get<SetNicLink>(plan->steps.front().action).nic.vm.name;
                    return;
                }
        }
        QFAIL("no seed has a float that could be moved");
    }
    PlanRequest move(const QString &seconds) const
    {
        PlanRequest request{u"float-reassign"_s, m_words, {}};
        if (!seconds.isEmpty())
            request.options.insert(u"revert"_s, seconds);
        return request;
    }
    Plan made(const QString &seconds = u"300"_s) const
    {
        const auto plan = makePlan(m_fleet.input(), move(seconds));
        if (!plan)
            qFatal("%s", qPrintable(plan.error().text()));
        return *plan;
    }
    static QList<ArmRevert> arms(const Plan &plan)
    {
        QList<ArmRevert> all;
        for (const Step &step : plan.steps)
            if (const auto *arm = std::get_if<ArmRevert>(&step.action))
                all.append(*arm);
        return all;
    }
    static QByteArray scriptOf(const Plan &plan, const QString &vm, bool inside)
    {
        for (const ArmRevert &arm : arms(plan))
            if (arm.place.vm.name == vm && arm.place.inside == inside)
                return arm.script;
        return {};
    }

    /// Runs a script where each program that it calls says how it was called; gives the lines.
    QStringList run(const QByteArray &script, int arpingStatus)
    {
        QTemporaryDir room;
        const QString log = room.filePath(u"log"_s);
        const auto program = [&](const QString &name, const QByteArray &text) {
            QFile one(room.filePath(name));
            if (!one.open(QIODevice::WriteOnly))
                qFatal("no room");
            one.write("#!/bin/sh\n" + text);
            one.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        program(u"virsh"_s, "/bin/echo \"virsh $*: $(/bin/cat)\" >>" + log.toUtf8() + "\n");
        program(u"arping"_s,
                "case $1 in -V) echo iputils ;; *) exit " + QByteArray::number(arpingStatus) + " ;; esac\n");
        QProcess process;
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, room.path());
        process.setProcessEnvironment(environment);
        process.start(u"/bin/sh"_s, {u"-c"_s, QString::fromUtf8(script)});
        process.waitForFinished();
        QFile file(log);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    }

    Reading m_fleet;
    QStringList m_words; ///< of the move
    QString m_holder;
    QString m_target;

private Q_SLOTS:
    void initTestCase() { findMove(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void withoutTheOptionNoTimerIsArmed()
    {
        const Plan plan = made({});
        QVERIFY(arms(plan).isEmpty());
        QVERIFY(!asksToKeep(plan));
    }

    void timersAreArmedBeforeAnythingElseAndDisarmedLast()
    {
        const Plan plan = made();
        const auto armed = arms(plan);
        QVERIFY(armed.size() >= 3);
        for (qsizetype i = 0; i < armed.size(); ++i)
            QVERIFY(std::holds_alternative<ArmRevert>(plan.steps[i].action));
        QVERIFY(asksToKeep(plan));
        const auto &kept = std::get<DisarmRevert>(plan.steps.back().action).places;
        QCOMPARE(kept.size(), armed.size());
        // What was claimed goes first, and is kept last: whenever it is cut off, nobody may hold the float,
        // but never two.
        QCOMPARE(armed.front().place.vm.name, m_target);
        QCOMPARE(kept.front().vm.name, m_holder);
        QCOMPARE(kept.back(), armed.front().place);
        for (qsizetype i = 1; i < armed.size(); ++i)
            QVERIFY(armed[i].seconds > armed[i - 1].seconds);
        QCOMPARE(armed.front().seconds, 300);
    }

    void nothingIsAttachedOnceATimerHasFired()
    {
        const Plan plan = made();
        int attached = 0;
        for (const Step &step : plan.steps)
            if (std::holds_alternative<AttachNic>(step.action)) {
                ++attached;
                for (const ArmRevert &arm : arms(plan))
                    QVERIFY(step.before.contains(Condition(RevertArmed{arm.place, true})));
            }
        QVERIFY(attached > 0);
    }

    void theWayBackAsksForNoTimer()
    {
        for (const Step &step : made().steps)
            if (std::holds_alternative<AttachNic>(step.action)) {
                QVERIFY(!step.undone.isEmpty());
                for (const Condition &condition : step.undone)
                    QVERIFY(!std::holds_alternative<RevertArmed>(condition));
            }
    }

    void scriptsAreReadableByAShell()
    {
        for (const ArmRevert &arm : arms(made())) {
            QProcess check;
            check.start(u"sh"_s, {u"-n"_s, u"-c"_s, QString::fromUtf8(arm.script)});
            QVERIFY(check.waitForFinished());
            QVERIFY2(check.exitCode() == 0,
                     QByteArray(check.readAllStandardError() + arm.script).constData());
        }
    }

    void theHypervisorGivesTheNicBackWhereNobodyAnswers()
    {
        const Plan plan = made();
        const auto lines = run(scriptOf(plan, m_holder, false), 0);
        const QString uuid = arms(plan).back().place.vm.uuid;
        int live = 0;
        int config = 0;
        for (const QString &line : lines) {
            live += line.startsWith(
                u"virsh -c qemu:///system attach-device %1 /dev/stdin --live: <interface"_s.arg(uuid));
            config += line.startsWith(
                u"virsh -c qemu:///system attach-device %1 /dev/stdin --config: <interface"_s.arg(uuid));
        }
        QVERIFY2(live > 0, qPrintable(lines.join(u'\n')));
        QVERIFY2(config > 0, qPrintable(lines.join(u'\n')));
    }

    void theHypervisorGivesNothingBackWhereSomebodyAnswers()
    {
        const auto lines = run(scriptOf(made(), m_holder, false), 1);
        QVERIFY2(lines.isEmpty(), qPrintable(lines.join(u'\n')));
    }

    void theOtherHypervisorTakesItsNicAwayWhoeverAnswers()
    {
        const auto lines = run(scriptOf(made(), m_target, false), 1);
        QVERIFY(!lines.isEmpty());
        for (const QString &line : lines)
            QVERIFY2(line.contains(u" detach-device "_s), qPrintable(line));
    }

    void aTimeThatIsTooShortOrNoNumberIsRefused_data()
    {
        QTest::addColumn<QString>("seconds");
        QTest::newRow("shorter than a step") << u"20"_s;
        QTest::newRow("longer than an hour") << u"36000"_s;
        QTest::newRow("no number") << u"soon"_s;
    }
    void aTimeThatIsTooShortOrNoNumberIsRefused()
    {
        QFETCH(QString, seconds);
        const auto plan = makePlan(m_fleet.input(), move(seconds));
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, ErrorKind::Usage);
        QVERIFY(plan.error().text().contains(u"180"_s));
    }

    void whatNoTimerCanTakeBackIsRefused()
    {
        Plan plan;
        Step step;
        step.undo = {SetDomainAutostart{{u"trop02"_s, u"Ulov"_s, u"u"_s}, true}};
        plan.steps = {step};
        const auto added = addRevert(m_fleet.input(), 300, plan);
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Refused);
        QCOMPARE(plan.steps.size(), 1);
    }

    void theWholePlanGoesThroughAndBackInASimulation()
    {
        SimulatedFleet fleet(m_fleet.fleet, m_fleet.policy, m_fleet.evidence);
        const Plan plan = made();
        const RunResult run = carriedOut(plan, fleet);
        QVERIFY2(run.outcome == RunOutcome::Done, qPrintable(run.says));
        for (const ArmRevert &arm : arms(plan))
            QVERIFY(fleet.observe(RevertArmed{arm.place, false}, {})->holds);
    }
};

QTEST_GUILESS_MAIN(TestRevert)
#include "test_revert.moc"
