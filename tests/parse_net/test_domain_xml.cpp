#include "models/parse/domain_xml.h"

#include "reading.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A domain around some devices.
QByteArray domainWith(const QByteArray &devices)
{
    return "<domain type='kvm'>\n<name>a</name>\n<uuid>u</uuid>\n<devices>\n" + devices +
           "</devices>\n</domain>\n";
}

Nic onlyNic(const QByteArray &devices)
{
    const auto form = clean(&parseDomainXml, domainWith(devices));
    return form && form->nics.size() == 1 ? form->nics.first() : Nic{};
}

} // namespace

class TestDomainXml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsALiveDomain()
    {
        const auto form = clean(&parseDomainXml, fixture(u"lab-Acilamwen.xml"_s));
        QVERIFY(form);
        QCOMPARE(form->name, u"Acilamwen"_s);
        QCOMPARE(form->uuid, u"ac456621-6265-45a6-8a18-aed80b3e01e2"_s);
        QCOMPARE(form->type, u"qemu"_s);
        QVERIFY(!form->partial);
        QVERIFY(form->agentChannel);
        QCOMPARE(form->source, lines(1, 96));
        QCOMPARE(form->nics.size(), 1);
        const Nic &nic = form->nics.first();
        QCOMPARE(nic.kind, NicKind::Network);
        QCOMPARE(nic.network, u"default"_s);
        QCOMPARE(nic.bridge, u"virbr0"_s);
        QCOMPARE(nic.target, u"vnet8"_s);
        QCOMPARE(nic.alias, u"net0"_s);
        QCOMPARE(nic.mac->toString(), u"52:54:00:02:02:0f"_s);
        QCOMPARE(nic.pci->toString(), u"0000:00:03.0"_s);
        QCOMPARE(nic.source, lines(49, 56));
        QCOMPARE(form->disks.size(), 1);
        QCOMPARE(form->disks.first().backing,
                 QStringList{u"/var/lib/libvirt/images/live/../base/base.qcow"_s});
        QCOMPARE(form->disks.first().source, lines(27, 38));
    }

    void readsAnInactiveDomain()
    {
        const auto form = clean(&parseDomainXml, fixture(u"lab-Acilamwen.inactive.xml"_s));
        QVERIFY(form);
        QVERIFY(form->nics.first().target.isEmpty());
        QVERIFY(form->nics.first().alias.isEmpty());
        QCOMPARE(form->nics.first().network, u"default"_s);
        QVERIFY(form->nics.first().bridge.isEmpty());
        QVERIFY(form->disks.first().backing.isEmpty());
        QCOMPARE(form->disks.first().path, u"/var/lib/libvirt/images/live/Acilamwen.qcow"_s);
    }

    void readsTheNotesInterfaces_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("dedented") << u"notes-interfaces.xml"_s;
        QTest::newRow("indented") << u"notes-interfaces-indented.xml"_s;
    }
    void readsTheNotesInterfaces()
    {
        QFETCH(QString, file);
        const auto form = clean(&parseDomainXml, fixture(file));
        QVERIFY(form);
        QVERIFY(form->partial);
        QVERIFY(form->name.isEmpty());
        QCOMPARE(form->nics.size(), 4);
        QCOMPARE(form->source, lines(1, 32));
        for (int i = 0; i < 4; ++i) {
            const Nic &nic = form->nics.at(i);
            QCOMPARE(nic.kind, NicKind::Bridge);
            QCOMPARE(nic.bridge, u"br0"_s);
            QVERIFY(nic.network.isEmpty());
            QCOMPARE(nic.mac->toString(), u"52:54:00:00:01:01"_s);
            QCOMPARE(nic.target, u"vnet%1"_s.arg(i + 1));
            QCOMPARE(int(nic.pci->slot), 7 + i);
            QCOMPARE(nic.source, lines(8 * i + 1, 8 * i + 8));
        }
    }

    void readsTheNotesDisk()
    {
        for (const QString &file : {u"notes-disk.xml"_s, u"notes-disk-indented.xml"_s}) {
            const auto form = clean(&parseDomainXml, fixture(file));
            QVERIFY(form && form->partial);
            QCOMPARE(form->disks.size(), 1);
            const Disk &disk = form->disks.first();
            QCOMPARE(disk.path, u"/libvirt/storage/live/Acilamwen.qcow"_s);
            QCOMPARE(disk.format, u"qcow2"_s);
            QCOMPARE(disk.target, u"vda"_s);
            QCOMPARE(disk.backing,
                     QStringList{u"/var/lib/libvirt/images/base/fedora-28-32G-docker-base-20181016.qcow"_s});
        }
    }

    void aNetworkDiskIsTheSameFromAnyMachine()
    {
        const auto disk = [](const QByteArray &attributes, const QByteArray &hosts) {
            const auto form = clean(&parseDomainXml, "<disk " + attributes + ">" + hosts +
                                                         "</source><target dev='vda'/></disk>\n");
            return form->disks.first();
        };
        const Disk image = disk("type='network'><source protocol='rbd' name='libvirt/Ulov'",
                                "<host name='mon2' port='6789'/><host name='mon1'/>");
        QCOMPARE(image.type, u"network"_s);
        QCOMPARE(image.path, u"libvirt/Ulov"_s);
        QCOMPARE(image.remote, u"rbd://mon1,mon2:6789/libvirt/Ulov"_s);
        QCOMPARE(disk("type='network'><source protocol='rbd' name='libvirt/Ulov'", "").remote, QString());
        QCOMPARE(disk("type='network'><source protocol='nbd' name='x'",
                      "<host transport='unix' socket='/run/nbd.sock'/>")
                     .remote,
                 QString());
        QCOMPARE(
            disk("type='network'><source protocol='nbd'", "<host name='127.0.0.1' port='10809'/>").remote,
            QString());
        const Disk local = disk("type='volume'><source pool='live' volume='Ulov.qcow2'", "");
        QCOMPARE(local.type, u"volume"_s);
        QCOMPARE(local.path, u"live/Ulov.qcow2"_s);
        QCOMPARE(local.remote, QString());
    }

    void keysOnTheNetwork()
    {
        const Nic nic = onlyNic("<interface type='bridge'><source network='bridged' portid='p' bridge='br0'/>"
                                "</interface>\n");
        QCOMPARE(nic.kind, NicKind::Network);
        QCOMPARE(nic.network, u"bridged"_s);
        QCOMPARE(nic.bridge, u"br0"_s);
        QVERIFY(!nic.mac);
        QVERIFY(!nic.linkUp);
        QVERIFY(!nic.pci);
    }

    void readsPciInAnyWidth()
    {
        const auto pci = [](const QByteArray &address) {
            return onlyNic("<interface type='user'><address type='pci' " + address + "/></interface>").pci;
        };
        QCOMPARE(pci("domain='0x0000' bus='0x00' slot='0x0a' function='0x0'")->toString(), u"0000:00:0a.0"_s);
        QCOMPARE(pci("domain='0' bus='a' slot='1F' function='7'")->toString(), u"0000:0a:1f.7"_s);
        QCOMPARE(pci("bus='0x000001' slot='0X2'")->toString(), u"0000:01:02.0"_s);
        QVERIFY(!pci("domain='0x0000' bus='0x00' slot='0x00' function='0x0'"));
        QVERIFY(!onlyNic("<interface type='user'><address type='ccw' cssid='0xfe'/></interface>").pci);
        for (const char *bad : {"slot='0x20'", "bus='0x100'", "function='8'", "slot='x'", "slot='-1'",
                                "slot='0x'", "domain='0x10000'", "slot='+3'"}) {
            const auto parsed = parseDomainXml(domainWith("<interface type='user'><address type='pci' " +
                                                          QByteArray(bad) + "/></interface>\n"),
                                               documentName);
            QCOMPARE(parsed.problems.size(), 1);
            QCOMPARE(parsed.problems.first().line, 5);
            QVERIFY(parsed.value && !parsed.value->nics.first().pci);
        }
    }

    void readsLinkFilterAndModel()
    {
        const Nic nic = onlyNic("<interface type='direct'><link state='down'/><model type='e1000'/>"
                                "<filterref filter='clean-traffic'/></interface>");
        QCOMPARE(nic.kind, NicKind::Direct);
        QCOMPARE(nic.linkUp, std::optional(false));
        QCOMPARE(nic.model, u"e1000"_s);
        QCOMPARE(nic.filter, u"clean-traffic"_s);
        QCOMPARE(onlyNic("<interface type='vdpa'/>").kind, NicKind::Other);
    }

    void readsDisksOfEverySource()
    {
        const auto form = clean(
            &parseDomainXml,
            domainWith(
                "<disk type='file' device='cdrom'><target dev='hdc'/><readonly/></disk>\n"
                "<disk type='volume'><source pool='p' volume='v'/><shareable/></disk>\n"
                "<disk type='block'><source dev='/dev/sdb'/></disk>\n"
                "<disk type='network'><source protocol='rbd' name='pool/image'/></disk>\n"
                "<disk type='file'><source file='a'/><backingStore><source file='b'/>"
                "<backingStore><source file='c'/><backingStore/></backingStore></backingStore></disk>\n"));
        QVERIFY(form);
        QCOMPARE(form->disks.size(), 5);
        QCOMPARE(form->disks[0].device, u"cdrom"_s);
        QVERIFY(form->disks[0].path.isEmpty() && form->disks[0].readOnly && !form->disks[0].shareable);
        QCOMPARE(form->disks[1].path, u"p/v"_s);
        QVERIFY(form->disks[1].shareable);
        QCOMPARE(form->disks[1].device, u"disk"_s);
        QCOMPARE(form->disks[2].path, u"/dev/sdb"_s);
        QCOMPARE(form->disks[3].path, u"pool/image"_s);
        QCOMPARE(form->disks[4].backing, (QStringList{u"b"_s, u"c"_s}));
    }

    void aListingWithLinesLeftOutIsPartial()
    {
        const auto form = clean(&parseDomainXml, "<domain><name>a</name><uuid>u</uuid>\n  ....\n<devices/>\n"
                                                 "</domain>\n");
        QVERIFY(form && form->partial);
        const auto pieces = clean(&parseDomainXml, "    ....\n<interface type='user'/><disk/>\n    ....\n");
        QVERIFY(pieces && pieces->partial);
        QCOMPARE(pieces->nics.size(), 1);
        QCOMPARE(pieces->disks.size(), 1);
    }

    void brokenXmlYieldsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("empty") << QByteArray() << 0;
        QTest::newRow("words") << QByteArray("error: failed to get domain\n") << 1;
        QTest::newRow("cut") << QByteArray("<domain>\n<name>a</name>\n<devices>\n<interface type='user'/>\n")
                             << 3;
        QTest::newRow("cut in a tag") << QByteArray("<domain>\n<name\n") << 2;
        QTest::newRow("cut in a value") << QByteArray("<domain>\n<a b='\n<c/></domain>") << 2;
        QTest::newRow("mismatch") << QByteArray("<domain>\n<name>\n</domain>") << 2;
        QTest::newRow("closed twice") << QByteArray("<domain>\n</domain>\n</domain>") << 3;
        QTest::newRow("doctype") << QByteArray("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<domain/>") << 1;
        QTest::newRow("comment") << QByteArray("<domain>\n<!-- a\n</domain>") << 2;
        QTest::newRow("nul") << QByteArray("<domain>\n\0</domain>", 19) << 2;
        QTest::newRow("nested") << QByteArray("<a>\n").repeated(100'000) << 65;
        QTest::newRow("another") << QByteArray("\n<network/>") << 2;
        QTest::newRow("too large") << QByteArray(17 * 1024 * 1024, ' ') << 0;
        QTest::newRow("bad attribute") << QByteArray("<domain>\n<a b=c/></domain>") << 2;
    }
    void brokenXmlYieldsNothing()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        const auto parsed = parseDomainXml(text, documentName);
        QVERIFY(!parsed.value);
        QVERIFY(!parsed.problems.isEmpty());
        QCOMPARE(parsed.problems.first().line, line);
    }

    void entitiesAreNotExpanded()
    {
        const auto form =
            clean(&parseDomainXml, "<domain><name>a&amp;b&#9;&x;</name><uuid>u</uuid></domain>");
        QVERIFY(form);
        QCOMPARE(form->name, u"a&b\t&x;"_s);
    }

    void saysWhatIsWrongInADevice()
    {
        const auto parsed = parseDomainXml(domainWith("<interface type='user'>\n<mac address='52:54'/>\n"
                                                      "<link state='maybe'/>\n</interface>\n<disk/>\n"),
                                           documentName);
        QVERIFY(parsed.value);
        QCOMPARE(parsed.value->disks.size(), 1);
        QCOMPARE(parsed.problems.size(), 2);
        QCOMPARE(parsed.problems[0].line, 6);
        QVERIFY2(parsed.problems[0].message.contains(u"52:54"), qPrintable(parsed.problems[0].message));
        QCOMPARE(parsed.problems[1].line, 7);
    }

    void problemsAreBounded()
    {
        const QByteArray nics = QByteArray("<interface><mac address='x'/></interface>\n").repeated(5000);
        const auto parsed = parseDomainXml(nics, documentName);
        QCOMPARE(parsed.problems.size(), 101);
        QVERIFY(parsed.problems.last().message.contains(u"4900"));
        QCOMPARE(parsed.value->nics.size(), 5000);
    }

    void tellsWhetherTheAgentAnswers_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<std::optional<bool>>("connected");
        QTest::newRow("connected") << QByteArray("state='connected'") << std::optional(true);
        QTest::newRow("disconnected") << QByteArray("state='disconnected'") << std::optional(false);
        QTest::newRow("not said") << QByteArray() << std::optional<bool>();
    }
    void tellsWhetherTheAgentAnswers()
    {
        QFETCH(const QByteArray, state);
        QFETCH(const std::optional<bool>, connected);
        const auto channel = [](const char *name, const QByteArray &with) {
            return QByteArray(QByteArray("<channel type='unix'><target type='virtio' name='") + name + "' " +
                              with + "/></channel>");
        };
        const auto form =
            clean(&parseDomainXml, "<devices>" + channel("com.redhat.spice.0", "state='connected'") +
                                       channel("org.qemu.guest_agent.0", state) + "</devices>");
        QVERIFY(form->agentChannel);
        QCOMPARE(form->agentConnected, connected);
    }

    void theNotesFormsTellTheAgentAsLibvirtDoes()
    {
        QCOMPARE(clean(&parseDomainXml, fixture(u"lab-Acilamwen.xml"_s))->agentConnected,
                 std::optional(true));
        QVERIFY(!clean(&parseDomainXml, fixture(u"lab-Acilamwen.inactive.xml"_s))->agentConnected);
    }

    void survivesBrokenText()
    {
        survives(&parseDomainXml, fixture(u"lab-Acilamwen.xml"_s));
        survives(&parseDomainXml, fixture(u"notes-interfaces-indented.xml"_s));
        survives(&parseDomainXml, fixture(u"notes-disk.xml"_s));
    }

    void isLinear()
    {
        QByteArray nics = "<domain><name>a</name><uuid>u</uuid><devices>\n";
        const QByteArray one = fixture(u"notes-interfaces.xml"_s);
        nics += one.repeated(static_cast<qsizetype>(10'000'000 / one.size()));
        nics += "</devices></domain>";
        QElapsedTimer timer;
        timer.start();
        const auto form = clean(&parseDomainXml, nics);
        QVERIFY(form);
        QCOMPARE(form->nics.size(), 4 * static_cast<qsizetype>(10'000'000 / one.size()));
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        qInfo("10 MB of NICs: %lld ms", timer.elapsed());
    }
};

QTEST_GUILESS_MAIN(TestDomainXml)
#include "test_domain_xml.moc"
