#include "tests/fixes/edits.h"
#include "tests/parse_files/mangle.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// As cloud-init writes the first, and somebody the second by hand.
const QByteArray cloud =
    "# This file is generated from information provided by the datasource.\n"
    "network:\n    version: 2\n    ethernets:\n        ens3:\n            dhcp4: true\n"
    "            match:\n                macaddress: '52:54:00:02:02:0f'\n            set-name: ens3\n";
const QByteArray byHand =
    "        # the public side\n        ens5:   # float1\n            match: {macaddress: "
    "\"52:54:00:00:01:01\"}\n"
    "            set-name: ens5\n            addresses:\n            - 129.215.175.100/24  # of float1\n"
    "            routes:\n              - to: default\n                via: 129.215.175.126\n"
    "            nameservers:\n                addresses: [129.215.175.1]\n";

const InterfaceEntry ens5{ConfigFormat::Netplan, u"ens5"_s, 0};

QByteArray file(const char *body)
{
    return QByteArray("network:\n  version: 2\n  ethernets:\n") + body;
}

} // namespace

class TestNetplanEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void binds_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
            QTest::newRow(name) << before << after;
        };
        row("in one piece", cloud + byHand, QByteArray(cloud + byHand).replace("01:01", "01:0a"));
        row("capitals, other line ends",
            file("    ens5:\r\n      match:\r\n        macaddress: 52:54:00:00:01:0B # x\r\n        name: "
                 "ens5"),
            file("    ens5:\r\n      match:\r\n        macaddress: 52:54:00:00:01:0A # x\r\n        name: "
                 "ens5"));
        row("no match", file("    ens5:\n      # static\n      addresses: [10.0.0.1/24]\n"),
            file("    ens5:\n      # static\n      match:\n        macaddress: \"52:54:00:00:01:0a\"\n      "
                 "addresses: [10.0.0.1/24]\n"));
        row("a match by name", file("    x:\n      match:\n        name: ens5\n      dhcp4: yes\n"),
            file("    x:\n      match:\n        macaddress: \"52:54:00:00:01:0a\"\n        name: ens5\n      "
                 "dhcp4: yes\n"));
        row("a match by name in one piece", file("    x:\n      match: {name: ens5}\n"),
            "error: line 5 is written in one piece");
        row("all in one piece", file("    ens5: {dhcp4: true}\n"), "error: line 4 is written in one piece");
        row("nothing in it", file("    ens5:\n"), "error: line 4");
        row("a MAC of its own", file("    ens5:\n      macaddress: 52:54:00:00:01:01\n"),
            "error: sets the MAC 52:54:00:00:01:01");
        row("an alias",
            file("    ens4:\n      match: {macaddress: &m \"52:54:00:00:01:01\"}\n    ens5:\n      match: "
                 "{name: ens5, macaddress: *m}\n"),
            "error: line 5 is written in a way");
        row("escapes",
            file("    ens5:\n      match: {name: ens5, macaddress: \"52:54:00:00:01:\\x30\\x31\"}\n"),
            "error: line 5 is written in a way");
        row("a bridge",
            "network:\n  bridges:\n    ens5:\n      macaddress: 52:54:00:00:01:01\n      interfaces: "
            "[eth0]\n",
            "error: sets the MAC");
        row("a secret",
            file("    ens5:\n      dhcp4: true\n  wifis:\n    w:\n      access-points: {a: {password: "
                 "<withheld>}}\n"),
            "error: without its secrets");
        row("not YAML", file("    ens5:\n      dhcp4: [\n"), "error: does not configure ens5");
        row("no such interface", cloud, "error: does not configure ens5");
        row("two documents", file("    ens5:\n      dhcp4: true\n---\nnetwork: {}\n"),
            "error: several YAML documents");
    }
    void binds()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        COMPARE_OUTCOME(outcome(withMac(ens5, before, mac("52:54:00:00:01:0a"))), after);
    }

    void moves_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<bool>("gateway");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after,
                            bool gateway = false) { QTest::newRow(name) << before << after << gateway; };
        QByteArray moved = byHand;
        moved.replace("129.215.175.100/24", "10.9.0.1/16").replace("via: 129.215.175.126", "via: 10.9.0.254");
        row("keeps all else", cloud + byHand, cloud + moved, true);
        row("in one piece, quoted",
            file(
                "    ens5: {addresses: ['129.215.175.100/24', \"10.0.0.1/8\"], gateway4: 129.215.175.126}\n"),
            file("    ens5: {addresses: ['10.9.0.1/16', \"10.0.0.1/8\"], gateway4: 10.9.0.254}\n"), true);
        row("with options",
            file("    ens5:\n      addresses:\n        - \"129.215.175.100/24\":\n            label: "
                 "\"ens5:1\"\n"),
            file("    ens5:\n      addresses:\n        - \"10.9.0.1/16\":\n            label: \"ens5:1\"\n"));
        row("a first gateway",
            file(
                "    ens5:\n      addresses:\n      - 129.215.175.100/24\n\n      # last\n      mtu: 1500\n"),
            file("    ens5:\n      addresses:\n      - 10.9.0.1/16\n      routes:\n        - to: 0.0.0.0/0\n "
                 "         via: 10.9.0.254\n\n      # last\n      mtu: 1500\n"),
            true);
        row("a first gateway, no newline", file("    ens5:\n      addresses: [129.215.175.100/24]"),
            file("    ens5:\n      addresses: [10.9.0.1/16]\n      routes:\n        - to: 0.0.0.0/0\n        "
                 "  via: 10.9.0.254"),
            true);
        row("other routes",
            file("    ens5:\n      addresses: [129.215.175.100/24]\n      routes:\n      - to: 10.0.0.0/8\n  "
                 "      via: 129.215.175.1\n"),
            file("    ens5:\n      addresses: [10.9.0.1/16]\n      routes:\n      - to: 0.0.0.0/0\n        "
                 "via: 10.9.0.254\n      - to: 10.0.0.0/8\n        via: 129.215.175.1\n"),
            true);
        row("both ways",
            file("    ens5:\n      addresses: [129.215.175.100/24]\n      gateway4: 129.215.175.126\n      "
                 "routes: [{to: default, via: 129.215.175.126}]\n"),
            file("    ens5:\n      addresses: [10.9.0.1/16]\n      gateway4: 10.9.0.254\n      routes: [{to: "
                 "default, via: 10.9.0.254}]\n"),
            true);
        row("other routes in one piece",
            file("    ens5:\n      addresses: [129.215.175.100/24]\n      routes: [{to: 10.0.0.0/8, via: "
                 "129.215.175.1}]\n"),
            "error: added to these routes", true);
        row("out of reach", cloud + byHand, "error: 129.215.175.126, which 10.9.0.1/16 does not reach");
        row("shared by an anchor",
            file("    ens4:\n      addresses: &a [129.215.175.100/24]\n    ens5:\n      addresses: *a\n"),
            "error: read back, it would say something else of ens4");
        row("folded", file("    ens5:\n      addresses:\n        - >-\n          129.215.175.100/24\n"),
            "error: line 6 is written in a way");
        row("not there", cloud + byHand.sliced(0, byHand.indexOf("            addresses")),
            "error: does not give ens5");
    }
    void moves()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(bool, gateway);
        AddressChange change{ip("129.215.175.100"), ip("10.9.0.1"), 16, {}};
        if (gateway)
            change.gateway = ip("10.9.0.254");
        COMPARE_OUTCOME(outcome(withAddress(ens5, before, change)), after);
    }

    void releases_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
            QTest::newRow(name) << before << after;
        };
        row("the whole file", file(byHand.constData()).replace("    version: 2", "  version: 2"), "removed");
        row("one of two", cloud + byHand, cloud + "        # the public side\n");
        row("the first of two",
            cloud.first(cloud.indexOf("        ens3")) + byHand +
                "\n        # the private side\n        ens6:\n            dhcp4: true\n",
            cloud.first(cloud.indexOf("        ens3")) + "        # the public side\n\n        # the private "
                                                         "side\n        ens6:\n            dhcp4: true\n");
        row("the only one of its kind",
            "network:\n  ethernets:\n    ens5:\n      addresses: [129.215.175.100/24]\n  bridges:\n    "
            "br0:\n      interfaces: [eth0]\n",
            "network:\n  bridges:\n    br0:\n      interfaces: [eth0]\n");
        row("one of several addresses",
            file("    ens5:\n      addresses:\n      - 10.0.0.1/8\n      # float1\n      - "
                 "129.215.175.100/24\n      - 10.1.0.1/16\n      gateway4: 129.215.175.126\n"),
            file("    ens5:\n      addresses:\n      - 10.0.0.1/8\n      # float1\n      - 10.1.0.1/16\n"));
        row("one with options",
            file("    ens5:\n      addresses:\n        - 129.215.175.100/24:\n            label: x\n        "
                 "- 10.0.0.1/8\n"),
            file("    ens5:\n      addresses:\n        - 10.0.0.1/8\n"));
        row("one of several in one piece",
            file("    ens5: {addresses: [ 129.215.175.100/24 , 10.0.0.1/8 ]}\n"),
            file("    ens5: {addresses: [ 10.0.0.1/8 ]}\n"));
        row("the last in one piece",
            file("    ens5:\n      addresses: [10.0.0.1/8, \"129.215.175.100/24\"] # x\n"),
            file("    ens5:\n      addresses: [10.0.0.1/8] # x\n"));
        row("dhcp too",
            file("    ens5:\n      addresses: [129.215.175.100/24]\n      dhcp4: true\n      routes:\n       "
                 " - to: default\n          via: 129.215.175.126\n"),
            file("    ens5:\n      dhcp4: true\n"));
        row("one of several routes",
            file("    ens5:\n      addresses: [129.215.175.100/24, 10.0.0.1/8]\n      routes:\n      - to: "
                 "172.16.0.0/12\n        via: 10.0.0.2\n      - to: default\n        via: 129.215.175.126\n  "
                 "      metric: 5\n      mtu: 1500\n"),
            file("    ens5:\n      addresses: [10.0.0.1/8]\n      routes:\n      - to: 172.16.0.0/12\n       "
                 " via: 10.0.0.2\n      mtu: 1500\n"));
        row("a port of a bridge",
            file("    ens5:\n      addresses: [129.215.175.100/24]\n      mtu: 1500\n  bridges:\n    br0: "
                 "{interfaces: [ens5]}\n"),
            file("    ens5:\n      mtu: 1500\n  bridges:\n    br0: {interfaces: [ens5]}\n"));
        row("something else",
            file("    ens5:\n      addresses: [129.215.175.100/24]\n      virtual-function-count: 3\n"),
            file("    ens5:\n      virtual-function-count: 3\n"));
        row("all in one piece", file("    ens5: {addresses: [129.215.175.100/24], dhcp4: true}\n"),
            "error: line 4 is written in one piece");
        row("two in one piece",
            "network: {ethernets: {ens4: {dhcp4: true}, ens5: {addresses: [129.215.175.100/24]}}}\n",
            "error: in one piece");
        row("one alone in one piece", "network: {ethernets: {ens5: {addresses: [129.215.175.100/24]}}}\n",
            "removed");
    }
    void releases()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        COMPARE_OUTCOME(outcome(withoutAddress(ens5, before, ip("129.215.175.100"))), after);
    }

    void byItsLineWhereItHasNoName()
    {
        const QByteArray text =
            file("    a:\n      match: {macaddress: '52:54:00:00:01:01'}\n      addresses: [10.0.0.1/24]\n"
                 "    b:\n      match: {macaddress: '52:54:00:00:01:02'}\n      addresses: [10.0.0.2/24]\n");
        const InterfaceEntry b{ConfigFormat::Netplan, {}, 7};
        COMPARE_OUTCOME(outcome(withMac(b, text, mac("52:54:00:00:01:03"))),
                        QByteArray(text).replace("01:02", "01:03"));
        COMPARE_OUTCOME(outcome(withMac({ConfigFormat::Netplan, {}, 0}, text, mac("52:54:00:00:01:03"))),
                        QByteArray("error: several times"));
        COMPARE_OUTCOME(outcome(withMac({ConfigFormat::Netplan, {}, 6}, text, mac("52:54:00:00:01:03"))),
                        QByteArray("error: does not configure that interface"));
    }

    void mangledTextsDoNoHarm()
    {
        const QByteArray text =
            cloud + byHand +
            "        ens6: {addresses: [10.0.0.1/24, '10.1.0.1/24'], gateway4: 10.0.0.254}\n";
        const InterfaceEntry ens6{ConfigFormat::Netplan, u"ens6"_s, 0};
        int edited = 0;
        mangle(text, [&](const QByteArray &broken) {
            edited += withMac(ens5, broken, mac("52:54:00:00:01:0a")).has_value();
            edited += withAddress(ens5, broken, {ip("129.215.175.100"), ip("10.9.0.1"), 16, ip("10.9.0.2")})
                          .has_value();
            edited += withoutAddress(ens5, broken, ip("129.215.175.100")).has_value();
            edited += withoutAddress(ens6, broken, ip("10.0.0.1")).has_value();
        });
        QVERIFY(edited > 100);
    }

    void hostileTextsEnd()
    {
        QElapsedTimer clock;
        clock.start();
        QByteArray deep = file("    ens5:\n      addresses: [129.215.175.100/24]\n      x: ") +
                          QByteArray("[").repeated(20'000);
        QByteArray many = file("");
        for (int i = 0; i < 4'000; ++i)
            many += "    e" + QByteArray::number(i) + ": {}\n";
        many += "    ens5:\n      addresses: [129.215.175.100/24]\n";
        QByteArray routes =
            file("    ens5:\n      dhcp4: true\n      addresses: [129.215.175.100/24]\n      routes:\n");
        routes += QByteArray("      - {to: default, via: 129.215.175.126}\n").repeated(1'000);
        QVERIFY(!withoutAddress(ens5, deep, ip("129.215.175.100")));
        QVERIFY(withoutAddress(ens5, many, ip("129.215.175.100")));
        QVERIFY(!withoutAddress(ens5, routes, ip("129.215.175.100")));
        QVERIFY(clock.elapsed() < 30'000);
    }
};

QTEST_GUILESS_MAIN(TestNetplanEdit)
#include "test_netplan_edit.moc"
