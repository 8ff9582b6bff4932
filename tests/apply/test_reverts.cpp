#include "tests/apply/apply_place.h"

#include <QUuid>

using namespace tropo;
using namespace tropo::test;

/// Timers that take a plan back, on a real sshd; they are real and outlive their connections.
class TestReverts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (::geteuid() != 0)
            QSKIP("the machine's login is this user, who would need sudo -n");
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_place = std::make_unique<ApplyPlace>();
        m_executor = executorFor(u"plan-1"_s);
        const auto locked = m_executor->lock(m_place->plan(), {});
        QVERIFY2(locked, locked ? "" : qPrintable(locked.error().text()));
    }
    void cleanup()
    {
        // Nothing that a test armed runs on.
        m_executor.reset();
        m_place.reset();
    }

    void oneThatNobodyKeepsRunsWhenItsTimeIsOver_data()
    {
        QTest::addColumn<bool>("inside");
        QTest::newRow("in the guest") << true;
        QTest::newRow("on its hypervisor") << false;
    }
    void oneThatNobodyKeepsRunsWhenItsTimeIsOver()
    {
        QFETCH(bool, inside);
        const RevertPlace place = placed(inside);
        perform(arming(place, 1));
        m_executor.reset(); // the program is gone, and its connections with it
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_place->at(u"/taken-back"_s)), 20'000);
        m_executor = executorFor(u"plan-1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(said(place, true).contains(u"took its part of the plan back"_s), 20'000);
        QVERIFY(m_executor->lock(m_place->plan(), {}));
        const auto kept = m_executor->perform(DisarmRevert{{place}}, {});
        QVERIFY(!kept);
        QVERIFY2(kept.error().text().contains(u"time was over"_s), qPrintable(kept.error().text()));
    }

    void oneThatIsKeptDoesNothing()
    {
        const RevertPlace place = placed(true);
        QVERIFY(holds(place, false));
        perform(arming(place, 3));
        QVERIFY(holds(place, true));
        perform(DisarmRevert{{place}});
        QVERIFY(holds(place, false));
        // What would run then is gone, so there is nothing to wait for.
        QVERIFY(!QFile::exists(m_place->at(u"/run/troposcope-revert/plan-1-r1/script"_s)));
        QVERIFY(!QFile::exists(m_place->at(u"/taken-back"_s)));
        perform(DisarmRevert{{place}}); // asked twice
    }

    void itsTimeBeginsAnewWhileThePlanGoesOn()
    {
        const RevertPlace place = placed(true);
        Plan plan = m_place->plan();
        Step step;
        step.action = arming(place, 300);
        plan.steps = {step};
        perform(step.action);
        const QString due = m_place->at(u"/run/troposcope-revert/plan-1-r1/due"_s);
        writeFile(due, "99999999999\n"); // any time but the one that a step sets
        m_executor.reset();
        m_executor = executorFor(u"plan-1"_s); // resumed: it knows by the plan what runs
        QVERIFY(m_executor->lock(plan, {}));
        perform(Wait{});
        QVERIFY(readFile(due).trimmed() != "99999999999");
        perform(DisarmRevert{{place}});
    }

    void anArmingIsAskedTwiceWhereItsAnswerWasLost()
    {
        const RevertPlace place = placed(true);
        perform(arming(place, 300));
        perform(arming(place, 300));
        QVERIFY(holds(place, true));
        perform(DisarmRevert{{place}});
    }

    void whatItRunsThenIsForRootAlone()
    {
        const RevertPlace place = placed(true);
        perform(arming(place, 300));
        const QString script = m_place->at(u"/run/troposcope-revert/plan-1-r1/script"_s);
        QVERIFY(QFile::exists(script));
        QVERIFY(!(QFile::permissions(script) & (QFile::ReadGroup | QFile::ReadOther)));
        perform(DisarmRevert{{place}});
    }

    void aScriptThatFailsSaysSo()
    {
        const RevertPlace place = placed(true);
        perform(ArmRevert{place, 1, "exit 7\n"});
        QTRY_VERIFY_WITH_TIMEOUT(said(place, true).contains(u"exit status 7"_s), 20'000);
    }

private:
    std::unique_ptr<LiveExecutor> executorFor(const QString &planId)
    {
        return std::make_unique<LiveExecutor>(m_place->options(planId));
    }
    RevertPlace placed(bool inside) const { return {m_place->vm(), inside, u"r1"_s}; }
    ArmRevert arming(const RevertPlace &place, int seconds) const
    {
        return {place, seconds, "touch '" + m_place->at(u"/taken-back"_s).toUtf8() + "'\n"};
    }
    void perform(const Action &action)
    {
        const auto done = m_executor->perform(action, {});
        QVERIFY2(done, done ? "" : qPrintable(done.error().text()));
    }
    bool holds(const RevertPlace &place, bool armed)
    {
        const auto seen = m_executor->observe(RevertArmed{place, armed}, {});
        return seen && seen->holds;
    }
    QString said(const RevertPlace &place, bool armed)
    {
        const auto seen = m_executor->observe(RevertArmed{place, armed}, {});
        return seen ? seen->seen : seen.error().text();
    }

    std::unique_ptr<ApplyPlace> m_place;
    std::unique_ptr<LiveExecutor> m_executor;
};

QTEST_GUILESS_MAIN(TestReverts)
#include "test_reverts.moc"
