#include "ssh/libvirt/libvirt_reader.h"
#include "ssh/libvirt/libvirt_uri.h"

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
    return request;
}

/// A fleet for libvirt's test driver. Its NICs hang on a bridge: that driver cannot bear any other.
QString writeNode(const QTemporaryDir &folder)
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
               "netmask='255.255.255.0'/></network></node>");
    return "test://"_L1 + file.fileName();
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
        QCOMPARE(harvest.documents.size(), 6);
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
