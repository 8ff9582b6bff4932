#include "tests/rules/judging.h"
#include "tests/support/host_builder.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString first8 = u"trop02/vm/Araybwyn2"_s;

QStringList idsOf(const Hypervisor &hypervisor)
{
    return allIds(judged(fleet({hypervisor}), hostPolicy()));
}

QStringList idsOf(const QList<Hypervisor> &hypervisors)
{
    return allIds(judged(fleet(hypervisors), hostPolicy(int(hypervisors.size()))));
}

Finding first(const QList<Hypervisor> &hypervisors, const char *rule)
{
    return findingOf(judged(fleet(hypervisors), hostPolicy(int(hypervisors.size()))), rule);
}

QStringList only(const char *rule, const QString &subject)
{
    return {QString::fromLatin1(rule) + u':' + subject};
}

void setPath(Domain &domain, const char *path)
{
    domain.live->disks.first().path = domain.inactive->disks.first().path = str(path);
}

void switchOff(Domain &domain)
{
    domain.state = DomainState::ShutOff;
    domain.live.reset();
    domain.guest.reset();
}

Volume volume(const char *path, const char *format = "qcow2", const char *backing = "")
{
    const QString text = str(path);
    return {u"live"_s, text.section(u'/', -1), text, str(format), str(backing), {u"volumes.json"_s, 1, 1}};
}

/// Every image of a healthy hypervisor, as its pools list them.
QList<Volume> volumesOf(const Hypervisor &hypervisor)
{
    QList<Volume> volumes{volume("/var/lib/libvirt/images/base/fedora-28.qcow2")};
    for (const Domain &domain : *hypervisor.domains)
        volumes.append(volume(qPrintable(domain.inactive->disks.first().path), "qcow2",
                              "/var/lib/libvirt/images/base/fedora-28.qcow2"));
    return volumes;
}

/// Two hypervisors, the first one's VMs off their names: nothing of the two is alike.
QList<Hypervisor> two()
{
    return {host(1), host(2)};
}

} // namespace

class TestDiskRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { otherFamilies() = {u"nic"_s}; }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void twoVmsWriteOneImage()
    {
        Hypervisor one = host();
        setPath((*one.domains)[1], "/libvirt/storage/live/../live/Araybwyn2.qcow2");
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("disk-shared-writable", first8));
        QCOMPARE(findings.front().message, u"/libvirt/storage/live/Araybwyn2.qcow2 is written by Araybwyn2 "
                                           u"on trop02 (vda) and by Lothigometh2 on "
                                           "trop02 (vda)."_s);
        QCOMPARE(findings.front().related, QStringList(u"trop02/vm/Lothigometh2"_s));
        std::reverse(one.domains->begin(), one.domains->end());
        QCOMPARE(allIds(judged(fleet({one}), hostPolicy())), only("disk-shared-writable", first8));
    }

    void imagesThatMayBeShared()
    {
        Hypervisor one = host();
        setPath((*one.domains)[1], "/libvirt/storage/live/Araybwyn2.qcow2");
        Hypervisor shared = one;
        for (Domain &domain : *shared.domains)
            domain.live->disks.first().shareable = true;
        QCOMPARE(idsOf(shared), QStringList());
        Hypervisor readOnly = one;
        (*readOnly.domains)[1].live->disks.first().readOnly = true;
        QCOMPARE(idsOf(readOnly), QStringList());
        Hypervisor off = one;
        switchOff((*off.domains)[1]);
        (*off.domains)[1].autostart = false;
        QCOMPARE(idsOf(off), QStringList());
        Hypervisor unread = one;
        (*unread.domains)[1].live.reset();
        QCOMPARE(idsOf(unread), QStringList());
        // One VM with two disks on it is not two VMs; empty drives are no image.
        Hypervisor drives = host();
        for (Domain &domain : *drives.domains)
            domain.live->disks.append(drive(""));
        QCOMPARE(idsOf(drives), QStringList());
    }

    void aBackingFileThatIsWritten()
    {
        Hypervisor one = host();
        setPath((*one.domains)[1], "/var/lib/libvirt/images/base/fedora-28.qcow2");
        (*one.domains)[1].live->disks.first().backing.clear();
        QCOMPARE(idsOf(one), only("disk-shared-writable", first8));
        QCOMPARE(first({one}, "disk-shared-writable").message,
                 u"/var/lib/libvirt/images/base/fedora-28.qcow2 is written by Lothigometh2 on trop02 (vda), "
                 u"and is what "
                 "Araybwyn2 on trop02 (vda) stands on as a backing file."_s);
        // As the pool's list has it, where the XML leaves the chain out.
        (*one.domains)[0].live->disks.first().backing.clear();
        QCOMPARE(idsOf(one), QStringList());
        one.volumes = QList<Volume>{volume("/libvirt/storage/live/Araybwyn2.qcow2", "qcow2",
                                           "/var/lib/libvirt/images/base/fedora-28.qcow2"),
                                    volume("/var/lib/libvirt/images/base/fedora-28.qcow2")};
        QCOMPARE(idsOf(one), only("disk-shared-writable", first8));
    }

    void pathsOfTwoHypervisors()
    {
        // A local path is a file of its own on each.
        QList<Hypervisor> all = two();
        for (Hypervisor &one : all)
            setPath((*one.domains)[0], "/libvirt/storage/live/db.qcow2");
        QCOMPARE(idsOf(all), QStringList());
        // The same from one server is one file, however each mounts it.
        all[0].host.filesystems = QList<Filesystem>{{u"nas:/export"_s, u"/libvirt/storage"_s, 1, 1, 1, {}}};
        all[1].host.filesystems = all[0].host.filesystems;
        const QStringList fault = only("disk-shared-writable", u"trop01/vm/Araybwyn1"_s);
        QCOMPARE(idsOf(all), fault);
        all[1].host.filesystems->append({u"/dev/sda1"_s, u"/libvirt/storage/live"_s, 1, 1, 1, {}});
        QCOMPARE(idsOf(all), QStringList());
        // So is a network disk, and a disk by its world-wide name.
        all = two();
        for (Hypervisor &one : all) {
            Disk &disk = (*one.domains)[0].live->disks.first();
            disk.type = u"network"_s;
            disk.path = u"libvirt/db"_s;
            disk.remote = u"rbd://mon1/libvirt/db"_s;
        }
        QCOMPARE(idsOf(all), fault);
        (*all[1].domains)[0].live->disks.first().remote = u"rbd://mon9/libvirt/db"_s;
        QCOMPARE(idsOf(all), QStringList());
        for (Hypervisor &one : all) {
            Disk &disk = (*one.domains)[0].live->disks.first();
            disk.remote.clear();
            disk.path = u"/dev/disk/by-id/wwn-0x5000c500a1b2c3d4"_s;
        }
        QCOMPARE(idsOf(all), fault);
    }

    void aVolumeIsItsFile()
    {
        Hypervisor one = host();
        Disk &disk = (*one.domains)[1].live->disks.first();
        disk.type = u"volume"_s;
        disk.path = u"live/Araybwyn2.qcow2"_s;
        QCOMPARE(idsOf(one), QStringList());
        one.volumes = QList<Volume>{volume("/libvirt/storage/live/Araybwyn2.qcow2")};
        QCOMPARE(idsOf(one), only("disk-shared-writable", first8));
        // A pool of that name on another hypervisor holds other files.
        QList<Hypervisor> all = two();
        for (Hypervisor &each : all) {
            Disk &volumeDisk = (*each.domains)[0].live->disks.first();
            volumeDisk.type = u"volume"_s;
            volumeDisk.path = u"live/db.qcow2"_s;
        }
        QCOMPARE(idsOf(all), QStringList());
    }

    void oneVmTwiceIsOneFault()
    {
        QList<Hypervisor> all = two();
        Domain copy = (*all[0].domains)[0];
        copy.guest.reset();
        copy.live->nics.clear();
        copy.inactive->nics.clear();
        all[1].domains->append(copy);
        for (Hypervisor &one : all)
            one.host.filesystems = QList<Filesystem>{{u"nas:/export"_s, u"/libvirt"_s, 1, 1, 1, {}}};
        QCOMPARE(idsOf(all), only("domain-duplicate", u"trop01/vm/Araybwyn1"_s));
    }

    void imagesThatNoVmUses()
    {
        Hypervisor one = host();
        one.volumes = volumesOf(one);
        QCOMPARE(idsOf(one), QStringList());
        one.volumes->append(volume("/libvirt/storage/live/Old.qcow2"));
        one.volumes->append(volume("/libvirt/storage/live/old.img", "raw"));
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("disk-unused", u"trop02"_s));
        QCOMPARE(findings.front().severity, Severity::Info);
        QCOMPARE(
            findings.front().message,
            u"trop02 keeps 2 images that no VM uses, nor any image of one: /libvirt/storage/live/Old.qcow2, "
            "/libvirt/storage/live/old.img."_s);
        std::reverse(one.volumes->begin(), one.volumes->end());
        QCOMPARE(first({one}, "disk-unused").message, findings.front().message);
    }

    void filesThatAreNoLeftovers()
    {
        Hypervisor one = host();
        one.volumes = volumesOf(one);
        one.volumes->append(volume("/var/lib/libvirt/images/debian-12.iso", "iso"));
        one.volumes->append(volume("/var/lib/libvirt/images/debian-11.iso", "raw"));
        one.volumes->append(volume("/var/lib/libvirt/images/notes.txt", "raw"));
        one.volumes->append(volume("/var/lib/libvirt/images/lost+found", "dir"));
        QCOMPARE(idsOf(one), QStringList());
        // Used by a VM that is off, or on another hypervisor from a pool that may be shared.
        one.volumes->append(volume("/libvirt/storage/live/Siamond2.qcow2"));
        Domain off = natVm(2, 14, "Siamond2");
        switchOff(off);
        off.autostart = false;
        Hypervisor more = one;
        more.domains->append(off);
        QCOMPARE(idsOf(more), QStringList());
        QList<Hypervisor> all{host(1), one};
        setPath((*all[0].domains)[0], "/libvirt/storage/live/Siamond2.qcow2");
        QCOMPARE(idsOf(all), QStringList());
        QCOMPARE(idsOf(one), only("disk-unused", u"trop02"_s));
        // A VM whose disks were not read may use it.
        off.inactive.reset();
        one.domains->append(off);
        QCOMPARE(idsOf(one), QStringList());
        one.domains->last().inactive = form({});
        one.domains->last().inactive->partial = true;
        QCOMPARE(idsOf(one), QStringList());
        one.domains.reset();
        QCOMPARE(idsOf(one), QStringList());
    }

    void manyUnusedImagesAreCounted()
    {
        Hypervisor one = host();
        one.volumes = volumesOf(one);
        for (int i = 0; i < 500; ++i)
            one.volumes->append(volume(qPrintable(u"/libvirt/storage/old/%1.qcow2"_s.arg(i))));
        const Finding finding = first({one}, "disk-unused");
        QVERIFY(finding.message.contains(u"500 images"_s) && finding.message.endsWith(u"and 488 more."_s));
        QVERIFY(finding.message.size() < 2000);
    }

    void aDiscInADrive()
    {
        Hypervisor one = host();
        Domain &vm = (*one.domains)[0];
        vm.live->disks.append(drive(""));
        vm.inactive->disks.append(drive(""));
        QCOMPARE(idsOf(one), QStringList());
        vm.live->disks.last().path = vm.inactive->disks.last().path = u"/isos/fedora-28.iso"_s;
        QCOMPARE(idsOf(one), only("domain-media-left", first8));
        QCOMPARE(first({one}, "domain-media-left").message,
                 u"Araybwyn2 on trop02 has /isos/fedora-28.iso in sda."_s);
        vm.live->disks.last().path.clear(); // taken out, but only for now
        QCOMPARE(idsOf(one), only("domain-media-left", first8));
        for (const char *seed : {"/var/lib/seed.iso", "/x/Araybwyn2-seed.iso", "/x/Araybwyn2-cidata.iso",
                                 "/x/cloud-init.iso", "/x/configdrive.iso"}) {
            vm.inactive->disks.last().path = str(seed);
            QCOMPARE(idsOf(one), QStringList());
        }
        vm.inactive->disks.last().path = u"/isos/seedling.iso"_s;
        QCOMPARE(idsOf(one), only("domain-media-left", first8));
    }

    void snapshotsThatLibvirtKeeps()
    {
        Hypervisor one = host();
        Domain &vm = (*one.domains)[0];
        vm.snapshots = QList<DomainSnapshot>{};
        QCOMPARE(idsOf(one), QStringList());
        vm.snapshots = QList<DomainSnapshot>{
            {u"later"_s, QDateTime({2023, 1, 2}, {3, 4}, Qt::UTC), {u"snapshots.json"_s, 2, 2}},
            {u"before-upgrade"_s, QDateTime({2021, 2, 8}, {3, 4}, Qt::UTC), {u"snapshots.json"_s, 1, 1}}};
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("domain-snapshot-left", first8));
        QCOMPARE(
            findings.front().message,
            u"Araybwyn2 on trop02: libvirt keeps 2 snapshots of it: before-upgrade of 2021-02-08, later of "
            "2023-01-02."_s);
    }

    void whatAnExternalSnapshotLeaves_data()
    {
        QTest::addColumn<QString>("disk");
        QTest::addColumn<QStringList>("backing");
        QTest::addColumn<bool>("left");
        const QString base = u"/var/lib/libvirt/images/base/fedora-28.qcow2"_s;
        const auto row = [&](const char *name, const QString &disk, const QStringList &backing, bool left) {
            QTest::newRow(name) << disk << backing << left;
        };
        row("the seed's base image", u"/libvirt/storage/live/Araybwyn2.qcow"_s, {base}, false);
        row("as libvirt names it", u"/live/Araybwyn2.before-upgrade"_s, {u"/live/Araybwyn2.qcow2"_s, base},
            true);
        row("two of them", u"/live/disk0.s2"_s, {u"/live/disk0.s1"_s, u"/live/disk0.qcow2"_s}, true);
        row("as its VM is named", u"/live/Araybwyn2-snap.qcow2"_s, {u"/live/Araybwyn2.qcow2"_s}, true);
        row("a base beside it", u"/images/Araybwyn2.qcow2"_s, {u"/images/fedora-28.qcow2"_s}, false);
        row("a clone of a template", u"/images/web-1.qcow2"_s, {u"/images/web.qcow2"_s}, false);
        row("a clone named after its VM", u"/images/fedora.Araybwyn2"_s, {u"/images/fedora.qcow2"_s}, false);
        row("a base of the VM's name elsewhere", u"/live/Araybwyn2.qcow2"_s, {u"/base/Araybwyn2.qcow2"_s},
            false);
        row("another form of it", u"/live/disk0.qcow2"_s, {u"/live/disk0.raw"_s}, false);
    }

    void whatAnExternalSnapshotLeaves()
    {
        QFETCH(QString, disk);
        QFETCH(QStringList, backing);
        QFETCH(bool, left);
        Hypervisor one = host();
        Domain &vm = (*one.domains)[0];
        setPath(vm, qPrintable(disk));
        vm.live->disks.first().backing = backing;
        QCOMPARE(idsOf(one), left ? only("domain-snapshot-left", first8) : QStringList());
        if (left)
            QVERIFY(first({one}, "domain-snapshot-left")
                        .message.contains(disk + u" (vda) stands on "_s + backing[0]));
    }

    void aBaseOfSeveralIsNoSnapshot()
    {
        Hypervisor one = host();
        for (Domain &domain : *one.domains) {
            setPath(domain, qPrintable(u"/images/fedora.%1x"_s.arg(domain.name)));
            domain.live->disks.first().backing = QStringList(u"/images/fedora.qcow2"_s);
        }
        QCOMPARE(idsOf(one), QStringList());
        one.domains->removeLast();
        QCOMPARE(idsOf(one), only("domain-snapshot-left", first8));
    }
};

QTEST_GUILESS_MAIN(TestDiskRules)
#include "test_disk_rules.moc"
