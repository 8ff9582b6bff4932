#include "ssh/collect/remote_reader.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <thread>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray nonce = "0123456789abcdef0123456789abcdef";

QByteArray header()
{
    return "troposcope-probe 1 " + nonce + '\n';
}

QByteArray block(const QByteArray &path)
{
    return nonce + " begin " + path + "\nx\n" + nonce + " end " + path + " 0 10\n";
}

/// What was asked of the machines.
struct Log
{
    std::mutex mutex;
    QStringList lines;
    std::atomic<bool> alive = true;
    QMap<QString, Error> refusals; ///< by destination or address
    QByteArray output =
        header() + block("host/hostname.txt") + block("guest/hostname.txt") + nonce + " done\n";
    QList<QByteArray> pieces;

    void add(const QString &line)
    {
        const std::lock_guard lock(mutex);
        lines.append(line);
    }
};

class FakeMachine : public RemoteMachine
{
public:
    explicit FakeMachine(std::shared_ptr<Log> log) : m_log(std::move(log)) {}

    Result<int> run(const RemoteCommand &command, const std::stop_token &) override
    {
        m_log->add(QString::fromUtf8("run " + command.line + " with " + command.input));
        for (const QByteArray &piece : m_log->pieces)
            command.onOutput(piece);
        if (m_log->pieces.isEmpty())
            command.onOutput(m_log->output);
        return 0;
    }
    Result<std::unique_ptr<RemoteForward>> forward(const QString &socket, const std::stop_token &) override
    {
        m_log->add("forward "_L1 + socket);
        return failure(ErrorKind::Refused, {}, u"there is no %1"_s.arg(socket));
    }
    Result<std::shared_ptr<RemoteMachine>> jump(const RemoteGuest &guest, const std::stop_token &) override
    {
        m_log->add(u"jump %1@%2 as %3"_s.arg(guest.user, guest.address, guest.name));
        if (m_log->refusals.contains(guest.address))
            return tl::unexpected(m_log->refusals.value(guest.address));
        return std::make_shared<FakeMachine>(m_log);
    }
    RemoteUsage usage() const override { return {1, 6, 100, 10}; }
    bool isAlive() const override { return m_log->alive; }
    std::chrono::steady_clock::time_point madeAt() const override { return m_madeAt; }

private:
    std::shared_ptr<Log> m_log;
    std::chrono::steady_clock::time_point m_madeAt = std::chrono::steady_clock::now();
};

struct Bench
{
    std::shared_ptr<Log> log = std::make_shared<Log>();
    Policy policy;
    HypervisorPolicy trop02;
    QList<Harvest> parts;

    Bench()
    {
        trop02.name = u"trop02"_s;
        policy.declaredRepository = u"/var/it's"_s;
        policy.declaredPath = u"src/{hypervisor}"_s;
    }
    MachineReaderFactory factory()
    {
        return remoteReaders(policy, "the probe",
                             [log = log](const QString &destination,
                                         const std::stop_token &) -> Result<std::shared_ptr<RemoteMachine>> {
                                 log->add("connect "_L1 + destination);
                                 if (log->refusals.contains(destination))
                                     return tl::unexpected(log->refusals.value(destination));
                                 return std::make_shared<FakeMachine>(log);
                             });
    }
    ReadTask task()
    {
        return {{}, [](SourceState, const QString &) {}, [this](const Harvest &part) { parts.append(part); }};
    }
};

} // namespace

class TestRemoteReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void quotesWhatTheFleetFileSays()
    {
        Bench bench;
        const Harvest harvest = bench.factory()(bench.trop02)->readHost(bench.task());
        QVERIFY(harvest.answered);
        QCOMPARE(harvest.documents.keys(), QStringList{u"trop02/host/hostname.txt"_s});
        QCOMPARE(bench.log->lines,
                 (QStringList{u"connect trop02"_s,
                              uR"(run sh -s -- 'host' '/var/it'\''s' 'src/trop02' '20' with the probe)"_s}));
    }

    void aLocalRepositoryIsNotAskedForThere()
    {
        Bench bench;
        bench.policy.declaredLocal = true;
        const Harvest harvest = bench.factory()(bench.trop02)->readHost(bench.task());
        QVERIFY(bench.log->lines[1].contains(u"'host' '' ''"_s));
        QCOMPARE(harvest.folders, QStringList{u"trop02/host"_s});
    }

    void aDeadHostIsTriedOnceByAllItsReaders()
    {
        Bench bench;
        bench.log->refusals[u"root@trop02"_s] = {ErrorKind::Unreachable, u"trop02"_s, u"no route"_s};
        bench.trop02.ssh = u"root@trop02"_s;
        const auto reader = bench.factory()(bench.trop02);
        const Harvest host = reader->readHost(bench.task());
        const Harvest libvirt = reader->readLibvirt(bench.task());
        QVERIFY(!host.answered && !libvirt.answered);
        QCOMPARE(host.errors.value(0).message, u"trop02: no route"_s);
        QCOMPARE(libvirt.errors.value(0).source, u"libvirt"_s);
        QCOMPARE(bench.log->lines, QStringList{u"connect root@trop02"_s});
    }

    void anotherUserInTheUriIsAnotherConnection()
    {
        Bench bench;
        bench.trop02.uri = u"qemu+ssh://reader@trop02/system?socket=/run/only"_s;
        const Harvest harvest = bench.factory()(bench.trop02)->readLibvirt(bench.task());
        QCOMPARE(bench.log->lines, (QStringList{u"connect reader@trop02"_s, u"forward /run/only"_s}));
        QVERIFY(harvest.errors.value(0).message.contains(u"/run/only"_s));
    }

    void triesEverySocketAndTellsTheFirstError()
    {
        Bench bench;
        const Harvest harvest = bench.factory()(bench.trop02)->readLibvirt(bench.task());
        QCOMPARE(bench.log->lines.size(), 5);
        QCOMPARE(harvest.errors.size(), 1);
        QVERIFY(harvest.errors[0].message.contains(u"libvirt-sock-ro"_s));
    }

    void libvirtsOwnTransportsNeedNoSsh()
    {
        Bench bench;
        bench.trop02.uri = u"test:///default"_s;
        const auto reader = bench.factory()(bench.trop02);
        QVERIFY(reader->readLibvirt(bench.task()).answered);
        QVERIFY(bench.log->lines.isEmpty());
        QVERIFY(reader->costs().value(0).roundTrips > 9);
    }

    void triesAGuestsAddressesInOrder()
    {
        Bench bench;
        bench.log->refusals[u"192.0.2.1"_s] = {ErrorKind::Refused, {}, u"the key has changed"_s};
        bench.log->refusals[u"192.0.2.2"_s] = {ErrorKind::Timeout, {}, u"silent"_s};
        const auto reader = bench.factory()(bench.trop02);
        GuestPlace ulov{u"trop02"_s, u"Ulov"_s, u"Stevedore"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s}};
        const Harvest refused = reader->readGuest(ulov, bench.task());
        QVERIFY(!refused.answered);
        QCOMPARE(refused.errors.value(0).source, u"guest Ulov"_s);
        QCOMPARE(refused.errors.value(0).message, u"the key has changed"_s);
        ulov.addresses.append(u"192.0.2.3"_s);
        const Harvest harvest = reader->readGuest(ulov, bench.task());
        QVERIFY(harvest.answered);
        QCOMPARE(harvest.documents.keys(), QStringList{u"trop02/guests/Ulov/guest/hostname.txt"_s});
        QVERIFY(bench.log->lines.contains(u"jump Stevedore@192.0.2.3 as Ulov"_s));
    }

    void keepsConnectionsForTheNextRefresh()
    {
        Bench bench;
        const auto factory = bench.factory();
        const GuestPlace ulov{u"trop02"_s, u"Ulov"_s, {}, {u"192.0.2.3"_s}};
        const auto cold = factory(bench.trop02);
        cold->readHost(bench.task());
        cold->readGuest(ulov, bench.task());
        QCOMPARE(cold->costs().size(), 2);
        QCOMPARE(cold->costs()[1].connections, 1);
        bench.log->lines.clear();
        const auto warm = factory(bench.trop02);
        warm->readHost(bench.task());
        warm->readGuest(ulov, bench.task());
        QCOMPARE(bench.log->lines.filter(u"run"_s).size(), 2);
        QCOMPARE(bench.log->lines.size(), 2);
        QCOMPARE(warm->costs()[1].connections, 0);
        bench.log->alive = false;
        factory(bench.trop02)->readHost(bench.task());
        QVERIFY(bench.log->lines.contains(u"connect trop02"_s));
    }

    void tellsTheFirstPartBeforeTheSlowCommands()
    {
        Bench bench;
        bench.log->pieces = {header() + block("guest/hostname.txt"), block("ifcfg/ifcfg-ens3"),
                             nonce + " begin package-history.txt\n", "x\n" + nonce,
                             " end package-history.txt 0 9000\n",    nonce + " done\n"};
        const GuestPlace ulov{u"trop02"_s, u"Ulov"_s, {}, {u"192.0.2.3"_s}};
        const Harvest whole = bench.factory()(bench.trop02)->readGuest(ulov, bench.task());
        QCOMPARE(bench.parts.size(), 1);
        QCOMPARE(bench.parts[0].documents.size(), 2);
        QCOMPARE(bench.parts[0].folders.size(), 2);
        QCOMPARE(whole.documents.size(), 3);
        QVERIFY(whole.errors.isEmpty());
    }

    void aProbeThatNeverStartsIsAnError()
    {
        Bench bench;
        bench.log->output = "This account is closed.\n";
        const Harvest harvest = bench.factory()(bench.trop02)->readHost(bench.task());
        QVERIFY(!harvest.answered);
        QVERIFY2(harvest.errors.value(0).message.contains(u"This account is closed."_s),
                 qPrintable(harvest.errors.value(0).message));
    }
};

QTEST_GUILESS_MAIN(TestRemoteReader)
#include "test_remote_reader.moc"
