#include "models/parse/leases.h"
#include "models/parse/libvirt_version.h"
#include "models/parse/network_xml.h"

#include "reading.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestNetworkXml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsTheNotesNetworks()
    {
        for (const QString &part : {u""_s, u"-indented"_s}) {
            const auto bridged = clean(&parseNetworkXml, fixture(u"notes-net-bridged"_s + part + u".xml"));
            QVERIFY(bridged);
            QCOMPARE(bridged->name, u"bridged"_s);
            QVERIFY(bridged->uuid.isEmpty());
            QCOMPARE(bridged->forward, u"bridge"_s);
            QCOMPARE(bridged->bridge, u"br0"_s);
            QVERIFY(!bridged->address && !bridged->mac && !bridged->subnet());
            QCOMPARE(bridged->source, lines(1, 6));
            const auto nat = clean(&parseNetworkXml, fixture(u"notes-net-default"_s + part + u".xml"));
            QVERIFY(nat);
            QCOMPARE(nat->forward, u"nat"_s);
            QCOMPARE(nat->mac->toString(), u"52:54:00:02:02:01"_s);
            QCOMPARE(nat->subnet()->toString(), u"192.168.202.0/24"_s);
            QCOMPARE(nat->address->address.toString(), u"192.168.202.1"_s);
            QCOMPARE(nat->ranges.size(), 1);
            QCOMPARE(nat->ranges[0].end.toString(), u"192.168.202.15"_s);
            QCOMPARE(nat->reservations.size(), 8);
            QCOMPARE(nat->reservations[7].name, u"Acilamwen"_s);
            QCOMPARE(nat->reservations[7].mac->toString(), u"52:54:00:02:02:0f"_s);
            QCOMPARE(nat->reservations[7].address->toString(), u"192.168.202.15"_s);
            QCOMPARE(nat->reservations[7].source, lines(21, 21));
        }
    }

    void readsALiveNetwork()
    {
        const auto live = clean(&parseNetworkXml, fixture(u"lab-net-default.xml"_s));
        QVERIFY(live);
        QCOMPARE(live->uuid, u"4efecca5-4a72-4d95-b4e0-b425174029b4"_s);
        QCOMPARE(live->reservations.size(), 8);
        QCOMPARE(live->bridge, u"virbr0"_s);
    }

    void readsPrefixesSeveralAddressesAndDefaults()
    {
        const auto form =
            clean(&parseNetworkXml,
                  "<!-- AUTO-GENERATED -->\n<network><name>n</name><forward/>\n"
                  "<ip family='ipv6' address='fd00::1' prefix='64'><dhcp>"
                  "<range start='fd00::2' end='fd00::9'/><host id='0:1' ip='fd00::3'/></dhcp></ip>\n"
                  "<ip address='10.0.0.1' prefix='16'/>\n"
                  "<ip address='10.9.0.1' netmask='255.255.255.0'><dhcp>"
                  "<range start='10.9.0.2' end='10.9.0.2'/><host name='x' ip='10.9.0.7'/></dhcp></ip>"
                  "</network>");
        QVERIFY(form);
        QCOMPARE(form->forward, u"nat"_s);
        QCOMPARE(form->address->toString(), u"10.0.0.1/16"_s);
        QCOMPARE(form->ranges.size(), 1);
        QCOMPARE(form->reservations.size(), 1);
        QVERIFY(!form->reservations[0].mac);
        QVERIFY(clean(&parseNetworkXml, "<network><name>i</name></network>")->forward.isEmpty());
    }

    void saysWhatIsWrong()
    {
        const auto parsed = parseNetworkXml("<network>\n<mac address='x'/>\n<ip address='10.0.0.1' "
                                            "netmask='255.0.255.0'>\n<dhcp><range start='10.0.0.9' "
                                            "end='10.0.0.1'/>\n<host ip='10.0.0'/></dhcp></ip></network>",
                                            documentName);
        QVERIFY(parsed.value);
        QVERIFY(parsed.value->address && !parsed.value->address->prefix);
        QList<int> at;
        for (const Problem &problem : parsed.problems)
            at.append(problem.line);
        QCOMPARE(at, (QList<int>{2, 3, 4, 5, 1}));
        for (const char *text : {"", "<network><name>a</name>", "<domain/>", "nothing"}) {
            const auto broken = parseNetworkXml(text, documentName);
            QVERIFY(!broken.value);
            QVERIFY(!broken.problems.isEmpty());
        }
        QCOMPARE(parseNetworkXml("<network><name>a</name>\n  ....\n</network>", documentName).problems.size(),
                 1);
    }

    void readsLeases()
    {
        const auto leases = clean(&parseLeasesTable, fixture(u"lab-default.leases.txt"_s));
        QCOMPARE(leases.size(), 5);
        QCOMPARE(leases[4].mac.toString(), u"52:54:00:02:02:0f"_s);
        QCOMPARE(leases[4].address->toString(), u"192.168.202.15"_s);
        QCOMPARE(leases[4].hostname, u"acilamwen"_s);
        QCOMPARE(leases[4].expires.time(), QTime(22, 39, 58));
        QCOMPARE(leases[4].source, lines(7, 7));
        const auto few = clean(&parseLeasesTable, fixture(u"documented-leases-old.txt"_s));
        QCOMPARE(few.size(), 2);
        QVERIFY(few[0].hostname.isEmpty());
        QVERIFY(!few[1].address);
    }

    void readsLeasesJson()
    {
        const auto leases =
            clean(&parseLeasesJson,
                  "[{\"mac\":\"52:54:00:02:02:0F\",\"ip\":\"192.168.202.15\",\"hostname\":\"a\",\n"
                  "\"expires\":\"2026-11-23T22:39:58Z\"},\n{\"mac\":\"52:54:00:02:02:0a\",\"ip\":\"192.168."
                  "202.10/24\","
                  "\"hostname\":null,\"expires\":1795473598},\n{\"mac\":\"52:54:00:02:02:0b\",\"ip\":\"fd00::"
                  "1\"}]");
        QCOMPARE(leases.size(), 3);
        const QDateTime expected(QDate(2026, 11, 23), QTime(22, 39, 58), Qt::UTC);
        QCOMPARE(leases[0].expires, expected);
        QCOMPARE(leases[1].expires,
                 expected.addSecs(leases[1].expires.toSecsSinceEpoch() - expected.toSecsSinceEpoch()));
        QCOMPARE(leases[1].expires.toSecsSinceEpoch(), 1795473598LL);
        QCOMPARE(leases[0].source, lines(1, 2));
        QVERIFY(leases[1].hostname.isEmpty());
        QVERIFY(!leases[2].address);
        const auto bad = parseLeasesJson("[{\"ip\":\"1.2.3.4\"},{\"mac\":5},{\"mac\":\"52:54:00:02:02:0b\","
                                         "\"ip\":\"1.2\",\"expires\":1e300}]",
                                         documentName);
        QCOMPARE(bad.value.size(), 1);
        QCOMPARE(bad.problems.size(), 4);
        QVERIFY(!bad.value[0].expires.isValid());
    }

    void readsVersions()
    {
        const auto lab = clean(&parseLibvirtVersion, fixture(u"lab-virsh-version.txt"_s));
        QCOMPARE(lab.libvirt, u"9.0.0"_s);
        QCOMPARE(lab.qemu, u"7.2.22"_s);
        const auto driver = clean(&parseLibvirtVersion, fixture(u"test-driver-virsh-version-daemon.txt"_s));
        QCOMPARE(driver.libvirt, u"9.0.0"_s);
        QCOMPARE(driver.qemu, u"TEST 0.0.2"_s);
        const auto remote =
            clean(&parseLibvirtVersion, "Using library: libvirt 9.0.0\nUsing API: QEMU 9.0.0\n"
                                        "Running hypervisor: QEMU 2.5.0\n"
                                        "Running against daemon: 1.3.1\n");
        QCOMPARE(remote.libvirt, u"1.3.1"_s);
        QCOMPARE(remote.qemu, u"2.5.0"_s);
        const auto unknown = parseLibvirtVersion("Using library: libvirt 9.0.0\nUsing API: QEMU 9.0.0\n"
                                                 "Cannot extract running QEMU hypervisor version\n",
                                                 documentName);
        QVERIFY(unknown.value.qemu.isEmpty());
        QCOMPARE(unknown.problems.size(), 1);
        QCOMPARE(parseLibvirtVersion("", documentName).problems.size(), 1);
    }

    void survivesBrokenText()
    {
        survives(&parseNetworkXml, fixture(u"notes-net-default-indented.xml"_s));
        survives(&parseNetworkXml, fixture(u"lab-net-default.xml"_s));
        survives(&parseLeasesTable, fixture(u"lab-default.leases.txt"_s));
        survives(&parseLeasesJson,
                 "[{\"mac\":\"52:54:00:02:02:0F\",\"ip\":\"192.168.202.15\",\"hostname\":\"a\","
                 "\"expires\":\"2026-11-23T22:39:58Z\"}]");
        survives(&parseLibvirtVersion, fixture(u"lab-virsh-version.txt"_s));
    }
};

QTEST_GUILESS_MAIN(TestNetworkXml)
#include "test_network_xml.moc"
