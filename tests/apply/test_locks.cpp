#include "ssh/apply/plan_locks.h"
#include "tests/apply/apply_place.h"

#include <csignal>

using namespace tropo;
using namespace tropo::test;

/// One plan at a time on a VM, whoever makes it and wherever it runs.
class TestLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aSecondPlanOnTheSameVmIsRefusedAndToldWhoHasIt()
    {
        LiveExecutor first(m_place.options());
        QVERIFY(first.lock(m_place.plan(), {}));
        LiveExecutor second(m_place.options(u"another-plan"_s));
        const auto refused = second.lock(m_place.plan(), {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Refused);
        const QString who = u"(process %1)"_s.arg(::getpid());
        QVERIFY2(refused.error().message.contains(who), qPrintable(refused.error().text()));
        QCOMPARE(refused.error().where, m_place.vm().subject());
    }

    void anotherVmOfTheSameHypervisorIsFree()
    {
        LiveExecutor first(m_place.options());
        QVERIFY(first.lock(m_place.plan(), {}));
        Plan other;
        other.touches = {m_place.vm(u"Ulov"_s).subject()};
        LiveExecutor second(m_place.options(u"another-plan"_s));
        QVERIFY(second.lock(other, {}));
    }

    void oneThatFailsHoldsNoneOfTheOthers()
    {
        LiveExecutor first(m_place.options());
        QVERIFY(first.lock(m_place.plan(), {}));
        Plan both;
        both.touches = {m_place.vm().subject(), m_place.vm(u"A first one"_s).subject()};
        LiveExecutor second(m_place.options(u"another-plan"_s));
        QVERIFY(!second.lock(both, {}));
        Plan other;
        other.touches = {both.touches[1]};
        LiveExecutor third(m_place.options(u"a-third-plan"_s));
        QVERIFY(third.lock(other, {}));
    }

    void whenThePlanEndsTheNextOneSoonHasIt()
    {
        const auto start = Clock::now();
        for (int i = 0; i < 2; ++i) {
            LiveExecutor one(m_place.options());
            const auto locked = one.lock(m_place.plan(), {});
            QVERIFY2(locked, locked ? "" : qPrintable(locked.error().text()));
        }
        QVERIFY(millisecondsSince(start) < 15'000);
    }

    void nothingIsPerformedWithoutLocks()
    {
        LiveExecutor executor(m_place.options());
        const auto done = executor.perform(Wait{}, {});
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Usage);
    }

    void aLockThatWentWithItsConnectionIsTakenAgain()
    {
        const auto hubOf = [connect = m_place.connector()](const QString &name, const std::stop_token &stop) {
            return connect(name, stop);
        };
        PlanLocks locks(u"one"_s, hubOf);
        QVERIFY(locks.take(m_place.plan().touches, {}));
        const int before = m_place.tears().commands;
        QVERIFY(locks.keep({}));
        QCOMPARE(m_place.tears().commands, before); // it holds: nothing is asked
        for (const qint64 child : m_place.sshd().children())
            ::kill(static_cast<pid_t>(child), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(locks.keep({}) && m_place.tears().commands > before, 20'000);
        PlanLocks another(u"two"_s, hubOf);
        QVERIFY(!another.take(m_place.plan().touches, {}));
    }

    void aPlanThatIsGoneOnWithTakesItsOwnLocks()
    {
        const auto hubOf = [connect = m_place.connector()](const QString &name, const std::stop_token &stop) {
            return connect(name, stop);
        };
        auto machine = m_place.connector()(m_place.hypervisor(), {});
        QVERIFY(machine);
        const QString name = PlanLocks::nameOf(m_place.vm().subject());
        // As one whose link is dead: nobody has told its machine.
        const auto stale = HeldLock::take(*machine, {name, u"one"_s, u"it\nself $(id)"_s}, {});
        QVERIFY2(stale, stale ? "" : qPrintable(stale.error().text()));
        PlanLocks another(u"two"_s, hubOf);
        QVERIFY(!another.take(m_place.plan().touches, {}));
        QVERIFY((*stale)->holds());
        PlanLocks again(u"one"_s, hubOf);
        const auto taken = again.take(m_place.plan().touches, {});
        QVERIFY2(taken, taken ? "" : qPrintable(taken.error().text()));
        QTRY_VERIFY(!(*stale)->holds());
    }

    void aHostileNameIsOnlyAName()
    {
        const QString pwned = m_place.at(u"/pwned"_s);
        const QStringList names{u"$(touch %1)"_s.arg(pwned),     u"`touch %1`"_s.arg(pwned),
                                u"a; touch %1"_s.arg(pwned),     u"'; touch %1; '"_s.arg(pwned),
                                u"line\n touch %1"_s.arg(pwned), u"-e \\0"_s};
        Plan plan;
        for (const QString &name : names)
            plan.touches.append(m_place.vm(name).subject());
        LiveExecutor executor(m_place.options());
        const auto locked = executor.lock(plan, {});
        QVERIFY2(locked, locked ? "" : qPrintable(locked.error().text()));
        auto machine = m_place.connector()(m_place.hypervisor(), {});
        QVERIFY(machine);
        for (const QString &name : names) {
            const auto held =
                HeldLock::take(*machine, {QUuid::createUuid().toString(QUuid::Id128), u"plan"_s, name}, {});
            QVERIFY2(held, held ? "" : qPrintable(held.error().text()));
        }
        QVERIFY(!QFile::exists(pwned));
    }

private:
    ApplyPlace m_place;
};

TROPO_SSHD_TEST(TestLocks)
#include "test_locks.moc"
