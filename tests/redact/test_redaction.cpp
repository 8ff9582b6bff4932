#include "models/parse/machine_id.h"
#include "models/parse/ssh_host_keys.h"
#include "models/redact/redaction.h"
#include "models/redact/replaced_text.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

Snapshot snapshotWith(const QByteArray &text)
{
    Snapshot snapshot;
    snapshot.policy.floats = {{u"gateway7"_s, *Ipv4::fromString(u"192.168.202.8"), {}, {}}};
    snapshot.evidence.documents.insert(u"trop02/host/notes.txt"_s, {text, {}, {}});
    Hypervisor hypervisor;
    hypervisor.name = u"trop02"_s;
    Domain domain;
    domain.name = u"Acilamwen"_s;
    domain.guest = Guest();
    domain.guest->system.hostname = {u"acilamwen.example.org"_s, {}};
    Container container;
    container.name = u"apache"_s;
    container.image = u"registry.example.org:5000/firethorn/apache:2.1"_s;
    domain.guest->engine.containers = QList<Container>{container};
    hypervisor.domains = QList<Domain>{domain};
    snapshot.fleet.hypervisors = {hypervisor};
    return snapshot;
}

MacAddress mac(QStringView text)
{
    return *MacAddress::fromString(text);
}

} // namespace

class TestRedaction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void valuesGoInEveryFormThatDocumentsHave_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("gone");
        QTest::newRow("address") << QByteArray("inet 129.215.175.100/24 brd 129.215.175.255")
                                 << QStringList{u"129.215"_s};
        QTest::newRow("address at the end of a sentence")
            << QByteArray("It is 129.215.175.100. And on.") << QStringList{u"129.215"_s};
        QTest::newRow("address with a port")
            << QByteArray("129.215.175.100:80->80/tcp") << QStringList{u"129.215"_s};
        QTest::newRow("mac") << QByteArray("<mac address=\"52:54:00:00:01:01\"/>")
                             << QStringList{u"52:54:00:00:01:01"_s};
        QTest::newRow("mac in capitals")
            << QByteArray("HWADDR=52:54:00:AB:01:01") << QStringList{u"52:54:00:AB"_s};
        QTest::newRow("mac with dashes") << QByteArray("52-54-00-00-01-01") << QStringList{u"52-54-00-00"_s};
        QTest::newRow("a tap's") << QByteArray("fe:54:00:00:01:01") << QStringList{u"fe:54:00:00"_s};
        QTest::newRow("link-local of a MAC")
            << QByteArray("inet6 fe80::5054:ff:fe00:101/64") << QStringList{u"5054:ff:fe00:101"_s};
        QTest::newRow("global ipv6") << QByteArray("inet6 2a02:8109::5/64") << QStringList{u"2a02:8109"_s};
        QTest::newRow("host") << QByteArray("ssh trop02 uptime") << QStringList{u"trop02"_s};
        QTest::newRow("vm in a path") << QByteArray("/images/Acilamwen.qcow2") << QStringList{u"Acilamwen"_s};
        QTest::newRow("float") << QByteArray("float/gateway7") << QStringList{u"gateway7"_s};
        QTest::newRow("vm in other letters") << QByteArray("ACILAMWEN") << QStringList{u"ACILAMWEN"_s};
        QTest::newRow("domain") << QByteArray("acilamwen.example.org")
                                << QStringList{u"acilamwen"_s, u"example.org"_s};
        QTest::newRow("image") << QByteArray("registry.example.org:5000/firethorn/apache:2.1")
                               << QStringList{u"firethorn"_s};
        QTest::newRow("mac as switches write it")
            << QByteArray("52:54:00:00:01:01 5254.0000.0101") << QStringList{u"5254.0000"_s};
        QTest::newRow("mac without signs")
            << QByteArray("52:54:00:00:01:01 enx 525400000101") << QStringList{u"525400000101"_s};
        QTest::newRow("mac in a name of an interface")
            << QByteArray("52:54:00:00:01:01 enx525400000101") << QStringList{u"525400000101"_s};
        QTest::newRow("mac in a path") << QByteArray("52%3A54%3A00%3A00%3A01%3A01.nmconnection")
                                       << QStringList{u"52%3A54"_s, u"52:54"_s};
        QTest::newRow("mac in Markdown")
            << QByteArray("52\\:54\\:00\\:00\\:01\\:01") << QStringList{u"52\\:54"_s, u"52:54"_s};
        QTest::newRow("address in Markdown")
            << QByteArray("129\\.215\\.175\\.100") << QStringList{u"129"_s, u"175"_s};
        QTest::newRow("reverse name")
            << QByteArray("129.215.175.100 100.175.215.129.in-addr.arpa") << QStringList{u"215"_s};
        QTest::newRow("reverse name alone")
            << QByteArray("100.175.215.129.in-addr.arpa") << QStringList{u"215"_s};
        QTest::newRow("address in a provider's name")
            << QByteArray("129.215.175.100 ip-129-215-175-100.isp") << QStringList{u"129-215"_s};
        QTest::newRow("address in the kernel's tables")
            << QByteArray("129.215.175.100 81D7AF64:0050 64AFD781 0x81d7af64")
            << QStringList{u"81D7AF64"_s, u"64AFD781"_s, u"81d7af64"_s};
        QTest::newRow("reverse name of IPv6")
            << QByteArray("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.0.1.8.2.0.a.2.ip6.arpa")
            << QStringList{u"9.0.1.8.2.0.a.2"_s};
        QTest::newRow("unique local ipv6") << QByteArray("fd12:3456:789a::1") << QStringList{u"3456"_s};
        QTest::newRow("uuid") << QByteArray("<uuid>6ba7b810-9dad-41d1-80b4-00c04fd430c8</uuid> "
                                            "6BA7B8109DAD41D180B400C04FD430C8")
                              << QStringList{u"6ba7b810"_s, u"6BA7B810"_s};
        QTest::newRow("ssh host key")
            << QByteArray(
                   "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g root@x")
            << QStringList{u"AECAwQFBgc"_s};
        QTest::newRow("fingerprint") << QByteArray("SHA256:uNiVztksCsDhcc0u9e8BrwX9Qwd2G7R0r1VhMRtIuW8")
                                     << QStringList{u"uNiVztksCsDhcc0u9e8"_s};
        QTest::newRow("older fingerprint")
            << QByteArray("MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48")
            << QStringList{u"16:27:ac"_s, u"a6:48"_s};
        QTest::newRow("digest of an image")
            << QByteArray(
                   "a@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 9f86d081884c")
            << QStringList{u"9f86d081884c"_s};
        QTest::newRow("after a line end in JSON") << QByteArray("\"a\\ntrop02\"") << QStringList{u"trop02"_s};
        QTest::newRow("beside a tab in JSON") << QByteArray("\"a\\ttrop02\"") << QStringList{u"trop02"_s};
        QTest::newRow("registry") << QByteArray("mirror https://registry.example.org:5000/v2/")
                                  << QStringList{u"registry."_s, u"example"_s};
        QTest::newRow("who an image is of")
            << QByteArray("firethorn_apache.1") << QStringList{u"firethorn"_s};
        QTest::newRow("mail") << QByteArray("maintainer=agnes.miller@elsewhere.example.net")
                              << QStringList{u"agnes"_s, u"miller"_s, u"elsewhere"_s};
        QTest::newRow("whole name of a host")
            << QByteArray("trop02.int.example.net") << QStringList{u"trop02"_s, u"example.net"_s};
        QTest::newRow("address and port of tcpdump") << QByteArray("IP 129.215.175.100.51514 > 10.0.0.1.80:")
                                                     << QStringList{u"129.215"_s, u"175.100"_s};
        QTest::newRow("IPv6 address and port of tcpdump")
            << QByteArray("IP6 2a02:8109:b40::15.51514 > ::1.80:") << QStringList{u"2a02"_s, u"8109"_s};
        QTest::newRow("IPv6 address and port")
            << QByteArray("2a02:8109:b40:1:2:3:4:5:443") << QStringList{u"2a02"_s, u"8109"_s};
        QTest::newRow("address in a name of the DNS")
            << QByteArray("129.215.175.100.dyn.isp.net") << QStringList{u"129.215"_s, u"175.100"_s};
        QTest::newRow("dashed address with more behind it")
            << QByteArray("129.215.175.100 129-215-175-100-80.isp") << QStringList{u"129-215"_s};
        QTest::newRow("mapped address")
            << QByteArray("::ffff:129.215.175.100") << QStringList{u"129.215"_s, u"175.100"_s};
        QTest::newRow("mapped address and port of tcpdump")
            << QByteArray("::ffff:129.215.175.100.51514") << QStringList{u"129.215"_s, u"175.100"_s};
        QTest::newRow("mapped address in digits") << QByteArray("::ffff:81d7:af64") << QStringList{u"81d7"_s};
        QTest::newRow("translated address") << QByteArray("64:ff9b::129.215.175.100 64:ff9b::81d7:af64")
                                            << QStringList{u"129.215"_s, u"175.100"_s, u"81d7"_s};
        QTest::newRow("address in one of another network")
            << QByteArray("fe80::5efe:129.215.175.100 2a02:8109::81d7:af64")
            << QStringList{u"129.215"_s, u"81d7"_s};
        QTest::newRow("header of netfilter")
            << QByteArray("IN=eth0 MAC=52:54:00:aa:bb:cc:00:1c:73:00:00:99:08:00 SRC=10.0.0.1")
            << QStringList{u"54:00:aa"_s, u"bb:cc"_s, u"1c:73"_s};
        QTest::newRow("two MACs") << QByteArray("52:54:00:aa:bb:cc:00:1c:73:00:00:99")
                                  << QStringList{u"54:00:aa"_s, u"bb:cc"_s, u"1c:73"_s};
        QTest::newRow("MAC of a client's id")
            << QByteArray("01:52:54:00:00:01:01") << QStringList{u"54:00:00:01"_s};
        QTest::newRow("MAC of a DUID")
            << QByteArray("00:01:00:01:2a:bb:cc:dd:52:54:00:00:08:00") << QStringList{u"52:54:00:00"_s};
        QTest::newRow("group of an IPv6 neighbour")
            << QByteArray("{\"mac\":\"33:33:ff:47:11:08\"}") << QStringList{u"47:11"_s};
        QTest::newRow("MAC with a mistyped digit")
            << QByteArray("HWADDR=53:54:00:47:11:08") << QStringList{u"54:00"_s, u"47:11"_s};
        QTest::newRow("MAC with a name behind it")
            << QByteArray("52:54:00:00:01:01:eth0") << QStringList{u"52:54:00:00"_s};
        QTest::newRow("MAC with no zeros")
            << QByteArray("bridge_id 8000.52:54:0:0:1:1 x") << QStringList{u"52:54:0:0"_s};
        QTest::newRow("MAC of a bridge")
            << QByteArray("br0  8000.525400000101  no") << QStringList{u"525400"_s};
        QTest::newRow("zone of reverse names")
            << QByteArray(
                   "zone 175.215.129.in-addr.arpa and 215.129.in-addr.arpa, 0.100.175.215.129.in-addr.arpa")
            << QStringList{u"215.129"_s};
        QTest::newRow("name of a network that is a key")
            << QByteArray("{\"NetworkSettings\":{\"Networks\":{\"firethorn_default\":{}}}} firethorn")
            << QStringList{u"firethorn"_s};
        QTest::newRow("name that is a key")
            << QByteArray("{\"Acilamwen\":{}} Acilamwen") << QStringList{u"Acilamwen"_s};
        QTest::newRow("mail between angles")
            << QByteArray("Agnes <agnes@office.example.net>") << QStringList{u"agnes@"_s, u"office"_s};
        QTest::newRow("name of a variable")
            << QByteArray("ACILAMWEN_URL=http://acilamwen/") << QStringList{u"ACILAMWEN"_s, u"acilamwen"_s};
        QTest::newRow("name before an equals sign")
            << QByteArray("trop02=up ssh trop02") << QStringList{u"trop02"_s};
        QTest::newRow("person") << QByteArray("/home/arthur/.ssh arthur@trop02") << QStringList{u"arthur"_s};
    }

    void valuesGoInEveryFormThatDocumentsHave()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, gone);
        const Snapshot snapshot = snapshotWith(text);
        const QByteArray shown = Redaction(snapshot).text(QByteArrayView(text));
        for (const QString &value : gone)
            QVERIFY2(!shown.contains(value.toUtf8()), shown.constData());
    }

    void whatNamesNobodyStays()
    {
        for (const QByteArray &text :
             {QByteArray("192.168.202.8 127.0.0.1 255.255.255.0 10.1.2.3 172.17.0.2"),
              QByteArray("ff:ff:ff:ff:ff:ff 01:00:5e:00:00:fb 33:33:00:00:00:01 01:80:c2:00:00:00"),
              QByteArray("00:00:00:00:00:00 ::1"), QByteArray("trop022 xAcilamwen"),
              QByteArray("uptime 12:34:56")}) {
            const Snapshot snapshot = snapshotWith(text);
            QCOMPARE(Redaction(snapshot).text(QByteArrayView(text)), text);
        }
    }

    void aHeaderHasTheStandInsOfItsMacs()
    {
        const QByteArray text(
            "52:54:00:aa:bb:cc 00:1c:73:00:00:99 "
            "MAC=52:54:00:aa:bb:cc:00:1c:73:00:00:99:08:00 8000.52:54:0:aa:bb:cc ::1 1:2:3");
        const QList<QByteArray> words = Redaction(snapshotWith(text)).text(QByteArrayView(text)).split(' ');
        QCOMPARE(words[2], QByteArray("MAC=" + words[0] + ':' + words[1] + ":08:00"));
        const auto unpadded = [](const QByteArray &padded) { return QByteArray(padded).replace(":0", ":"); };
        QCOMPARE(words[3], QByteArray("8000." + unpadded(words[0])));
        QCOMPARE(words[4], QByteArray("::1"));
        QCOMPARE(words[5], QByteArray("1:2:3"));
    }

    void anAddressIsTheSameWhateverIsJoinedOn()
    {
        const QByteArray text("129.215.175.100 129.215.175.100.51514 ::ffff:129.215.175.100 ");
        const QList<QByteArray> words = Redaction(snapshotWith(text)).text(QByteArrayView(text)).split(' ');
        QVERIFY(!words[0].startsWith("129."));
        QCOMPARE(words[1], QByteArray(words[0] + ".51514"));
        QCOMPARE(words[2], QByteArray("::ffff:" + words[0]));
    }

    void oneValueHasOneStandInAndStructureStays()
    {
        const QByteArray text("52:54:00:00:01:01 fe:54:00:00:01:01 52:54:00:00:02:01 52:54:00:00:01:02\n"
                              "fe80::5054:ff:fe00:101 129.215.175.100 129.215.175.0 129.215.0.0");
        const Snapshot snapshot = snapshotWith(text);
        const Redaction redaction(snapshot);
        const QList<QByteArray> words = redaction.text(QByteArrayView(text)).simplified().split(' ');
        QCOMPARE(words.size(), 8);
        const MacAddress first = mac(QString::fromLatin1(words[0]));
        QCOMPARE(mac(QString::fromLatin1(words[1])), first.withFirstOctet(0xfe));
        QCOMPARE(mac(QString::fromLatin1(words[3])).bits() >> 8, first.bits() >> 8);
        QVERIFY(mac(QString::fromLatin1(words[2])) > first); // the order of ranges stays
        QCOMPARE(Ipv6::fromString(QString::fromLatin1(words[4]))->embeddedMac(), first);
        const Ipv4 address = *Ipv4::fromString(QString::fromLatin1(words[5]));
        QCOMPARE(address.lastOctet(), 100);
        QVERIFY(Subnet::of(*Ipv4::fromString(QString::fromLatin1(words[6])), 24).contains(address));
        QVERIFY(Subnet::of(*Ipv4::fromString(QString::fromLatin1(words[7])), 16).contains(address));
    }

    void aNetworksBaseIsStillABase()
    {
        const QByteArray text("52:54:00:02:02:00/40 52:54:00:02:00:00/32 129.215.175.0/24 "
                              "129.215.172.0/22 81.100.48.0/20 129.215.0.0/16");
        const Snapshot snapshot = snapshotWith(text);
        const QList<QByteArray> words = Redaction(snapshot).text(QByteArrayView(text)).split(' ');
        QVERIFY2(MacRange::fromString(QString::fromLatin1(words[0])), words[0].constData());
        QVERIFY2(MacRange::fromString(QString::fromLatin1(words[1])), words[1].constData());
        for (const QByteArray &word : words.mid(2))
            QVERIFY2(Subnet::fromString(QString::fromLatin1(word)), word.constData());
        const auto wide = Subnet::fromString(QString::fromLatin1(words[3]));
        QVERIFY(wide->contains(Subnet::fromString(QString::fromLatin1(words[2]))->base));
    }

    void aRangeOfMacsThatBeginsAtADigitIsStillOne()
    {
        const QByteArray text("52:54:00:02:70:00/36 52:54:00:50:00:00/28 52:54:00:02:7a:05 52:54:00:02:80:05 "
                              "52:54:00:5b:00:05");
        const QList<QByteArray> words = Redaction(snapshotWith(text)).text(QByteArrayView(text)).split(' ');
        const auto range = MacRange::fromString(QString::fromLatin1(words[0]));
        QVERIFY2(range, words[0].constData());
        const auto wide = MacRange::fromString(QString::fromLatin1(words[1]));
        QVERIFY2(wide, words[1].constData());
        QVERIFY(range->contains(mac(QString::fromLatin1(words[2]))));
        QVERIFY(!range->contains(mac(QString::fromLatin1(words[3]))));
        QVERIFY(wide->contains(mac(QString::fromLatin1(words[4]))));
        QVERIFY(!words[2].contains("7a"));
    }

    void aNameThatDocumentsAreWrittenWithStaysAndIsToldOf()
    {
        Snapshot snapshot = snapshotWith("<network><name>network</name></network>");
        snapshot.fleet.hypervisors.front().domains->front().name = u"network"_s;
        const Redaction redaction(snapshot);
        QCOMPARE(redaction.text(QByteArrayView("<network>")), QByteArray("<network>"));
        const auto standIns = redaction.standIns();
        QVERIFY(std::any_of(standIns.begin(), standIns.end(), [](const StandIn &one) {
            return one.real == u"network" && !one.isReplaced() && !one.why.isEmpty();
        }));
    }

    void wordsThatSignsJoinStayWhole()
    {
        Snapshot snapshot = snapshotWith("x");
        snapshot.fleet.hypervisors.front().domains->front().name = u"ADDR1"_s;
        const QByteArray said("DHCP ADDR1 address1 bridge_ports cloned-mac-address");
        QCOMPARE(Redaction(snapshot).text(QByteArrayView(said)),
                 QByteArray("DHCP vm1 address1 bridge_ports cloned-mac-address"));
        snapshot.fleet.hypervisors.front().domains->front().name = u"cloned"_s;
        QCOMPARE(
            Redaction(snapshot).text(QByteArrayView("cloned-mac-address=x cloned\\-mac\\-address cloned")),
            QByteArray("cloned-mac-address=x cloned\\-mac\\-address vm2"));
    }

    void whatIsJudgedByStays_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("distribution")
            << u"debian:10"_s << QByteArray("ID=debian\nNAME=\"Debian GNU/Linux\"\n");
        QTest::newRow("guest agent")
            << u"portainer/agent"_s
            << QByteArray("<target type='virtio' name='org.qemu.guest_agent.0' state='connected'/>");
        QTest::newRow("guest agent of another word")
            << u"portainer/qemu"_s << QByteArray("<target type='virtio' name='org.qemu.guest_agent.0'/>");
        QTest::newRow("rule") << u"x/duplicate-nic"_s << QByteArray("rule = \"float-duplicate-nic\"");
        QTest::newRow("word of a rule") << u"x/mismatch"_s << QByteArray("\"float-mac-ip-mismatch\"");
        QTest::newRow("key of ifcfg") << u"x/zone"_s << QByteArray("ZONE=public");
    }

    void whatIsJudgedByStays()
    {
        QFETCH(QString, image);
        QFETCH(QByteArray, text);
        Snapshot snapshot = snapshotWith("x");
        snapshot.fleet.hypervisors.front().domains->front().guest->engine.containers->front().image = image;
        QCOMPARE(Redaction(snapshot).text(QByteArrayView(text)), text);
    }

    void theRuleOfAnIdIsNoText()
    {
        Snapshot snapshot = snapshotWith("x");
        snapshot.fleet.hypervisors.front().domains->front().name = u"moved-vm"_s;
        const Redaction redaction(snapshot);
        QCOMPARE(redaction.id(u"moved-vm:trop02/vm/moved-vm"_s), u"moved-vm:host1/vm/vm2"_s);
        QCOMPARE(redaction.id(u"trop02"_s), u"host1"_s);
        Sightings sightings;
        sightings.byId.insert(u"moved-vm:trop02/vm/moved-vm"_s, {});
        QVERIFY(redaction.sightings(sightings).byId.contains(u"moved-vm:host1/vm/vm2"_s));
    }

    void theAuthorIsWarnedOfWhatStays()
    {
        Snapshot snapshot = snapshotWith("x");
        QCOMPARE(staysText(Redaction(snapshot).standIns()), QString());
        // Of what is nobody's, there is nothing to warn.
        snapshot.evidence.documents.insert(u"trop02/host/keys.txt"_s,
                                           {"root@trop02 /home/debian localhost.localdomain", {}, {}});
        snapshot.fleet.hypervisors.front().host.hostname = {u"localhost.localdomain"_s, {}};
        QCOMPARE(staysText(Redaction(snapshot).standIns()), QString());
        QCOMPARE(Redaction(snapshot).text(QByteArrayView("root@trop02 localhost.localdomain")),
                 QByteArray("root@host1 localhost.localdomain"));
        snapshot.fleet.hypervisors.front().domains->front().name = u"network"_s;
        const QString stays = staysText(Redaction(snapshot).standIns());
        QVERIFY2(stays.contains(u"network"_s), qPrintable(stays));
        QVERIFY2(!stays.contains(u"trop02"_s), qPrintable(stays));
    }

    void pathsOfDocumentsAreHiddenToo()
    {
        Snapshot snapshot = snapshotWith("x");
        snapshot.evidence.documents.insert(u"trop02/libvirt/domains/Acilamwen.inactive.xml"_s,
                                           {"<domain/>", {}, {}});
        snapshot.evidence.documents.insert(
            u"trop02/guests/Acilamwen/nm/52%3A54%3A00%3A00%3A01%3A01.nmconnection"_s, {"x", {}, {}});
        snapshot.evidence.errors.append(
            {u"trop02"_s, u"guest Acilamwen"_s, u"129.215.175.100: no route"_s, {}});
        const Evidence shown = Redaction(snapshot).evidence(snapshot.evidence);
        QVERIFY(shown.documents.contains(u"host1/guests/vm1/nm/52%3Aaa%3A01%3A00%3A01%3A01.nmconnection"_s));
        for (auto it = shown.documents.begin(); it != shown.documents.end(); ++it)
            QVERIFY2(!it.key().contains(u"trop02"_s) && !it.key().contains(u"Acilamwen"_s),
                     qPrintable(it.key()));
        QCOMPARE(shown.documents.size(), 3);
        QVERIFY(!shown.errors.front().source.contains(u"Acilamwen"_s));
        QVERIFY(!shown.errors.front().message.contains(u"129.215"_s));
    }

    void domainsThatNamesAreLookedForInAreHidden_data()
    {
        QTest::addColumn<QString>("document");
        QTest::addColumn<QByteArray>("text");
        const QString guest = u"trop02/guests/Acilamwen/"_s;
        QTest::newRow("ifcfg") << guest + u"ifcfg/ifcfg-ens5"_s
                               << QByteArray(
                                      "DEVICE=ens5\nDOMAIN=\"lan.acme.com acme.com\"\nIPADDR=10.0.0.1\n");
        QTest::newRow("NetworkManager")
            << guest + u"nm/ens5.nmconnection"_s << QByteArray("[ipv4]\ndns-search=lan.acme.com;acme.com;\n");
        QTest::newRow("netplan") << guest + u"netplan/1.yaml"_s
                                 << QByteArray(
                                        "nameservers:\n  search:\n    - lan.acme.com\n    - acme.com\n");
        QTest::newRow("netplan in a row")
            << guest + u"netplan/1.yaml"_s << QByteArray("nameservers: {search: [lan.acme.com, acme.com]}\n");
        QTest::newRow("interfaces") << u"trop02/host/interfaces.txt"_s
                                    << QByteArray("iface eth0\n  dns-search lan.acme.com acme.com\n");
        QTest::newRow("key") << u"trop02/host/ssh-host-keys.txt"_s
                             << QByteArray("ssh-ed25519 AAAAC3Nz acme@acme\n");
    }

    void domainsThatNamesAreLookedForInAreHidden()
    {
        QFETCH(QString, document);
        QFETCH(QByteArray, text);
        Snapshot snapshot = snapshotWith("x");
        snapshot.evidence.documents.insert(document, {text, {}, {}});
        const QByteArray shown = Redaction(snapshot).text(QByteArrayView(text));
        QVERIFY2(!shown.contains("acme"), shown.constData());
        QVERIFY2(!shown.contains("DEVICE") || shown.contains("IPADDR=10.0.0.1"), shown.constData());
    }

    void whatPeopleWroteForPeopleIsLeftOut()
    {
        Snapshot snapshot = snapshotWith("x");
        const auto put = [&snapshot](const QString &path, const QByteArray &text) {
            snapshot.evidence.documents.insert(path, {text, {}, {}});
        };
        put(u"fleet.toml"_s,
            "# Fleet of Acme\n[fleet] # Acme's\nname = \"a # \\\" # b\"\nx = 'c # d' # Acme\n");
        put(u"trop02/libvirt/domains/Acilamwen.xml"_s,
            "<domain>\n<title>Acme</title><description>of\nAcme <![CDATA[x]]></description>\n<vcpu>1</vcpu>"
            "<title>Acme");
        put(u"trop02/host/more.txt"_s, "# stays\n<title>stays</title>");
        const Evidence shown = Redaction(snapshot).evidence(snapshot.evidence);
        QCOMPARE(shown.documents.value(u"fleet.toml"_s).text,
                 QByteArray("#\n[fleet] #\nname = \"a # \\\" # b\"\nx = 'c # d' #\n"));
        QCOMPARE(
            shown.documents.value(u"host1/libvirt/domains/vm1.xml"_s).text,
            QByteArray("<domain>\n<title></title><description>\n</description>\n<vcpu>1</vcpu><title>Acme"));
        QCOMPARE(shown.documents.value(u"host1/host/more.txt"_s).text,
                 QByteArray("# stays\n<title>stays</title>"));
    }

    void aStandInIsNobodysName()
    {
        Snapshot snapshot = snapshotWith("vm1");
        Domain other;
        other.name = u"vm1"_s;
        // Met last, when the first has its stand-in already.
        snapshot.fleet.hypervisors.front().domains->append(other);
        const auto standIns = Redaction(snapshot).standIns();
        for (const StandIn &one : standIns)
            for (const StandIn &two : standIns)
                QVERIFY2(!one.isReplaced() || one.shown != two.real, qPrintable(one.shown));
    }

    void namesThatOnlyTheirLettersTellApartStayApart()
    {
        Snapshot snapshot = snapshotWith("Acilamwen ACILAMWEN acilamwen");
        Domain other;
        other.name = u"ACILAMWEN"_s;
        snapshot.fleet.hypervisors.front().domains->append(other);
        const QList<QByteArray> words =
            Redaction(snapshot).text(QByteArrayView("Acilamwen ACILAMWEN acilamwen")).split(' ');
        QVERIFY(words[0] != words[1]);
        QVERIFY(words[2] == words[0] || words[2] == words[1]);
    }

    void aNameOfSignsIsHiddenToo()
    {
        Snapshot snapshot = snapshotWith("");
        snapshot.fleet.hypervisors.front().domains->front().name = u"<img src=x onerror=alert(1)>"_s;
        const Redaction redaction(snapshot);
        for (const QByteArray &text :
             {QByteArray("<img src=x onerror=alert(1)>"), QByteArray("&lt;img src=x onerror=alert(1)&gt;"),
              QByteArray("%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E"),
              QByteArray("\\<img src\\=x onerror\\=alert\\(1\\)\\>")})
            QVERIFY2(!redaction.text(QByteArrayView(text)).contains("onerror"), text.constData());
    }

    void manyMacsStayApart()
    {
        QByteArray text;
        for (quint64 i = 0; i < 20'000; ++i)
            text += MacAddress(0x0200'0000'0000 | ((i * 0x9e37'79b9'7f4aULL) & 0xff'ffff'ffffULL))
                        .toString()
                        .toLatin1() +
                    ' ';
        const QList<QByteArray> real = text.simplified().split(' ');
        const QList<QByteArray> shown =
            Redaction(snapshotWith(text)).text(QByteArrayView(text)).simplified().split(' ');
        QCOMPARE(QSet<QByteArray>(shown.begin(), shown.end()).size(),
                 QSet<QByteArray>(real.begin(), real.end()).size());
    }

    void manyNetworksStayApart()
    {
        QByteArray text;
        for (int first = 20; first < 70; ++first)
            for (int second = 0; second < 4; ++second)
                text += QByteArray::number(first) + '.' + QByteArray::number(second) + ".7.9 ";
        const QList<QByteArray> shown =
            Redaction(snapshotWith(text)).text(QByteArrayView(text)).simplified().split(' ');
        QCOMPARE(QSet<QByteArray>(shown.begin(), shown.end()).size(), 200);
        for (const QByteArray &one : shown)
            QVERIFY2(Ipv4::fromString(QString::fromLatin1(one)), one.constData());
    }

    void whatTheAuthorSaysIsMetToo()
    {
        const Snapshot snapshot = snapshotWith("x");
        const QString said = u"Asked 129.215.175.9 of arthur@trop02, see 52\\:54\\:00\\:00\\:01\\:01"_s;
        const Redaction without(snapshot);
        QVERIFY(!without.knows(said));
        QVERIFY(without.knows(u"Only 192.168.1.1 and trop02"_s));
        const Redaction with(snapshot, {said});
        QVERIFY(with.knows(said));
        const QString shown = with.text(said);
        QVERIFY2(!shown.contains(u"129.215"_s) && !shown.contains(u"arthur"_s) &&
                     !shown.contains(u"01\\:01"_s),
                 qPrintable(shown));
        QVERIFY(shown.startsWith(u"Asked "_s));
    }

    void namesThatTheAuthorAddsAreNotKnown_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("gone");
        QTest::newRow("home") << u"see /home/agnes/notes"_s << u"agnes"_s;
        QTest::newRow("home at the end of a sentence") << u"It is in /home/agnes."_s << u"agnes"_s;
        QTest::newRow("home of another alphabet") << u"see /home/j\u00fcrgen/notes"_s << u"j\u00fcrgen"_s;
        QTest::newRow("login on a known host") << u"ask agnes@trop02"_s << u"agnes"_s;
        QTest::newRow("login on an address") << u"ask agnes@10.0.0.1"_s << u"agnes"_s;
        QTest::newRow("login on another host") << u"ask agnes@bastion9 of it"_s << u"agnes@bastion9"_s;
        QTest::newRow("host of a login") << u"ask agnes@bastion9 of it"_s << u"bastion9"_s;
        QTest::newRow("mail") << u"mail agnes.miller@office.example.net"_s << u"agnes.miller"_s;
        QTest::newRow("host of a mail") << u"mail agnes.miller@office.example.net"_s << u"office"_s;
        QTest::newRow("mail with a mark") << u"mail agnes+lists@office.example.net, agnes"_s << u"agnes"_s;
        QTest::newRow("in Markdown") << u"mail agnes\\@office\\.example\\.net"_s << u"agnes"_s;
        QTest::newRow("domain") << u"trop02.int.example.net is down"_s << u"int.example.net"_s;
    }

    void namesThatTheAuthorAddsAreNotKnown()
    {
        QFETCH(QString, said);
        QFETCH(QString, gone);
        Redaction redaction(snapshotWith("x"));
        QVERIFY(!redaction.knows(said));
        redaction.alsoHide({said});
        QVERIFY(redaction.knows(said));
        QVERIFY2(!redaction.text(said).contains(gone), qPrintable(redaction.text(said)));
    }

    void whatIsNobodysNameNeedsNothingNew()
    {
        const Redaction redaction(snapshotWith("x"));
        for (const QString &said : {u"apache@sha256:x, getty@tty1.service, 10 @ 20, @here, a@"_s,
                                    u"/home/ and /home"_s, u"trop02 and Acilamwen.qcow2"_s})
            QVERIFY2(redaction.knows(said), qPrintable(said));
    }

    void aValueThatComesLaterChangesNoStandIn()
    {
        const QByteArray first(
            "129.215.175.100 129.215.176.1 52:54:00:70:01:01 52:54:00:70:03:01 2a02:8109::5 "
            "6ba7b810-9dad-41d1-80b4-00c04fd430c8 /home/zoe trop02 Acilamwen "
            "SHA256:uNiVztksCsDhcc0u9e8BrwX9Qwd2G7R0r1VhMRtIuW8");
        // Each would be sorted before.
        const QString later = u"8.8.4.4 129.215.174.1 52:53:00:00:01:01 52:54:00:70:02:01 2a01:8109::5 "
                              "0aa7b810-9dad-41d1-80b4-00c04fd430c8 /home/abe "
                              "SHA256:AAiVztksCsDhcc0u9e8BrwX9Qwd2G7R0r1VhMRtIuW8"_s;
        Redaction redaction(snapshotWith(first));
        const QByteArray before = redaction.text(QByteArrayView(first));
        const QList<StandIn> had = redaction.standIns();
        redaction.alsoHide({later});
        QCOMPARE(redaction.text(QByteArrayView(first)), before);
        QSet<QString> shown;
        const QList<StandIn> has = redaction.standIns();
        QCOMPARE(has.size(), had.size() + 8);
        for (const StandIn &one : has) {
            QVERIFY2(one.isReplaced(), qPrintable(one.real));
            QVERIFY2(!shown.contains(one.shown), qPrintable(one.shown));
            shown.insert(one.shown);
        }
    }

    void anotherReadingHasTheSameStandIns()
    {
        const QByteArray first("/home/zoe 129.215.175.100 Acilamwen");
        Redaction redaction(snapshotWith(first));
        const QByteArray before = redaction.text(QByteArrayView(first));
        Snapshot other = snapshotWith("/home/abe 8.8.4.4");
        other.fleet.hypervisors.front().domains->front().name = u"Aaron"_s;
        redaction.alsoHide(other);
        QCOMPARE(redaction.text(QByteArrayView(first)), before);
        const QByteArray shown = redaction.text(QByteArrayView("/home/abe 8.8.4.4 Aaron"));
        for (const QByteArray &value : {QByteArray("abe"), QByteArray("8.8"), QByteArray("Aaron")})
            QVERIFY2(!shown.contains(value), shown.constData());
    }

    void columnsOfTablesStayWhereTheyWere()
    {
        const QByteArray table("ID    NAME          ADDRESS            STATE\n"
                               "1     Acilamwen     129.215.175.100    running\n"
                               "2     x             -                  off\n");
        const QByteArray shown = Redaction(snapshotWith(table)).text(QByteArrayView(table));
        QVERIFY(!shown.contains("Acilamwen"));
        const QList<QByteArray> before = table.split('\n');
        const QList<QByteArray> after = shown.split('\n');
        QCOMPARE(after[1].indexOf("running"), before[1].indexOf("running"));
        QCOMPARE(after[1].indexOf("198.18"), before[1].indexOf("129.215"));
        QCOMPARE(after[2], before[2]);
    }

    void whatIsMetIsKnown()
    {
        // More pairs than a fingerprint has, and an id inside another word.
        for (const QString &said :
             {u"aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd"_s,
              u"x-6ba7b810-9dad-41d1-80b4-00c04fd430c8-y"_s, u"2001:db8::1.2.3.4 ::ffff:8.8.8.8"_s})
            QVERIFY2(Redaction(snapshotWith("x"), {said}).knows(said), qPrintable(said));
    }

    void aKeyIsStillAKey()
    {
        const QByteArray key(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g");
        const auto parsed = parseSshHostKeys(Redaction(snapshotWith(key)).text(QByteArrayView(key)), u"k"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(parsed.value.size(), 1);
        const QByteArray id("6ba7b8109dad41d180b400c04fd430c8");
        QVERIFY(parseMachineId(Redaction(snapshotWith(id)).text(QByteArrayView(id)), u"m"_s).value);
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "test_redaction.moc"
