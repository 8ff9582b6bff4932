#include "models/parse/libvirt_snapshots.h"
#include "models/parse/libvirt_volumes.h"
#include "ssh/libvirt/libvirt_reader.h"
#include "ssh/libvirt/libvirt_uri.h"
#include "ssh/libvirt/reading.h"
#include "ssh/libvirt/storage_xml.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A daemon that hangs: the kernel takes connections, and nobody ever reads from them.
class FrozenDaemon
{
public:
    explicit FrozenDaemon(const QString &path) : m_socket(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray name = QFile::encodeName(path);
        std::copy(name.begin(), name.end(), address.sun_path);
        ready = bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 &&
                listen(m_socket, 8) == 0;
    }
    ~FrozenDaemon() { close(m_socket); }
    FrozenDaemon(const FrozenDaemon &) = delete;
    FrozenDaemon &operator=(const FrozenDaemon &) = delete;
    void cut() const { shutdown(m_socket, SHUT_RDWR); }

    bool ready = false;

private:
    int m_socket;
};

LibvirtRequest requestFor(const QString &uri)
{
    LibvirtRequest request;
    request.hypervisor = u"trop02"_s;
    request.uri = uri;
    request.storageLimit = 60s; // a busy machine is no hung pool
    return request;
}

/// A fleet for libvirt's test driver. Its NICs hang on a bridge: that driver cannot bear any other.
QString writeNode(const QTemporaryDir &folder, const QByteArray &more = {})
{
    QFile file(folder.filePath(u"node.xml"_s));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(
        R"(<node><cpu><mhz>1</mhz><model>x</model><active>1</active><nodes>1</nodes><sockets>1</sockets>
<cores>1</cores><threads>1</threads></cpu><memory>8192</memory>)");
    for (const char *name : {"Acilamwen", "Zwei &amp; drei", ".hidden"})
        file.write(QByteArray("<domain type='test'><name>") + name +
                   "</name><memory>1024</memory><os><type>hvm</type></os><devices>"
                   "<graphics type='vnc' port='5900' passwd='opensesame'/>"
                   "<interface type='bridge'><mac address='52:54:00:02:02:0f'/><source bridge='br0'/>"
                   "</interface></devices></domain>");
    file.write("<network><name>default</name><bridge name='virbr0'/><ip address='192.168.202.1' "
               "netmask='255.255.255.0'/></network>" +
               more + "</node>");
    return "test://"_L1 + file.fileName();
}

QByteArray pool(const char *type, const char *name, const QByteArray &volumes)
{
    return QByteArray(
        QByteArray("<pool type='") + type + "'><name>" + name +
        "</name><source><host name='ceph'/><name>images</name></source><target><path>/libvirt/" + name +
        "</path></target>" + volumes + "</pool>");
}

QByteArray volume(const QByteArray &name, const QByteArray &backing = {})
{
    return QByteArray("<volume><name>" + name + "</name><capacity>1</capacity><target><path>/libvirt/live/" +
                      name + "</path><format type='qcow2'/></target>" +
                      (backing.isEmpty() ? QByteArray()
                                         : "<backingStore><path>" + backing +
                                               "</path><format type='qcow2'/></backingStore>") +
                      "</volume>");
}

/// As the test driver takes it inside a <domain>.
QByteArray snapshot(const char *name, const char *created)
{
    return QByteArray(
        QByteArray("<test:domainsnapshot><name>") + name + "</name><creationTime>" + created +
        "</creationTime><state>shutoff</state><active>0</active><domain type='test'><name>s</name>"
        "<uuid>a0000000-0000-4000-8000-000000000001</uuid><memory>1024</memory><os><type>hvm</type>"
        "</os></domain></test:domainsnapshot>");
}

const QByteArray snapshotted =
    "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>s</name>"
    "<uuid>a0000000-0000-4000-8000-000000000001</uuid><memory>1024</memory><os><type>hvm</type></os>";

template <typename T>
T parsed(Parsed<T> (*parse)(const QByteArray &, const QString &), const Harvest &harvest, const QString &path)
{
    const Parsed<T> read = parse(harvest.documents.value(path).text, path);
    for (const Problem &problem : read.problems)
        QTest::qFail(qPrintable(problem.message), __FILE__, problem.line);
    return read.value;
}

QJsonArray array(const Harvest &harvest, const QString &path)
{
    return QJsonDocument::fromJson(harvest.documents.value(path).text).array();
}

} // namespace

class TestLibvirt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void takesSshUrisApart_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("destination");
        QTest::addColumn<QString>("firstSocket");
        QTest::newRow("plain") << u"qemu+ssh://trop02/system"_s << u"trop02"_s
                               << u"/var/run/libvirt/libvirt-sock-ro"_s;
        QTest::newRow("user and port") << u"qemu+ssh://root@trop02:2222/system"_s << u"root@trop02:2222"_s
                                       << u"/var/run/libvirt/libvirt-sock-ro"_s;
        QTest::newRow("socket") << u"qemu+ssh://trop02/system?socket=/run/virt%20sock"_s << u"trop02"_s
                                << u"/run/virt sock"_s;
        QTest::newRow("IPv6") << u"qemu+ssh://[2001:db8::1]:22/system"_s << u"[2001:db8::1]:22"_s
                              << u"/var/run/libvirt/libvirt-sock-ro"_s;
    }
    void takesSshUrisApart()
    {
        QFETCH(QString, uri);
        const auto parts = sshLibvirtUri(uri);
        QVERIFY(parts && *parts);
        QTEST((*parts)->destination, "destination");
        QTEST((*parts)->sockets.first(), "firstSocket");
        QCOMPARE((*parts)->path, u"/system"_s);
        QCOMPARE((*parts)->driver, u"qemu"_s);
    }

    void leavesOtherUrisToLibvirt()
    {
        for (const auto &uri : {u"qemu:///system"_s, u"qemu+tls://trop02/system"_s, u"test:///default"_s,
                                u"qemu+ssh://trop02/session"_s, u""_s, u"not a uri"_s}) {
            const auto parts = sshLibvirtUri(uri);
            QVERIFY2(parts && !*parts, qPrintable(uri));
        }
        QVERIFY(!sshLibvirtUri(u"qemu+ssh:///system"_s));
        QVERIFY(!sshLibvirtUri(u"qemu+ssh://trop02/system?socket=relative"_s));
    }

    void namesTheForwardedSocket()
    {
        const auto parts = sshLibvirtUri(u"qemu+ssh://trop02/system"_s);
        QCOMPARE(forwardedUri(**parts, u"/tmp/a b&c/socket"_s),
                 u"qemu+unix:///system?socket=/tmp/a%20b%26c/socket"_s);
    }

    void readsTheTestDriver()
    {
        const LibvirtReading reading = readLibvirt(requestFor(u"test:///default"_s));
        const Harvest &harvest = reading.harvest;
        QVERIFY(harvest.answered);
        QCOMPARE(harvest.domains, std::optional(QStringList{u"test"_s}));
        const QJsonObject domain = array(harvest, u"trop02/libvirt/domains.json"_s).at(0).toObject();
        QCOMPARE(domain.value(u"name"_s).toString(), u"test"_s);
        QCOMPARE(domain.value(u"state"_s).toString(), u"running"_s);
        QCOMPARE(domain.value(u"persistent"_s).toBool(), true);
        QCOMPARE(domain.value(u"autostart"_s).toBool(true), false);
        const QJsonObject network = array(harvest, u"trop02/libvirt/networks.json"_s).at(0).toObject();
        QCOMPARE(network.value(u"active"_s).toBool(), true);
        for (const auto &path : {u"domains/test.xml"_s, u"domains/test.inactive.xml"_s, u"version.txt"_s,
                                 u"networks/default.xml"_s})
            QVERIFY2(harvest.documents.contains("trop02/libvirt/"_L1 + path), qPrintable(path));
        QVERIFY(reading.calls > 9);
        for (const Document &document : harvest.documents)
            QVERIFY(document.took && document.taken.isValid());
    }

    void oneFailedCallTakesNothingElseAway()
    {
        // The test driver has no leases: that document fails, alone.
        const Harvest harvest = readLibvirt(requestFor(u"test:///default"_s)).harvest;
        QCOMPARE(harvest.errors.size(), 1);
        QCOMPARE(harvest.errors[0].source, u"libvirt/networks/default.leases.json"_s);
        QVERIFY(harvest.errors[0].message.contains(u"too old"_s));
        QCOMPARE(harvest.documents.size(), 8);
    }

    void readsSnapshots()
    {
        const QTemporaryDir folder;
        const QString uri = writeNode(folder, snapshotted + snapshot("newer", "1689697249") +
                                                  snapshot("before the upgrade", "1689697248") + "</domain>");
        const Harvest harvest = readLibvirt(requestFor(uri)).harvest;
        const auto snapshots = parsed(&parseSnapshotsJson, harvest, u"trop02/libvirt/snapshots.json"_s);
        QCOMPARE(snapshots.size(), 2); // of the four domains one has some
        QCOMPARE(snapshots[0].domain, u"s"_s);
        QCOMPARE(snapshots[0].snapshot.name, u"before the upgrade"_s);
        QCOMPARE(snapshots[0].snapshot.created, QDateTime(QDate(2023, 7, 18), QTime(16, 20, 48), Qt::UTC));
        QCOMPARE(snapshots[1].snapshot.name, u"newer"_s);
    }

    void readsTheVolumesOfEveryPool()
    {
        const QTemporaryDir folder;
        const QString uri = writeNode(
            folder, pool("dir", "live", volume("b&amp;c.qcow") + volume("A.qcow", "/libvirt/base.qcow")) +
                        pool("dir", "empty", {}) + pool("rbd", "ceph", volume("image")));
        const LibvirtReading reading = readLibvirt(requestFor(uri));
        const auto volumes = parsed(&parseVolumesJson, reading.harvest, u"trop02/libvirt/volumes.json"_s);
        QCOMPARE(volumes.size(), 3);
        QCOMPARE(volumes[0].pool, u"ceph"_s);
        QCOMPARE(volumes[0].format, u"raw"_s);
        QCOMPARE(volumes[1].name, u"A.qcow"_s);
        QCOMPARE(volumes[1].path, u"/libvirt/live/A.qcow"_s);
        QCOMPARE(volumes[1].format, u"qcow2"_s);
        QCOMPARE(volumes[1].backing, u"/libvirt/base.qcow"_s);
        QCOMPARE(volumes[2].path, u"/libvirt/live/b&c.qcow"_s);
        QCOMPARE(volumes[2].backing, QString());
        QCOMPARE(reading.harvest.errors.size(), 1); // the leases
    }

    void noSnapshotsAndNoPoolsAreKnownToBeNone()
    {
        const QTemporaryDir folder;
        const Harvest harvest = readLibvirt(requestFor(writeNode(folder))).harvest;
        for (const auto &path : {u"trop02/libvirt/snapshots.json"_s, u"trop02/libvirt/volumes.json"_s}) {
            QCOMPARE(harvest.documents.value(path).text.trimmed(), "[\n]");
            QVERIFY(harvest.documents.value(path).took);
        }
    }

    void aCallForEachOfManyVolumesAndNoMore()
    {
        const QTemporaryDir folder;
        const auto callsFor = [&folder](int count) {
            QByteArray volumes;
            for (int i = 0; i < count; ++i)
                volumes += volume(QByteArray::number(i));
            return readLibvirt(requestFor(writeNode(folder, pool("dir", "live", volumes)))).calls;
        };
        const int few = callsFor(10);
        const int many = callsFor(1000);
        QCOMPARE(many - few, 990);
    }

    void aBoundOnVolumesIsSaid()
    {
        const QTemporaryDir folder;
        QByteArray volumes;
        for (int i = 0; i < 4001; ++i)
            volumes += volume(QByteArray::number(i));
        const Harvest harvest =
            readLibvirt(requestFor(writeNode(folder, pool("dir", "live", volumes)))).harvest;
        QCOMPARE(array(harvest, u"trop02/libvirt/volumes.json"_s).size(), 4000);
        QCOMPARE(harvest.errors.size(), 2);
        QCOMPARE(harvest.errors[1].source, u"libvirt/volumes.json"_s);
        QVERIFY2(harvest.errors[1].message.contains(u"4001"_s), qPrintable(harvest.errors[1].message));
    }

    void storageThatHangsCostsNothingElse()
    {
        Reading reading(u"trop02"_s);
        const auto hour = 3600'000ms;
        reading.setOpened();
        reading.store(u"libvirt/domains.json"_s, "[]", 1ms);
        QCOMPARE(reading.wait({}, {hour, 20ms, hour}), Reading::End::Silent);
        reading.setStorageBegun();
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(reading.wait({}, {hour, hour, 30ms}), Reading::End::StorageLate);
        QVERIFY(timer.elapsed() < 5000);
        reading.setComplete();
        QCOMPARE(reading.wait({}, {hour, hour, 0ms}), Reading::End::Complete);
    }

    void whatIsNoStorageXmlIsNothing()
    {
        for (const char *text : {"", "<volume", "<pool/>", "<a><volume/></a>", "nothing"})
            QVERIFY2(!volumeParts(text), text);
        QCOMPARE(volumeParts("<volume type='block'><target><path>/dev/vg/a</path></target></volume>"),
                 (VolumeParts{u"/dev/vg/a"_s, {}, {}}));
        for (const char *text :
             {"", "<domainsnapshot", "<domainsnapshot/>",
              "<domainsnapshot><creationTime>then</creationTime>"
              "</domainsnapshot>",
              "<domainsnapshot><domain><creationTime>5</creationTime></domain></domainsnapshot>"})
            QVERIFY2(!creationTime(text), text);
        QCOMPARE(poolType("<volume type='file'/>"), QString());
    }

    void escapesNamesAndLeavesSecrets()
    {
        const QTemporaryDir folder;
        const Harvest harvest = readLibvirt(requestFor(writeNode(folder))).harvest;
        QVERIFY(harvest.documents.contains(u"trop02/libvirt/domains/Zwei%20%26%20drei.xml"_s));
        QVERIFY(harvest.documents.contains(u"trop02/libvirt/domains/%2Ehidden.inactive.xml"_s));
        QCOMPARE(harvest.domains->size(), 3);
        for (const Document &document : harvest.documents)
            QVERIFY(!document.text.contains("opensesame"));
    }

    void aWrongUriSaysWhatToDo()
    {
        const Harvest harvest = readLibvirt(requestFor(u"qemu+bogus:///system"_s)).harvest;
        QVERIFY(!harvest.answered);
        QVERIFY(!harvest.domains);
        QCOMPARE(harvest.errors.size(), 1);
        QCOMPARE(harvest.errors[0].source, u"libvirt"_s);
        QVERIFY2(harvest.errors[0].message.contains(u"fleet file"_s), qPrintable(harvest.errors[0].message));
    }

    void aSocketWithoutDaemonSaysWhatToDo()
    {
        const Harvest harvest =
            readLibvirt(requestFor(u"qemu+unix:///system?socket=/nonexistent/sock"_s)).harvest;
        QVERIFY(!harvest.answered);
        QVERIFY2(harvest.errors.value(0).message.contains(u"start libvirtd"_s),
                 qPrintable(harvest.errors.value(0).message));
    }

    void aFrozenDaemonIsGivenUp()
    {
        const QTemporaryDir folder;
        const FrozenDaemon daemon(folder.filePath(u"sock"_s));
        QVERIFY(daemon.ready);
        LibvirtRequest request = requestFor("qemu+unix:///system?socket="_L1 + folder.filePath(u"sock"_s));
        request.connectLimit = 300ms;
        bool cut = false;
        request.cut = [&] {
            cut = true;
            daemon.cut();
        };
        QElapsedTimer timer;
        timer.start();
        const Harvest harvest = readLibvirt(request).harvest;
        QVERIFY2(timer.elapsed() < 1300, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(cut);
        QVERIFY(!harvest.answered);
        QVERIFY(harvest.errors.value(0).message.contains(u"did not answer"_s));
    }

    void cancelEndsAFrozenReadingWithinASecond()
    {
        const QTemporaryDir folder;
        const FrozenDaemon daemon(folder.filePath(u"sock"_s));
        LibvirtRequest request = requestFor("qemu+unix:///system?socket="_L1 + folder.filePath(u"sock"_s));
        request.cut = [&] { daemon.cut(); };
        std::stop_source source;
        QElapsedTimer timer;
        timer.start();
        std::thread stopper([&] {
            while (timer.elapsed() < 100)
                std::this_thread::yield();
            source.request_stop();
        });
        const Harvest harvest = readLibvirt(request, source.get_token()).harvest;
        stopper.join();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(!harvest.answered);
    }
};

QTEST_GUILESS_MAIN(TestLibvirt)
#include "test_libvirt.moc"
