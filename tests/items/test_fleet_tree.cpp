#include "models/items/excerpt.h"
#include "models/items/fleet_model.h"
#include "models/items/fleet_tree.h"
#include "models/items/long_line.h"
#include "models/items/not_read.h"
#include "models/items/visible_text.h"
#include "tests/support/sample_fleet.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace tropo;

namespace {

const TreeNode *find(const TreeNode &node, const QString &key)
{
    if (node.key == key)
        return &node;
    for (const TreeNode &child : node.children)
        if (const TreeNode *found = find(child, key))
            return found;
    return nullptr;
}

int count(const TreeNode &node)
{
    int rows = 1;
    for (const TreeNode &child : node.children)
        rows += count(child);
    return rows;
}

const QString vm = QStringLiteral("trop02/vm/Acilamwen");

QString value(const TreeNode &node, const char *name)
{
    for (const Fact &fact : node.facts)
        if (fact.name == QLatin1String(name))
            return fact.value;
    return {};
}

} // namespace

class TestFleetTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void nicsWithOneMacAreFourRows()
    {
        const TreeNode tree = fleetTree(sample::fleet());
        for (const char *pci : {"0000:00:07.0", "0000:00:08.0", "0000:00:09.0", "0000:00:0a.0"}) {
            const TreeNode *nic = find(tree, vm + QLatin1String("/nic/") + QLatin1String(pci));
            QVERIFY2(nic, pci);
            QVERIFY(nic->detail.contains(QLatin1String("52:54:00:00:01:01")));
            QVERIFY(nic->detail.contains(QLatin1String("br0")));
        }
    }

    void insideIsJoinedByPciThenByUniqueMac()
    {
        const TreeNode tree = fleetTree(sample::fleet());
        const TreeNode *vnet1 = find(tree, vm + QLatin1String("/nic/0000:00:07.0"));
        QVERIFY(vnet1 && find(*vnet1, vm + QLatin1String("/if/ens5")));
        const TreeNode *vnet0 = find(tree, vm + QLatin1String("/nic/0000:00:03.0"));
        QVERIFY(vnet0 && find(*vnet0, vm + QLatin1String("/if/ens3")));
        // eth2 to eth4 share a MAC with vnet2 to vnet4, and no PCI address was read for them.
        const TreeNode *vnet3 = find(tree, vm + QLatin1String("/nic/0000:00:09.0"));
        QVERIFY(vnet3 && vnet3->children.size() == 1);
        QCOMPARE(vnet3->children.front().kind, NodeKind::NotKnown);
        QCOMPARE(vnet3->children.front().label, QStringLiteral("one of eth2, eth3, eth4"));
        QVERIFY(find(tree, vm + QLatin1String("/if/eth3")));
    }

    void whatWasNotReadSaysWhy()
    {
        const TreeNode tree = fleetTree(sample::fleet());
        const auto why = [&tree](const char *name) {
            const TreeNode *row = find(tree, QLatin1String("trop02/vm/") + QLatin1String(name) +
                                                 QLatin1String("/not-read/inside"));
            return row ? row->detail : QString();
        };
        QCOMPARE(why("Ulov"), QStringLiteral("not read: connection refused on port 22"));
        QCOMPARE(why("Siamond"), QStringLiteral("not read: the machine is shut off"));
        QCOMPARE(why("Lothigometh"), QStringLiteral("not read: no address known"));
        const TreeNode *dead = find(tree, QStringLiteral("trop03"));
        QVERIFY(dead);
        QCOMPARE(dead->state, NodeState::Unreachable);
        QCOMPARE(dead->detail, QStringLiteral("no answer within 10 s"));
        const TreeNode *later = find(tree, QStringLiteral("trop04"));
        QVERIFY(later);
        QCOMPARE(later->state, NodeState::NotKnown);
        QVERIFY(find(tree, QStringLiteral("trop02/network/default/not-read/leases")));
    }

    void noFindingsIsNotTakenForFine()
    {
        const TreeNode tree = fleetTree(sample::fleet());
        FleetModel model;
        model.setTree(tree);
        const auto findings = [&model](const QString &key) {
            return model.indexOf(key).siblingAtColumn(FleetModel::Findings).data().toString();
        };
        for (const char *key : {"trop02/vm/Ulov", "trop04"})
            QCOMPARE(findings(QLatin1String(key)), QStringLiteral("not all read"));
        // What is below counts for what is above it, beside the findings.
        QCOMPARE(findings(QStringLiteral("fleet")),
                 QStringLiteral("errors: 3, warnings: 1, notes: 2, not all read"));
        QVERIFY(!find(tree, vm + QLatin1String("/if/ens5"))->unread);
        Snapshot read = sample::fleet();
        read.notKnown.clear();
        QVERIFY(!find(fleetTree(read), vm + QLatin1String("/nic/0000:00:07.0"))->unread);
    }

    void aFloatIsFreeOnlyWhereAllWasRead()
    {
        Snapshot snapshot = sample::fleet();
        const auto node = [&snapshot] { return *find(fleetTree(snapshot), QStringLiteral("float/float4")); };
        QCOMPARE(node().state, NodeState::NotKnown);
        QCOMPARE(node().badge, QStringLiteral("nobody has it in what was read"));
        snapshot.floats[3].cells[static_cast<int>(FloatLayer::Live)].state = LayerState::Absent;
        QCOMPARE(node().state, NodeState::Off);
        QCOMPARE(node().badge, QStringLiteral("nobody has it"));
        QCOMPARE(find(fleetTree(snapshot), QStringLiteral("float/float1"))->badge,
                 QStringLiteral("disagrees: %1").arg(layerTitle(*snapshot.floats[0].firstDisagreeing)));
    }

    void notReadTextsAreThoseOfTheNode()
    {
        const Snapshot snapshot = sample::fleet();
        const auto texts = [&snapshot](const char *key) {
            return notReadTexts(snapshot, QLatin1String(key));
        };
        QCOMPARE(
            texts("trop02/vm/Ulov/not-read/inside"),
            QStringList(QStringLiteral("Ulov on trop02: its description; its inside (connection refused on "
                                       "port 22)")));
        QVERIFY(texts("fleet").size() > texts("trop02").size());
        QVERIFY(texts("float/float4").contains(QStringLiteral("Live XML: not all read")));
        QVERIFY(texts("float").contains(QStringLiteral("float4, Live XML: not all read")));
    }

    void tapsNameTheMachineBehindThem()
    {
        const TreeNode tree = fleetTree(sample::fleet());
        const TreeNode *tap = find(tree, QStringLiteral("trop02/bridge/br0/vnet2"));
        QVERIFY(tap);
        QCOMPARE(tap->kind, NodeKind::Tap);
        QVERIFY(tap->detail.contains(QLatin1String("Acilamwen")));
        const TreeNode *port = find(tree, QStringLiteral("trop02/bridge/br0/eth0"));
        QVERIFY(port);
        QCOMPARE(port->kind, NodeKind::Port);
    }

    void findingsAreCountedOnceAndUpwards()
    {
        const Snapshot snapshot = sample::fleet();
        const TreeNode tree = fleetTree(snapshot);
        QCOMPARE(tree.counts, (FindingCounts{3, 1, 2}));
        QCOMPARE(find(tree, vm)->counts, (FindingCounts{2, 1, 0}));
        QCOMPARE(find(tree, vm + QLatin1String("/if/ens5"))->counts, (FindingCounts{1, 0, 0}));
        QCOMPARE(find(tree, vm + QLatin1String("/nic/0000:00:07.0"))->counts, (FindingCounts{1, 0, 0}));
        QCOMPARE(find(tree, QStringLiteral("float/float3"))->counts, (FindingCounts{0, 0, 1}));
    }

    void subjectsFindTheirNode()
    {
        const SubjectIndex index(fleetTree(sample::fleet()));
        QCOMPARE(index.keyFor(vm + QLatin1String("/nic/net2")), vm + QLatin1String("/nic/0000:00:08.0"));
        QCOMPARE(index.keyFor(vm + QLatin1String("/nic/52:54:00:02:02:0f")),
                 vm + QLatin1String("/nic/0000:00:03.0"));
        QCOMPARE(index.keyFor(vm + QLatin1String("/if/gone")), vm + QLatin1String("/if"));
        QCOMPARE(index.keyFor(QStringLiteral("nobody")), QStringLiteral("fleet"));
    }

    void aFailedRefreshLeavesAgedRows()
    {
        Snapshot snapshot = sample::fleet();
        snapshot.evidence.errors.append({QStringLiteral("trop02"), QStringLiteral("guest Acilamwen"),
                                         QStringLiteral("no answer within 20 s"),
                                         snapshot.evidence.taken.addSecs(3600)});
        const TreeNode tree = fleetTree(snapshot);
        const TreeNode *inside = find(tree, vm + QLatin1String("/if/ens5"));
        QVERIFY(inside && inside->stale);
        QCOMPARE(inside->staleReason, QStringLiteral("no answer within 20 s"));
        QVERIFY(!find(tree, vm + QLatin1String("/nic/0000:00:07.0"))->stale);
    }

    void keysAreUniqueWhateverTheNames()
    {
        Snapshot snapshot = sample::fleet();
        QList<Domain> &domains = *snapshot.fleet.hypervisors[0].domains;
        domains.append(domains.first());
        domains.last().live->nics.append(domains.last().live->nics.last());
        QSet<QString> keys;
        const std::function<void(const TreeNode &)> walk = [&](const TreeNode &node) {
            QVERIFY2(!keys.contains(node.key), qPrintable(node.key));
            keys.insert(node.key);
            for (const TreeNode &child : node.children)
                walk(child);
        };
        walk(fleetTree(snapshot));
    }

    void factsAreOfTheNodeAskedFor()
    {
        const Snapshot snapshot = sample::fleet();
        const auto nic = nodeWithFacts(snapshot, vm + QLatin1String("/nic/0000:00:07.0"));
        QVERIFY(nic);
        QCOMPARE(value(*nic, "Tap"), QStringLiteral("vnet1"));
        QCOMPARE(value(*nic, "In the persistent domain"), QStringLiteral("not read"));
        QVERIFY(value(*nic, "Inside").startsWith(QLatin1String("ens5")));
        QVERIFY(nodeWithFacts(snapshot, QStringLiteral("fleet")));
        const auto file = nodeWithFacts(snapshot, vm + QLatin1String("/file/ifcfg-ens5"));
        QVERIFY(file);
        QCOMPARE(value(*file, "HWADDR"), QStringLiteral("52:54:00:00:01:01"));
        QVERIFY(!nodeWithFacts(snapshot, QStringLiteral("trop09")));
    }

    void aMachineShowsItsKernelDisksAndClock()
    {
        Snapshot snapshot = sample::fleet();
        Machine &host = snapshot.fleet.hypervisors[0].host;
        const QDateTime read(QDate(2026, 11, 23), QTime(21, 24, 1), Qt::UTC);
        host.kernel = Sourced<QString>{QStringLiteral("4.19.0-27-amd64"), {}};
        host.clock = Sourced<QDateTime>{read.addSecs(-95), {}};
        host.clockRead = read;
        const auto disk = [](const char *device, const char *mount, qint64 used) {
            return Filesystem{QLatin1String(device), QLatin1String(mount), 1048576, used, 1048576 - used, {}};
        };
        host.filesystems = {disk("/dev/sda1", "/", 104858), disk("tmpfs", "/run", 1048576),
                            disk("/dev/sdb1", "/libvirt", 1017119), disk("/dev/loop0", "/snap/x", 1048576),
                            disk("overlay", "/var/lib/docker/overlay2/x", 1048576)};
        host.persistentNames = {
            PersistentName{*MacAddress::fromString(u"52:54:00:02:02:0f"), QStringLiteral("eth0"), {}}};
        const QString name = snapshot.fleet.hypervisors[0].name;
        const auto node = nodeWithFacts(snapshot, name);
        QCOMPARE(value(*node, "Kernel"), QStringLiteral("4.19.0-27-amd64"));
        QVERIFY2(value(*node, "Clock").endsWith(QLatin1String("95 s behind the collector's")),
                 qPrintable(value(*node, "Clock")));
        QCOMPARE(value(*node, "File system /libvirt"),
                 QStringLiteral("97 % of 1.0 GiB used, 30.7 MiB free, on /dev/sdb1"));
        QCOMPARE(value(*node, "Name kept by udev: eth0"), QStringLiteral("52:54:00:02:02:0f"));
        QStringList disks;
        for (const Fact &fact : node->facts)
            if (fact.name.startsWith(QLatin1String("File system ")))
                disks.append(fact.name.sliced(12));
        QCOMPARE(disks, (QStringList{QStringLiteral("/libvirt"), QStringLiteral("/")}));
        snapshot.fleet.hypervisors[0].host.clockRead = {};
        QCOMPARE(value(*nodeWithFacts(snapshot, name), "Clock"), timeText(read.addSecs(-95)));
    }

    void storageIsShownWhereItBelongs()
    {
        Snapshot snapshot = sample::fleet();
        Hypervisor *hypervisor = nullptr;
        for (Hypervisor &one : snapshot.fleet.hypervisors)
            if (one.name == QLatin1String("trop02"))
                hypervisor = &one;
        QVERIFY(hypervisor);
        QVERIFY(value(*nodeWithFacts(snapshot, vm), "Snapshots").isEmpty());
        Domain *domain = nullptr;
        for (Domain &one : *hypervisor->domains)
            if (one.name == QLatin1String("Acilamwen"))
                domain = &one;
        QVERIFY(domain && domain->live);
        const QDateTime made(QDate(2023, 7, 18), QTime(16, 20, 48), Qt::UTC);
        domain->snapshots = {
            DomainSnapshot{QStringLiteral("before"), made, {QStringLiteral("s.json"), 1, 1}}};
        domain->live->agentChannel = true;
        domain->live->agentConnected = false;
        hypervisor->volumes = {Volume{QStringLiteral("live"), {}, {}, {}, {}, {}},
                               Volume{QStringLiteral("live"), {}, {}, {}, {}, {}}};
        const auto node = nodeWithFacts(snapshot, vm);
        QCOMPARE(value(*node, "Snapshot before"), timeText(made));
        QCOMPARE(value(*node, "Guest agent"), QStringLiteral("not connected"));
        QVERIFY(node->sources.contains(Source{QStringLiteral("s.json"), 1, 1}));
        QCOMPARE(value(*nodeWithFacts(snapshot, QStringLiteral("trop02")), "Volumes of pool live"),
                 QStringLiteral("2"));
        domain->snapshots->clear();
        QCOMPARE(value(*nodeWithFacts(snapshot, vm), "Snapshots"), QStringLiteral("none"));
    }

    void excerptsMarkWhatIsQuoted()
    {
        const Snapshot snapshot = sample::fleet();
        const QList<Excerpt> excerpts = excerptsOf(snapshot, snapshot.findings.first().evidence, 1);
        QCOMPARE(excerpts.size(), 2);
        QCOMPARE(excerpts[0].document, QStringLiteral("trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"));
        QCOMPARE(excerpts[0].firstMarked(), 8);
        QCOMPARE(excerpts[0].lines.first(), (ExcerptLine{ExcerptLine::What::Fold, 6, {}}));
        QCOMPARE(excerpts[0].lines.last(),
                 (ExcerptLine{ExcerptLine::What::Marked, 12, QStringLiteral("IPADDR=129.215.175.100")}));
        QCOMPARE(excerpts[0].origin, QStringLiteral("from the bundled demo"));
        QCOMPARE(excerptsOf(snapshot, snapshot.findings.first().evidence, -1)[0].lines.size(), 12);
    }

    /// Listings for machines are one line each.
    void aLongLineIsShownWhereItProves()
    {
        Snapshot snapshot;
        const QByteArray filler = QByteArray("{\"ifname\":\"eth9\",\"mtu\":1500},").repeated(200);
        snapshot.evidence.documents[QStringLiteral("h/host/ip-addr.json")].text =
            "[" + filler + "{\"ifname\":\"br0\",\"local\":\"10.0.0.12\"}," + filler +
            "{\"ifname\":\"br1\",\"local\":\"10.0.0.1\"}," + filler + "{}]\n";
        Finding finding;
        finding.subject = QStringLiteral("h/bridge/br1");
        finding.message = QStringLiteral("The bridge has 10.0.0.1/24.");
        const QList<Quote> quotes{{{QStringLiteral("h/host/ip-addr.json"), 1, 1}, {}}};
        const QString shown = excerptsOf(snapshot, quotes, 2, valuesOf(finding))[0].lines[0].text;
        QVERIFY2(shown.contains(QStringLiteral("\"ifname\":\"br1\",\"local\":\"10.0.0.1\"")),
                 qPrintable(shown));
        QVERIFY(!shown.contains(QStringLiteral("10.0.0.12")));
        QVERIFY2(shown.size() < 1200, qPrintable(shown));
        static const QRegularExpression cut(QStringLiteral("(\\d+) characters left out"));
        qsizetype left = 0;
        auto it = cut.globalMatch(shown);
        while (it.hasNext())
            left += it.next().captured(1).toLongLong();
        QString text = shown;
        text.remove(QRegularExpression(QStringLiteral("\u2026\\[\\d+ characters left out\\]\u2026")));
        const QByteArray whole = snapshot.evidence.documents.first().text;
        QCOMPARE(left + text.size(), whole.size() - 1);
        const QString head = excerptsOf(snapshot, quotes, 2)[0].lines[0].text;
        QVERIFY(head.startsWith(QLatin1Char('[')));
        QVERIFY(head.contains(QStringLiteral("characters left out")));
    }

    void documentsThatAreLeftOutAreKnown()
    {
        QList<Quote> quotes;
        for (int i = 0; i < 26; ++i)
            quotes.append(Quote{{QStringLiteral("h/libvirt/domains/vm%1.xml").arg(i), 1, 1}, {}});
        QCOMPARE(excerptsOf(Snapshot(), quotes, 2).size(), 24);
        QCOMPARE(documentsLeftOut(quotes), QStringList({QStringLiteral("h/libvirt/domains/vm24.xml"),
                                                        QStringLiteral("h/libvirt/domains/vm25.xml")}));
    }

    void aQuoteWithoutItsDocumentIsStillShown()
    {
        const Snapshot snapshot = sample::fleet();
        const QList<Excerpt> excerpts =
            excerptsOf(snapshot, {Quote{{QStringLiteral("gone.txt"), 4, 5}, QStringLiteral("a\nb")}}, 2);
        QCOMPARE(excerpts.size(), 1);
        QVERIFY(!excerpts[0].taken.isValid());
        QCOMPARE(excerpts[0].lines.last(), (ExcerptLine{ExcerptLine::What::Marked, 5, QStringLiteral("b")}));
    }

    void agesReadAsWords()
    {
        const QDateTime now(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
        QCOMPARE(ageText(now, now), QStringLiteral("just now"));
        QCOMPARE(ageText(now.addSecs(90), now), QStringLiteral("just now"));
        QCOMPARE(ageText(now.addSecs(-90), now), QStringLiteral("90 s"));
        QCOMPARE(ageText(now.addSecs(-600), now), QStringLiteral("10 min"));
        QCOMPARE(ageText(now.addDays(-3), now), QStringLiteral("3 days"));
        QCOMPARE(ageText(now.addYears(-3), now), QStringLiteral("3 years"));
        QCOMPARE(ageText({}, now), QString());
    }

    void aLargeFleetGrowsInTime()
    {
        const Snapshot snapshot = sample::large(10, 600);
        QElapsedTimer timer;
        timer.start();
        const TreeNode tree = fleetTree(snapshot);
        const qint64 whole = timer.restart();
        QVERIFY(nodeWithFacts(snapshot, QStringLiteral("hyper009/vm/vm0599/if/ens5")));
        qInfo("%d rows in %lld ms, one node's facts in %lld ms", count(tree), whole, timer.elapsed());
        QVERIFY(count(tree) > 90000);
    }
};

QTEST_GUILESS_MAIN(TestFleetTree)
#include "test_fleet_tree.moc"
