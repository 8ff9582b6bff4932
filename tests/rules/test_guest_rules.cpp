#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

Domain named(const char *domain, const char *hostname)
{
    Domain made = healthyAcilamwen();
    made.name = str(domain);
    made.guest->system.hostname = Sourced<QString>{str(hostname), {u"hostname.txt"_s, 1, 1}};
    return made;
}

PackageTransaction transaction(QDate day)
{
    return {
        0, {}, day.isValid() ? QDateTime(day, {13, 41}) : QDateTime(), {}, {u"package-history.txt"_s, 3, 3}};
}

Domain withPackages(const QList<QDate> &days)
{
    Domain made = healthyAcilamwen();
    made.guest->packages = QList<PackageTransaction>();
    for (const QDate &day : days)
        made.guest->packages->append(transaction(day));
    return made;
}

Filesystem filesystem(const char *device, const char *mount, double gib, double percent)
{
    const auto kib = static_cast<qint64>(gib * 1024 * 1024);
    const auto used = static_cast<qint64>(static_cast<double>(kib) * percent / 100);
    return {str(device), str(mount), kib, used, kib - used, {u"df.txt"_s, 2, 2}};
}

Domain withDisk(const QList<Filesystem> &filesystems)
{
    Domain made = healthyAcilamwen();
    made.guest->system.filesystems = filesystems;
    return made;
}

Route defaultVia(const char *gate, const char *device, std::optional<int> metric = {})
{
    Route made;
    made.gateway = ip(gate);
    made.device = str(device);
    made.metric = metric;
    made.source = {u"ip-route.json"_s, 1, 1};
    return made;
}

Domain withRoutes(const QList<Route> &routes)
{
    Domain made = healthyAcilamwen();
    made.guest->system.routes = routes;
    return made;
}

bool finds(const Domain &domain, const char *rule)
{
    return !findingsOf(judged(fleetOf(domain)), rule).isEmpty();
}

} // namespace

class TestGuestRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void hostnames_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("hostname");
        QTest::addColumn<bool>("wrong");
        const auto row = [](const char *domain, const char *hostname, bool wrong) {
            QTest::addRow("%s/%s", domain, hostname) << str(domain) << str(hostname) << wrong;
        };
        row("Acilamwen", "Acilamwen", false);
        row("Acilamwen", "acilamwen", false);
        row("Acilamwen", "acilamwen.roe.ac.uk", false);
        row("Acilamwen", "acilamwen.roe.ac.uk.", false);
        row("web.roe.ac.uk", "web", false);
        row("web.roe.ac.uk", "web.example.org", true);
        row("web_1", "web-1", false);
        row("Acilamwen", "Eterathiel", true);
        row("Acilamwen", "localhost.localdomain", true);
        row("Acilamwen", "Acilamwen2", true);
    }

    void hostnames()
    {
        QFETCH(QString, domain);
        QFETCH(QString, hostname);
        QFETCH(bool, wrong);
        const Domain vm = named(qPrintable(domain), qPrintable(hostname));
        QCOMPARE(wrongs(fleetOf(vm)),
                 wrong ? QStringList(u"guest-hostname-mismatch:trop02/vm/"_s + domain) : QStringList());
    }

    void theNameOfAnotherVm()
    {
        const Fleet all =
            fleet({hypervisor("trop02", {named("Ulov", "araybwyn"), vm("Araybwyn", DomainState::ShutOff)})});
        const Finding finding = findingOf(judged(all), "guest-hostname-mismatch");
        QVERIFY2(finding.message.contains(u"the name of a VM on trop02"_s), qPrintable(finding.message));
        QCOMPARE(finding.related, QStringList(u"trop02/vm/Araybwyn"_s));
        QVERIFY(isSteady(all));
        QVERIFY(!finds(healthyAcilamwen(), "guest-hostname-mismatch")); // not read
    }

    void packages()
    {
        const QDate seed(2018, 10, 16);
        const Finding finding = findingOf(judged(fleetOf(withPackages({seed}))), "guest-packages-stale");
        QCOMPARE(finding.severity, Severity::Info);
        QVERIFY2(finding.message.contains(u"on 2018-10-16, 1736 days before"_s), qPrintable(finding.message));
        QVERIFY2(finding.message.contains(u"the limit is 365 days"_s), qPrintable(finding.message));
        QVERIFY(isSteady(fleetOf(withPackages({seed, QDate(2018, 10, 15)}))));
        const QDate taken(2023, 7, 18);
        for (const auto &[day, stale] :
             {std::pair(taken.addDays(-365), false), std::pair(taken.addDays(-366), true),
              std::pair(taken.addDays(7), false), std::pair(QDate(), false)})
            QCOMPARE(finds(withPackages({day}), "guest-packages-stale"), stale);
        // The newest counts, wherever it stands.
        QVERIFY(!finds(withPackages({seed, taken.addDays(-3), seed}), "guest-packages-stale"));
        QVERIFY(!finds(withPackages({}), "guest-packages-stale"));
        QVERIFY(!finds(healthyAcilamwen(), "guest-packages-stale"));
        Policy patient = policy();
        patient.stalePackagesDays = 3650;
        QVERIFY(findingsOf(judged(fleetOf(withPackages({seed})), patient), "guest-packages-stale").isEmpty());
        Fleet timeless = fleetOf(withPackages({seed}));
        timeless.taken = {};
        QVERIFY(findingsOf(judged(timeless), "guest-packages-stale").isEmpty());
        Machine &system = (*timeless.hypervisors[0].domains)[0].guest->system;
        system.clock = Sourced<QDateTime>{QDateTime(taken, {16, 0}, Qt::UTC), {}};
        QCOMPARE(findingsOf(judged(timeless), "guest-packages-stale").size(), 1);
    }

    void idleHosts()
    {
        const auto host = [](const QList<Container> &containers) {
            return dockerHost("Ulov", "52:54:00:02:02:0a", containers);
        };
        const Finding finding = findingOf(judged(fleetOf(host({}))), "guest-idle");
        QCOMPARE(finding.subject, u"trop02/vm/Ulov"_s);
        QCOMPARE(finding.severity, Severity::Info);
        for (const auto &[state, idle] :
             {std::pair(ContainerState::Running, false), std::pair(ContainerState::Restarting, false),
              std::pair(ContainerState::Paused, false), std::pair(ContainerState::Unknown, false),
              std::pair(ContainerState::Exited, true), std::pair(ContainerState::Created, true),
              std::pair(ContainerState::Dead, true)}) {
            Container one = container("9683ea05bb04", "apache", "apache:2");
            one.state = state;
            QCOMPARE(finds(host({one}), "guest-idle"), idle);
        }
        Domain manager = host({});
        manager.guest->engine.manager = true;
        QVERIFY(!finds(manager, "guest-idle"));
        QVERIFY(!finds(healthyAcilamwen(), "guest-idle")); // no engine was read
    }

    void defaultRoutes()
    {
        const Route nat = defaultVia("192.168.202.1", "ens3");
        const Route open = defaultVia("129.215.175.126", "ens7");
        const QStringList id{u"guest-two-default-routes:trop02/vm/Acilamwen"_s};
        const Fleet all = fleetOf(withRoutes({nat, open}));
        QCOMPARE(wrongs(all), id);
        const QString message = judged(all).front().message;
        QVERIFY2(message.contains(u"via 129.215.175.126 dev ens7; via 192.168.202.1 dev ens3"_s),
                 qPrintable(message));
        QVERIFY(isSteady(all));
        QCOMPARE(wrongs(fleetOf(withRoutes({nat}))), QStringList());
        QCOMPARE(wrongs(fleetOf(withRoutes({nat, nat}))), QStringList());
        QCOMPARE(wrongs(fleetOf(withRoutes({nat, defaultVia("129.215.175.126", "ens7", 100)}))),
                 QStringList());
        QCOMPARE(wrongs(fleetOf(withRoutes({defaultVia("192.168.202.1", "ens3", 100),
                                            defaultVia("129.215.175.126", "ens7", 100)}))),
                 id);
        QCOMPARE(wrongs(fleetOf(withRoutes({nat, defaultVia("129.215.175.126", "ens7", 0)}))), id);
        Route hopA = nat;
        Route hopB = open;
        hopA.multipath = hopB.multipath = true;
        QCOMPARE(wrongs(fleetOf(withRoutes({hopA, hopB}))), QStringList());
        Route other = open;
        other.destination = Subnet::fromString(u"10.0.0.0/8");
        QCOMPARE(wrongs(fleetOf(withRoutes({nat, other}))), QStringList());
    }

    void disks_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<QString>("mount");
        QTest::addColumn<double>("gib");
        QTest::addColumn<double>("percent");
        QTest::addColumn<bool>("full");
        const auto row = [](const char *name, const char *device, const char *mount, double gib,
                            double percent, bool full) {
            QTest::newRow(name) << str(device) << str(mount) << gib << percent << full;
        };
        row("half full", "/dev/vda1", "/", 32, 50, false);
        row("89 %", "/dev/vda1", "/", 32, 89, false);
        row("91 %", "/dev/vda1", "/", 32, 91, true);
        row("91 % of much", "/dev/vdb1", "/data", 2000, 91, false);
        row("98 % of much", "/dev/vdb1", "/data", 2000, 98, true);
        row("boot", "/dev/vda2", "/boot", 0.5, 95, true);
        row("mapper", "/dev/mapper/vg-root", "/", 20, 99, true);
        row("zfs", "tank/data", "/tank/data", 20, 99, true);
        row("tmpfs", "tmpfs", "/run", 1, 99, false);
        row("overlay", "overlay", "/var/lib/docker/overlay2/x/merged", 20, 99, false);
        row("snap", "/dev/loop3", "/snap/core20/1974", 0.06, 100, false);
        row("iso", "/dev/sr0", "/mnt", 4, 100, false);
        row("stick", "/dev/sdb1", "/media/usb", 4, 100, false);
        row("nfs", "nas:/export", "/home", 20, 99, false);
        row("cifs", "//nas/share", "/srv", 20, 99, false);
        row("empty", "/dev/vdc", "/empty", 0, 0, false);
    }

    void disks()
    {
        QFETCH(QString, device);
        QFETCH(QString, mount);
        QFETCH(double, gib);
        QFETCH(double, percent);
        QFETCH(bool, full);
        const QList<Filesystem> one{filesystem(qPrintable(device), qPrintable(mount), gib, percent)};
        QCOMPARE(wrongs(fleetOf(withDisk(one))),
                 full ? QStringList(u"guest-disk-full:trop02/vm/Acilamwen"_s) : QStringList());
        Fleet host = fleetOf(healthyAcilamwen());
        host.hypervisors[0].host.filesystems = one;
        QCOMPARE(wrongs(host), full ? QStringList(u"host-disk-full:trop02"_s) : QStringList());
    }

    void oneDiskInTwoPlacesIsOne()
    {
        const Finding finding =
            findingOf(judged(fleetOf(withDisk({filesystem("/dev/vda1", "/", 32, 95),
                                               filesystem("/dev/vda1", "/var/lib/x", 32, 95)}))),
                      "guest-disk-full");
        QCOMPARE(finding.message, u"Acilamwen: / is 95 % full, 1.6 GiB left of 32.0 GiB."_s);
    }

    void reservedBlocksCountAsFull()
    {
        Filesystem full = filesystem("/dev/vda1", "/", 10, 95);
        full.availableKib = 0; // what is left is root's
        QCOMPARE(finds(withDisk({full}), "guest-disk-full"), true);
    }

    void macsThatNoNicCanHave()
    {
        for (const char *bad : {"00:00:00:00:00:00", "01:00:5e:00:00:01", "ff:ff:ff:ff:ff:ff"}) {
            Domain vm = healthyAcilamwen();
            for (auto *form : {&vm.live, &vm.inactive})
                (*form)->nics.append((*form)->nics[0]);
            for (auto *form : {&vm.live, &vm.inactive})
                for (int i : {0, 2})
                    (*form)->nics[i].mac = mac(bad);
            vm.live->nics[2].pci = vm.inactive->nics[2].pci = slot(9);
            QCOMPARE(wrongs(fleetOf(vm)),
                     QStringList(u"nic-invalid-mac:trop02/vm/Acilamwen/nic/"_s + str(bad)));
            QVERIFY(isSteady(fleetOf(vm)));
        }
        Domain vm = healthyAcilamwen();
        vm.guest->configs[0].macaddr = Sourced<MacAddress>{mac("03:00:00:00:00:01"), {u"ifcfg-ens3"_s, 4, 4}};
        QCOMPARE(wrongs(fleetOf(vm)), QStringList(u"nic-invalid-mac:trop02/vm/Acilamwen/if/ens3"_s));
        vm = healthyAcilamwen();
        vm.live->nics[0].mac.reset();
        vm.inactive->nics[0].mac.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void modelsOfNics()
    {
        Domain vm = healthyAcilamwen();
        QVERIFY(!finds(vm, "nic-model"));
        for (auto *form : {&vm.live, &vm.inactive})
            (*form)->nics[0].model = u"e1000"_s;
        const QList<Finding> found = findingsOf(judged(fleetOf(vm)), "nic-model");
        QCOMPARE(allIds(found), QStringList(u"nic-model:trop02/vm/Acilamwen/nic/52:54:00:02:02:0f"_s));
        QCOMPARE(found[0].severity, Severity::Info);
        for (const char *quiet : {"", "virtio", "virtio-transitional", "virtio-non-transitional"}) {
            for (auto *form : {&vm.live, &vm.inactive})
                (*form)->nics[0].model = str(quiet);
            QVERIFY(!finds(vm, "nic-model"));
        }
        for (auto *form : {&vm.live, &vm.inactive}) {
            (*form)->nics[0].model = u"vmxnet3"_s;
            (*form)->type = u"vmware"_s;
        }
        QVERIFY(!finds(vm, "nic-model"));
    }
};

QTEST_GUILESS_MAIN(TestGuestRules)
#include "test_guest_rules.moc"
