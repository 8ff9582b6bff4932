#include "ssh/apply/libvirt_control.h"
#include "ssh/apply/live_executor.h"
#include "ssh/libvirt/event_loop.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <libvirt/libvirt.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString running = u"a0000000-0000-4000-8000-000000000001"_s;
const QString off = u"a0000000-0000-4000-8000-000000000002"_s;

QByteArray nic(const char *slot)
{
    return QByteArray("<interface type='user'><mac address='52:54:00:00:01:01'/><model type='virtio'/>"
                      "<address type='pci' domain='0x0000' bus='0x00' slot='") +
           slot + "' function='0x0'/></interface>";
}

/// For libvirt's test driver.
QString testNode(const QTemporaryDir &folder)
{
    QFile file(folder.filePath(u"node.xml"_s));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(
        "<node xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
        "<domain type='test'><name>Acilamwen</name><uuid>" +
        running.toUtf8() +
        "</uuid><memory>1024</memory><os><type>hvm</type></os></domain>"
        "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><test:runstate>5"
        "</test:runstate><name>Ulov</name><uuid>" +
        off.toUtf8() +
        "</uuid><memory>1024</memory><os><type>hvm</type></os></domain>"
        "<network><name>default</name><bridge name='virbr0'/><ip address='192.168.202.1' "
        "netmask='255.255.255.0'><dhcp><range start='192.168.202.2' end='192.168.202.9'/>"
        "<host mac='52:54:00:02:02:01' name='Acilamwen' ip='192.168.202.5'/></dhcp></ip></network></node>");
    return "test://"_L1 + file.fileName();
}

/// A daemon that hangs: the kernel takes connections, and nobody ever reads from them.
class FrozenDaemon
{
public:
    explicit FrozenDaemon(const QString &path) : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray name = QFile::encodeName(path);
        std::copy(name.begin(), name.end(), address.sun_path);
        ready = ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 &&
                ::listen(m_socket, 8) == 0;
    }
    ~FrozenDaemon() { ::close(m_socket); }
    FrozenDaemon(const FrozenDaemon &) = delete;
    FrozenDaemon &operator=(const FrozenDaemon &) = delete;
    bool ready = false;

private:
    int m_socket;
};

/// QEMU's own driver inside this process, with a domain that is only described and one that runs nothing.
class EmbeddedQemu
{
public:
    EmbeddedQemu()
    {
        startLibvirtEvents();
        // Without the daemons and the rights that it would have on a hypervisor.
        QDir(m_folder.path()).mkdir(u"etc"_s);
        QFile config(m_folder.filePath(u"etc/qemu.conf"_s));
        if (!config.open(QIODevice::WriteOnly))
            return;
        config.write(
            "stdio_handler = \"file\"\nsecurity_driver = \"none\"\nnamespaces = []\ncgroup_controllers = "
            "[]\nuser = \"root\"\ngroup = \"root\"\n");
        config.close();
        uri = u"qemu:///embed?root=%1"_s.arg(m_folder.path());
        m_connection = virConnectOpen(uri.toUtf8().constData());
        if (!m_connection)
            return;
        define(off, "Ulov", false);
        ready = define(running, "Acilamwen", true);
    }
    ~EmbeddedQemu()
    {
        if (!m_connection)
            return;
        if (virDomainPtr domain = virDomainLookupByUUIDString(m_connection, running.toUtf8().constData())) {
            virDomainDestroy(domain);
            virDomainFree(domain);
        }
        virConnectClose(m_connection);
    }
    EmbeddedQemu(const EmbeddedQemu &) = delete;
    EmbeddedQemu &operator=(const EmbeddedQemu &) = delete;

    void setPaused(bool paused) const
    {
        virDomainPtr domain = virDomainLookupByUUIDString(m_connection, running.toUtf8().constData());
        paused ? virDomainSuspend(domain) : virDomainResume(domain);
        virDomainFree(domain);
    }

    QString uri;
    bool ready = false;

private:
    bool define(const QString &uuid, const char *name, bool start) const
    {
        const QByteArray xml =
            QByteArray("<domain type='qemu'><name>") + name + "</name><uuid>" + uuid.toUtf8() +
            "</uuid><memory unit='MiB'>16</memory><os><type machine='pc'>hvm</type></os><devices>"
            "<controller type='usb' model='none'/><memballoon model='none'/>" +
            nic("0x05") + nic("0x06") + nic("0x07") + "</devices></domain>";
        virDomainPtr domain = virDomainDefineXML(m_connection, xml.constData());
        const bool made = domain && (!start || virDomainCreate(domain) == 0);
        if (domain)
            virDomainFree(domain);
        return made;
    }

    QTemporaryDir m_folder;
    virConnectPtr m_connection = nullptr;
};

} // namespace

class TestLibvirtControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_qemu = std::make_unique<EmbeddedQemu>(); }
    void cleanupTestCase() { m_qemu.reset(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aDomainThatDoesNotRunHasNoLiveForm()
    {
        const QTemporaryDir folder;
        LibvirtControl control({u"trop02"_s, testNode(folder), 20s}, nullptr);
        const auto live = control.domainXml(off, false, {});
        QVERIFY2(live, live ? "" : qPrintable(live.error().text()));
        QVERIFY(live->isEmpty());
        QVERIFY(control.domainXml(off, true, {})->contains("Ulov"));
        QVERIFY(control.domainXml(running, false, {})->contains("Acilamwen"));
        QCOMPARE(*control.domainState(running, {}), int(VIR_DOMAIN_RUNNING));
        QCOMPARE(*control.domainState(off, {}), int(VIR_DOMAIN_SHUTOFF));
        QCOMPARE(control.domains({})->size(), 2);
    }

    void autostartOfADomainAndANetwork()
    {
        const QTemporaryDir folder;
        LibvirtControl control({u"trop02"_s, testNode(folder), 20s}, nullptr);
        QCOMPARE(*control.domainAutostart(running, {}), false);
        QVERIFY(control.setDomainAutostart(running, true, {}));
        QCOMPARE(*control.domainAutostart(running, {}), true);
        QCOMPARE(*control.networkAutostart(u"default"_s, {}), false);
        QVERIFY(control.setNetworkAutostart(u"default"_s, true, {}));
        QCOMPARE(*control.networkAutostart(u"default"_s, {}), true);
    }

    void aNetworkStopsAndStartsAndItsReservationsChange()
    {
        const QTemporaryDir folder;
        LibvirtControl control({u"trop02"_s, testNode(folder), 20s}, nullptr);
        QCOMPARE(*control.networkActive(u"default"_s, {}), true);
        QVERIFY(control.setNetworkActive(u"default"_s, false, {}));
        QCOMPARE(*control.networkActive(u"default"_s, {}), false);
        QVERIFY(control.setNetworkActive(u"default"_s, true, {}));
        QCOMPARE(*control.definedNetworks({}), QStringList{u"default"_s});
        const QByteArray host = "<host mac='52:54:00:02:02:02' name='Ulov' ip='192.168.202.6'/>";
        const auto added = control.changeReservation(u"default"_s, true, host, {});
        QVERIFY2(added, added ? "" : qPrintable(added.error().text()));
        QVERIFY(control.networkXml(u"default"_s, false, {})->contains("52:54:00:02:02:02"));
        QVERIFY(control.changeReservation(u"default"_s, false, host, {}));
        QVERIFY(!control.networkXml(u"default"_s, false, {})->contains("52:54:00:02:02:02"));
    }

    void whatIsNotThereIsSaidInASentence()
    {
        const QTemporaryDir folder;
        LibvirtControl control({u"trop02"_s, testNode(folder), 20s}, nullptr);
        const auto domain = control.domainXml(u"a0000000-0000-4000-8000-00000000000f"_s, false, {});
        QVERIFY(!domain);
        QCOMPARE(domain.error().where, u"trop02"_s);
        QVERIFY2(domain.error().message.contains(u"find the domain"), qPrintable(domain.error().text()));
        QVERIFY(!control.networkActive(u"'; touch /tmp/pwned; '"_s, {}));
    }

    void aDaemonThatHangsCostsTheDeadlineAndAStopASecond()
    {
        const QTemporaryDir folder;
        const QString socket = folder.filePath(u"frozen"_s);
        const FrozenDaemon daemon(socket);
        QVERIFY(daemon.ready);
        const QString uri = u"qemu+unix:///system?socket=%1"_s.arg(socket);
        QElapsedTimer timer;
        timer.start();
        LibvirtControl impatient({u"trop02"_s, uri, 500ms}, nullptr);
        const auto late = impatient.domains({});
        QVERIFY(!late);
        QCOMPARE(late.error().kind, ErrorKind::Timeout);
        QVERIFY(timer.elapsed() < 3'000);

        timer.restart();
        std::stop_source source;
        LibvirtControl patient({u"trop02"_s, uri, 60s}, nullptr);
        source.request_stop();
        const auto stopped = patient.domains(source.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QVERIFY(timer.elapsed() < 2'000);
    }

    void aNicGoesFromTheDescriptionByItsOwnPciAddress()
    {
        if (!m_qemu->ready)
            QSKIP("QEMU's driver does not run inside a test here");
        LibvirtControl control({u"trop02"_s, m_qemu->uri, 20s}, nullptr);
        using Device = LibvirtControl::Device;
        const auto detached = control.changeDevice(off, Device::Detach, true, nic("0x06"), {});
        QVERIFY2(detached, detached ? "" : qPrintable(detached.error().text()));
        const QByteArray left = *control.domainXml(off, true, {});
        QVERIFY(left.contains("slot='0x05'") && left.contains("slot='0x07'") &&
                !left.contains("slot='0x06'"));
        QVERIFY(!control.changeDevice(off, Device::Detach, true, nic("0x06"), {}));
        QVERIFY(control.changeDevice(off, Device::Attach, true, nic("0x06"), {}));
        QVERIFY(control.domainXml(off, true, {})->contains("slot='0x06'"));
    }

    void aLinkGoesDownAtOnePciAddressAlone()
    {
        if (!m_qemu->ready)
            QSKIP("QEMU's driver does not run inside a test here");
        ApplyOptions options;
        HypervisorPolicy policy;
        policy.name = u"trop02"_s;
        policy.uri = m_qemu->uri;
        options.policy.hypervisors = {policy};
        LiveExecutor executor(options);
        QVERIFY(executor.lock({}, {}));
        const VmPlace vm{u"trop02"_s, u"Acilamwen"_s, running};
        const auto mac = *MacAddress::fromString(u"52:54:00:00:01:01");
        const auto at = [&](const char *slot) {
            return NicPlace{vm, NicForm::Live, mac, *PciAddress::fromString(QString::fromLatin1(slot))};
        };
        QByteArray down = nic("0x06");
        down.replace("</interface>", "<link state='down'/></interface>");
        const auto set = executor.perform(SetNicLink{at("0000:00:06.0"), false, down}, {});
        QVERIFY2(set, set ? "" : qPrintable(set.error().text()));
        QVERIFY(executor.observe(NicLinkIs{at("0000:00:06.0"), false}, {})->holds);
        QVERIFY(executor.observe(NicLinkIs{at("0000:00:05.0"), true}, {})->holds);
        QVERIFY(executor.observe(NicLinkIs{at("0000:00:07.0"), true}, {})->holds);
    }

    void aDetachThatTheGuestDoesNotFollowIsNoticed()
    {
        if (!m_qemu->ready)
            QSKIP("QEMU's driver does not run inside a test here");
        ApplyOptions options;
        HypervisorPolicy policy;
        policy.name = u"trop02"_s;
        policy.uri = m_qemu->uri;
        options.policy.hypervisors = {policy};
        options.policy.commandSeconds = 20;
        LiveExecutor executor(options);
        QVERIFY(executor.lock({}, {}));
        const VmPlace vm{u"trop02"_s, u"Acilamwen"_s, running};
        const auto mac = *MacAddress::fromString(u"52:54:00:00:01:01");
        const NicPlace place{vm, NicForm::Live, mac, *PciAddress::fromString(u"0000:00:06.0")};
        m_qemu->setPaused(true);
        const auto runs = executor.observe(DomainRuns{vm}, {});
        QVERIFY(runs && !runs->holds);
        QVERIFY2(runs->seen.contains(u"paused"), qPrintable(runs->seen));
        // No error, or one: only what is read back counts.
        [[maybe_unused]] const auto detached = executor.perform(DetachNic{place, nic("0x06")}, {});
        const auto gone = executor.observe(NicIs{place, false}, {});
        QVERIFY2(gone, gone ? "" : qPrintable(gone.error().text()));
        QVERIFY(!gone->holds);
        QVERIFY(executor.observe(NicCount{vm, NicForm::Live, mac, 3}, {})->holds);
    }

    void aDescriptionThatNamesNoNicAloneNeverReachesLibvirt_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::newRow("no slot") << QByteArray(
            "<interface type='user'><mac address='52:54:00:00:01:01'/></interface>");
        QTest::newRow("no MAC") << QByteArray(
            "<interface type='user'><address type='pci' domain='0x0000' bus='0x00' "
            "slot='0x06' function='0x0'/></interface>");
        QTest::newRow("another slot") << nic("0x05");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no XML") << QByteArray("<interface");
    }
    void aDescriptionThatNamesNoNicAloneNeverReachesLibvirt()
    {
        QFETCH(QByteArray, xml);
        ApplyOptions options; // knows no hypervisor: had it been asked, the error would be another
        LiveExecutor executor(options);
        QVERIFY(executor.lock({}, {}));
        const NicPlace place{{u"trop02"_s, u"Acilamwen"_s, running},
                             NicForm::Live,
                             *MacAddress::fromString(u"52:54:00:00:01:01"),
                             *PciAddress::fromString(u"0000:00:06.0")};
        const auto detached = executor.perform(DetachNic{place, xml}, {});
        QVERIFY(!detached);
        QCOMPARE(detached.error().kind, ErrorKind::Usage);
    }

private:
    std::unique_ptr<EmbeddedQemu> m_qemu; ///< libvirt bears one in a process
};

QTEST_GUILESS_MAIN(TestLibvirtControl)
#include "test_libvirt_control.moc"
