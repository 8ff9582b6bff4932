#include "ssh/collect/fleet_collector.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a made-up fleet does, and what was seen of it.
struct FakeFleet
{
    QMap<QString, QStringList> guests; ///< by hypervisor
    QStringList hanging;               ///< "trop02", "trop02/Ulov": hold until they are stopped
    QStringList deaf;                  ///< hang even when they are stopped, until `released`
    QStringList slow;                  ///< deliver a first part, then wait for `released`
    std::atomic<bool> released = false;
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
};

Harvest harvestOf(const QString &hypervisor, const QString &source, const QString &folder)
{
    Harvest harvest;
    harvest.hypervisor = hypervisor;
    harvest.source = source;
    harvest.folders = {folder};
    harvest.answered = true;
    harvest.documents.insert(folder + "/hostname.txt"_L1, Document{"x", {}, {}});
    return harvest;
}

class FakeReader : public MachineReader
{
public:
    FakeReader(std::shared_ptr<FakeFleet> fleet, const QString &name)
        : m_fleet(std::move(fleet)), m_name(name)
    {
    }

    Harvest readLibvirt(const ReadTask &task) override
    {
        Harvest harvest = harvestOf(m_name, u"libvirt"_s, m_name + "/libvirt"_L1);
        if (!pass(m_name, task))
            return failed(harvest);
        QByteArray list;
        for (const QString &guest : m_fleet->guests.value(m_name))
            list +=
                (list.isEmpty() ? "" : ",") + R"({"state":"running","name":")"_ba + guest.toUtf8() + "\"}";
        harvest.documents.insert(m_name + "/libvirt/domains.json"_L1, Document{'[' + list + ']', {}, {}});
        harvest.domains = m_fleet->guests.value(m_name);
        return harvest;
    }

    Harvest readHost(const ReadTask &task) override
    {
        const Harvest harvest = harvestOf(m_name, u"host"_s, m_name + "/host"_L1);
        return pass(m_name, task) ? harvest : failed(harvest);
    }

    Harvest readGuest(const GuestPlace &guest, const ReadTask &task) override
    {
        const int now = ++m_fleet->running;
        for (int most = m_fleet->most; now > most && !m_fleet->most.compare_exchange_weak(most, now);) {
        }
        const QString id = m_name + u'/' + guest.name;
        Harvest harvest = harvestOf(m_name, "guest "_L1 + guest.name, m_name + "/guests/"_L1 + guest.name);
        const bool passed = pass(id, task);
        if (passed && m_fleet->slow.contains(id)) {
            task.part(harvest);
            waitUntil([&] { return m_fleet->released || task.stop.stop_requested(); });
            harvest.documents.insert(m_name + "/guests/"_L1 + guest.name + "/docker/ps.json"_L1, Document{});
        }
        --m_fleet->running;
        return passed ? harvest : failed(harvest);
    }

    QList<MachineCost> costs() const override
    {
        MachineCost cost;
        cost.hypervisor = m_name;
        cost.connections = 1;
        return {cost};
    }

private:
    template <typename Condition> static void waitUntil(const Condition &condition)
    {
        while (!condition())
            std::this_thread::sleep_for(1ms);
    }

    bool pass(const QString &id, const ReadTask &task) const
    {
        task.report(SourceState::Connecting, u"connects"_s);
        if (m_fleet->deaf.contains(id))
            waitUntil([&] { return m_fleet->released.load(); });
        if (m_fleet->hanging.contains(id)) {
            waitUntil([&] { return task.stop.stop_requested(); });
            return false;
        }
        task.report(SourceState::Reading, u"reads"_s);
        return true;
    }

    static Harvest failed(Harvest harvest)
    {
        harvest.answered = false;
        harvest.documents.clear();
        harvest.errors = {{harvest.hypervisor, harvest.source, u"no answer"_s, {}}};
        return harvest;
    }

    std::shared_ptr<FakeFleet> m_fleet;
    QString m_name;
};

struct Run
{
    std::shared_ptr<FakeFleet> fleet = std::make_shared<FakeFleet>();
    Policy policy;
    FleetCollector collector;
    QList<Harvest> harvests;
    QMap<QString, SourceProgress> sources;
    QList<CollectSummary> ends;

    Run()
    {
        for (const auto &name : {u"trop01"_s, u"trop02"_s, u"trop03"_s}) {
            HypervisorPolicy hypervisor;
            hypervisor.name = name;
            policy.hypervisors.append(hypervisor);
        }
        fleet->guests = {{u"trop01"_s, {u"Afoawyn"_s}}, {u"trop02"_s, {u"Acilamwen"_s, u"Ulov"_s}}};
        for (const auto &guest : {u"Afoawyn"_s, u"Acilamwen"_s, u"Ulov"_s})
            policy.guests.append({guest, Ipv4::fromString(u"192.0.2.1"), {}, {}});
        QObject::connect(&collector, &FleetCollector::harvested, &collector,
                         [this](const Harvest &harvest) { harvests.append(harvest); });
        QObject::connect(&collector, &FleetCollector::progressed, &collector,
                         [this](const SourceProgress &progress) {
                             sources[progress.hypervisor + u' ' + progress.source] = progress;
                         });
        QObject::connect(&collector, &FleetCollector::finished, &collector,
                         [this](const CollectSummary &summary) { ends.append(summary); });
    }
    ~Run() { fleet->released = true; }
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;

    void start(const CollectScope &scope = {})
    {
        collector.start(policy, scope, [fleet = fleet](const HypervisorPolicy &hypervisor) {
            return std::make_shared<FakeReader>(fleet, hypervisor.name);
        });
    }
    int in(SourceState state) const
    {
        return int(std::count_if(sources.cbegin(), sources.cend(),
                                 [&](const SourceProgress &progress) { return progress.state == state; }));
    }
};

} // namespace

class TestCollector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsEverySourceOnce()
    {
        Run run;
        run.start();
        QTRY_COMPARE(run.ends.size(), 1);
        QCOMPARE(run.harvests.size(), 9);
        QCOMPARE(run.in(SourceState::Done), 9);
        QVERIFY(!run.ends[0].cancelled);
        QCOMPARE(run.ends[0].costs.size(), 3);
        QCOMPARE(run.ends[0].costs[2].hypervisor, u"trop03"_s);
        QVERIFY(!run.collector.isRunning());
    }

    void readsOneHypervisorOrOneGuest()
    {
        Run run;
        run.start({u"trop02"_s, {}});
        QTRY_COMPARE(run.ends.size(), 1);
        QCOMPARE(run.sources.keys(), (QStringList{u"trop02 guest Acilamwen"_s, u"trop02 guest Ulov"_s,
                                                  u"trop02 host"_s, u"trop02 libvirt"_s}));
        run.sources.clear();
        run.start({u"trop02"_s, u"Ulov"_s});
        QTRY_COMPARE(run.ends.size(), 2);
        QCOMPARE(run.sources.keys(), (QStringList{u"trop02 guest Ulov"_s, u"trop02 libvirt"_s}));
        run.start({u"trop02"_s, u"Nobody"_s});
        QTRY_COMPARE(run.ends.size(), 3);
        QCOMPARE(run.sources[u"trop02 guest Nobody"_s].state, SourceState::Failed);
        run.start({u"elsewhere"_s, {}});
        QTRY_COMPARE(run.ends.size(), 4);
    }

    void hangingMachinesCostTheOthersNothing()
    {
        Run run;
        run.fleet->hanging = {u"trop01"_s, u"trop02/Ulov"_s};
        run.start();
        QTRY_COMPARE(run.in(SourceState::Done), 5);
        QCOMPARE(run.in(SourceState::Connecting), 3);
        QVERIFY(run.ends.isEmpty());
        QCOMPARE(run.harvests.size(), 5);
        QVERIFY(run.harvests.last().answered);
    }

    void manyHangingGuestsLeaveRoomForOthers()
    {
        Run run;
        run.policy.parallel = 2;
        run.fleet->guests = {{u"trop02"_s, {u"A1"_s, u"A2"_s, u"A3"_s, u"Ulov"_s}}};
        for (const auto &guest : {u"A1"_s, u"A2"_s, u"A3"_s}) {
            run.policy.guests.append({guest, Ipv4::fromString(u"192.0.2.1"), {}, {}});
            run.fleet->hanging.append("trop02/"_L1 + guest);
        }
        run.start();
        QTRY_COMPARE_WITH_TIMEOUT(run.sources[u"trop02 guest Ulov"_s].state, SourceState::Done, 10'000);
    }

    void noMoreAtOnceThanTheFleetFileAllows()
    {
        Run run;
        run.policy.parallel = 2;
        QStringList &guests = run.fleet->guests[u"trop03"_s];
        for (int i = 0; i < 20; ++i) {
            guests.append(u"G%1"_s.arg(i));
            run.policy.guests.append({guests.last(), Ipv4::fromString(u"192.0.2.1"), {}, {}});
        }
        run.start();
        QTRY_COMPARE(run.ends.size(), 1);
        QCOMPARE(run.in(SourceState::Done), 29);
        QVERIFY(run.fleet->most >= 1 && run.fleet->most <= 2);
    }

    void cancelEndsAllWithinASecond()
    {
        Run run;
        run.fleet->hanging = {u"trop01"_s, u"trop02/Ulov"_s};
        run.fleet->deaf = {u"trop03"_s}; // does not even heed the stop
        run.start();
        QTRY_COMPARE(run.in(SourceState::Done), 3);
        QElapsedTimer timer;
        timer.start();
        run.collector.cancel();
        QTRY_COMPARE(run.ends.size(), 1);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(run.ends[0].cancelled);
        QCOMPARE(run.in(SourceState::Cancelled), 5);
        QCOMPARE(run.in(SourceState::Done), 3);
        for (const Harvest &harvest : run.harvests)
            QVERIFY(harvest.answered); // cancelling is no failure of a machine
    }

    void lateResultsOfACancelledCollectionAreDropped()
    {
        Run run;
        run.fleet->deaf = {u"trop03"_s};
        run.start({u"trop03"_s, {}});
        QTRY_COMPARE(run.in(SourceState::Connecting), 2);
        run.fleet->deaf.clear();
        run.start({u"trop01"_s, {}});
        run.fleet->released = true;
        QTRY_COMPARE(run.ends.size(), 1);
        QVERIFY(!run.ends[0].cancelled);
        for (const Harvest &harvest : run.harvests)
            QCOMPARE(harvest.hypervisor, u"trop01"_s);
    }

    void aSlowGuestTellsItsFirstPartEarly()
    {
        Run run;
        run.fleet->slow = {u"trop02/Ulov"_s};
        run.start();
        QTRY_COMPARE(run.harvests.size(), 9);
        QCOMPARE(run.sources[u"trop02 guest Ulov"_s].state, SourceState::Reading);
        run.fleet->released = true;
        QTRY_COMPARE(run.ends.size(), 1);
        QCOMPARE(run.harvests.size(), 10);
        QCOMPARE(run.harvests.last().documents.size(), 2);
    }

    void aGuestWithoutAddressSaysWhatToSet()
    {
        Run run;
        run.fleet->guests = {{u"trop03"_s, {u"Larithiel"_s}}};
        run.start({u"trop03"_s, {}});
        QTRY_COMPARE(run.ends.size(), 1);
        const SourceProgress guest = run.sources[u"trop03 guest Larithiel"_s];
        QCOMPARE(guest.state, SourceState::Failed);
        QVERIFY(guest.message.contains(u"[[guest]]"_s));
        const auto harvest = std::find_if(run.harvests.cbegin(), run.harvests.cend(), [](const Harvest &one) {
            return one.source == u"guest Larithiel"_s;
        });
        QVERIFY(harvest != run.harvests.cend() && !harvest->answered);
    }

    void goesAwayWhileMachinesHang()
    {
        auto run = std::make_unique<Run>();
        const auto fleet = run->fleet;
        run->fleet->hanging = {u"trop01"_s, u"trop02"_s, u"trop03"_s};
        run->start();
        QTRY_COMPARE(run->in(SourceState::Connecting), 6);
        run.reset();
        // No thread of the collection still holds the fleet once the collector is gone.
        QTRY_COMPARE(fleet.use_count(), 1L);
    }
};

QTEST_GUILESS_MAIN(TestCollector)
#include "test_collector.moc"
