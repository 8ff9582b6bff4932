#include "models/parse/ip_addr.h"

#include "reading.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestIpAddr : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsAHypervisor_data()
    {
        QTest::addColumn<bool>("json");
        QTest::newRow("json") << true;
        QTest::newRow("text") << false;
    }
    void readsAHypervisor()
    {
        QFETCH(bool, json);
        const InterfaceList list = json ? clean(&parseIpAddrJson, fixture(u"lab-ip-addr.json"_s))
                                        : clean(&parseIpAddrText, fixture(u"lab-ip-addr.txt"_s));
        QVERIFY(!list.elided);
        QCOMPARE(list.items.size(), 12);
        const Interface *lo = list.find(u"lo");
        QVERIFY(lo && lo->isLoopback() && !lo->mac);
        QCOMPARE(lo->mtu, std::optional(65536));
        const Interface *port = list.find(u"eth0");
        QVERIFY(port);
        QCOMPARE(port->master, u"br0"_s);
        QCOMPARE(port->kind, u"veth"_s);
        QVERIFY(port->addresses.isEmpty());
        QCOMPARE(port->addresses6.size(), 1);
        const Interface *bridge = list.find(u"br0");
        QVERIFY(bridge);
        QCOMPARE(bridge->kind, u"bridge"_s);
        QVERIFY(bridge->master.isEmpty());
        QCOMPARE(bridge->mac->toString(), u"0c:c4:7a:35:12:06"_s);
        QCOMPARE(bridge->addresses.first().toString(), u"129.215.175.97/24"_s);
        QCOMPARE(bridge->addresses6.first().toString(), u"fe80::ec4:7aff:fe35:1206/64"_s);
        QCOMPARE(bridge->up, std::optional(true));
        QCOMPARE(bridge->carrier, std::optional(true));
        const Interface *tap = list.find(u"vnet8");
        QVERIFY(tap);
        QCOMPARE(tap->kind, u"tun"_s);
        QCOMPARE(tap->master, u"virbr0"_s);
        QCOMPARE(tap->mac->toString(), u"fe:54:00:02:02:0f"_s);
    }

    void bothFormsSayTheSame_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("hypervisor") << u"lab-ip-addr"_s;
        QTest::newRow("every kind of link") << u"netns-ip-addr"_s;
    }
    void bothFormsSayTheSame()
    {
        QFETCH(QString, name);
        InterfaceList json = clean(&parseIpAddrJson, fixture(name + u".json"));
        InterfaceList text = clean(&parseIpAddrText, fixture(name + u".txt"));
        QVERIFY(json.items.size() > 5);
        QCOMPARE(json.items.size(), text.items.size());
        for (qsizetype i = 0; i < json.items.size(); ++i) {
            json.items[i].source = text.items[i].source = {};
            QVERIFY2(json.items[i] == text.items[i], qPrintable(json.items[i].name));
        }
    }

    void readsEveryKindOfLink()
    {
        const InterfaceList list = clean(&parseIpAddrText, fixture(u"netns-ip-addr.txt"_s));
        const QList<std::pair<QString, QString>> kinds{
            {u"lo"_s, u""_s}, {u"br9"_s, u"bridge"_s}, {u"tap0"_s, u"tun"_s}, {u"v0"_s, u"veth"_s}};
        for (const auto &[name, kind] : kinds) {
            const Interface *one = list.find(name);
            QVERIFY2(one, qPrintable(name));
            QCOMPARE(one->kind, kind);
        }
        QCOMPARE(list.find(u"tap0")->master, u"br9"_s);
        QCOMPARE(list.find(u"tap0")->up, std::optional(false));
        QCOMPARE(list.find(u"tap0")->carrier, std::optional(false));
        const Interface *bridge = list.find(u"br8");
        QCOMPARE(bridge->kind, u"bridge"_s);
        QStringList addresses;
        for (const InterfaceAddress &address : bridge->addresses)
            addresses.append(address.toString());
        QCOMPARE(addresses, (QStringList{u"10.1.0.1/24"_s, u"10.9.0.1/32"_s, u"10.1.0.2/24"_s}));
    }

    void aBondsMemberIsNoPortOfABridge()
    {
        const auto text =
            clean(&parseIpAddrText, "4: eth2: <BROADCAST,UP> mtu 1500 qdisc mq master bond0 state UP\n"
                                    "    link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0\n"
                                    "    bond_slave state ACTIVE mii_status UP\n"
                                    "5: br0.5@br0: <UP> mtu 1500\n"
                                    "    link/ether 52:54:00:00:00:02 brd ff:ff:ff:ff:ff:ff\n"
                                    "    vlan protocol 802.1Q id 5 <REORDER_HDR>\n");
        QVERIFY(text.items[0].master.isEmpty());
        QVERIFY(text.items[0].kind.isEmpty());
        QCOMPARE(text.items[1].name, u"br0.5"_s);
        QCOMPARE(text.items[1].kind, u"vlan"_s);
        const auto json = clean(&parseIpAddrJson, "[{\"ifname\":\"eth2\",\"master\":\"bond0\","
                                                  "\"linkinfo\":{\"info_slave_kind\":\"bond\"}}]");
        QVERIFY(json.items[0].master.isEmpty());
    }

    void knowsItsLines()
    {
        const InterfaceList text = clean(&parseIpAddrText, fixture(u"lab-ip-addr.txt"_s));
        QCOMPARE(text.items[0].source, lines(1, 6));
        QCOMPARE(text.items[1].source, lines(7, 13));
        QCOMPARE(text.items.last().source.last, 74);
        const InterfaceList json =
            clean(&parseIpAddrJson, "[ {},\n{ \"ifname\": \"a\",\n \"mtu\": 9 },\n{\"ifname\":\"b\"} ]");
        QCOMPARE(json.items[0].source, lines(2, 3));
        QCOMPARE(json.items[1].source, lines(4, 4));
        QVERIFY(!json.items[1].up);
    }

    void readsTextWithIndentationAndLinesLeftOut()
    {
        QByteArray indented = "        ....   \n\n";
        for (const QByteArray &line : fixture(u"lab-ip-addr.txt"_s).split('\n'))
            indented += "        " + line + "  \r\n";
        const InterfaceList list = clean(&parseIpAddrText, indented);
        QCOMPARE(list.items.size(), 12);
        QVERIFY(list.elided);
        QCOMPARE(list.find(u"br0")->kind, u"bridge"_s);
        QCOMPARE(list.items[0].source, lines(3, 8));
    }

    void aBrokenEntryCostsTheOthersNothing()
    {
        const auto parsed = parseIpAddrJson(
            "[{\"ifname\":\"a\",\"mtu\":\"x\",\"address\":\"52:54\",\"link_type\":\"ether\",\n"
            "\"addr_info\":[5,{\"family\":\"inet\",\"local\":\"1.2.3\"},"
            "{\"family\":\"inet\",\"local\":\"1.2.3.4\",\"prefixlen\":33}]},\n"
            "{\"mtu\":3},\n{\"ifname\":\"b\" \"mtu\"},\n{\"ifname\":\"c\"}]",
            documentName);
        QCOMPARE(parsed.value.items.size(), 2);
        QVERIFY(parsed.value.elided);
        QCOMPARE(parsed.value.items[0].addresses.size(), 1);
        QVERIFY(!parsed.value.items[0].addresses[0].prefix);
        QVERIFY(!parsed.value.items[0].mac && !parsed.value.items[0].mtu);
        QCOMPARE(parsed.problems.size(), 7);
    }

    void aBrokenHeaderDoesNotGiveItsLinesToTheInterfaceBefore()
    {
        const auto parsed = parseIpAddrText("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1/8\n"
                                            "2 eth0: <UP> mtu 1500\n    inet 10.0.0.1/8\n"
                                            "3: eth1: <BROADCAST> mtu 1500\n    inet 10.0.0.2/x\n",
                                            documentName);
        QCOMPARE(parsed.value.items.size(), 2);
        QVERIFY(parsed.value.elided);
        QCOMPARE(parsed.value.items[0].addresses.size(), 1);
        QCOMPARE(parsed.value.items[1].up, std::optional(false));
        QCOMPARE(parsed.problems.first().line, 3);
        QCOMPARE(parsed.problems.last().line, 6);
    }

    void whatIsNoListingIsSaid()
    {
        for (const char *text :
             {"", "ip: command not found\n", "{", "[", "{}", "null", "Object \"-j\" is unknown"}) {
            const auto json = parseIpAddrJson(text, documentName);
            QVERIFY(!json.problems.isEmpty());
            QVERIFY(json.value == InterfaceList{});
            const auto plain = parseIpAddrText(text, documentName);
            QVERIFY(!plain.problems.isEmpty());
            QVERIFY(plain.value == InterfaceList{});
        }
    }

    void survivesBrokenText()
    {
        survives(&parseIpAddrText, fixture(u"netns-ip-addr-brief.txt"_s));
        survives(&parseIpAddrJson, fixture(u"netns-ip-addr-brief.json"_s));
    }

    void isLinear()
    {
        const QByteArray one = fixture(u"lab-ip-addr.txt"_s);
        const QByteArray json = fixture(u"lab-ip-addr.json"_s).trimmed().sliced(1).chopped(1);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(clean(&parseIpAddrText, one.repeated(800)).items.size(), 9600);
        qInfo("10 MB of text: %lld ms", timer.restart());
        QCOMPARE(
            clean(&parseIpAddrJson, '[' + QByteArray(json + ',').repeated(600).chopped(1) + ']').items.size(),
            7200);
        qInfo("10 MB of JSON: %lld ms", timer.elapsed());
    }
};

QTEST_GUILESS_MAIN(TestIpAddr)
#include "test_ip_addr.moc"
