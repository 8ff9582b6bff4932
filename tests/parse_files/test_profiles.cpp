#include "models/parse/netplan.h"
#include "models/parse/nm_keyfile.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QString messagesOf(const QList<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines << u"%1: %2"_s.arg(problem.line).arg(problem.message);
    return lines.join(u'\n');
}

QString settingOf(const InterfaceConfig &config, QStringView key)
{
    for (const Setting &setting : config.settings)
        if (setting.key == key)
            return setting.value;
    return u"(none)"_s;
}

const QByteArray keyfile = "# made by nmcli\n"
                           "[connection]\n"
                           "id=Wired\\sone\n"
                           "uuid=7b0d1c52-7a0c-4f0a-8f9b-1f2a3b4c5d6e\n"
                           "type=ethernet\n"
                           "interface-name=ens5\n"
                           "autoconnect=false\n"
                           "controller=br0\n"
                           "port-type=bridge\n"
                           "\n"
                           "[ethernet]\n"
                           "mac-address=52:54:00:00:01:01\n"
                           "cloned-mac-address=52:54:00:00:01:00\n"
                           "\n"
                           "[wifi-security]\n"
                           "key-mgmt=wpa-psk\n"
                           "psk=correct horse\n"
                           "\n"
                           "[ipv4]\n"
                           "address1=129.215.175.100/24,129.215.175.126\n"
                           "address2 = 10.0.0.2/8\n"
                           "method=manual\n"
                           "\n"
                           "[ipv6]\n"
                           "address1=2001:db8::1/64\n"
                           "method=auto\n";

const QByteArray netplan = "network:\n"
                           "  version: 2\n"
                           "  renderer: networkd\n"
                           "  ethernets:\n"
                           "    uplink:\n"
                           "      match:\n"
                           "        macaddress: 52:54:00:00:01:01\n"
                           "      set-name: ens5\n"
                           "      macaddress: \"52:54:00:00:01:00\"\n"
                           "      addresses:\n"
                           "        - 129.215.175.100/24\n"
                           "        - 10.0.0.2/8: {label: \"ens5:1\"}\n"
                           "        - '2001:db8::1/64'\n"
                           "      routes:\n"
                           "        - to: 192.168.0.0/16\n"
                           "          via: 10.0.0.1\n"
                           "        - to: default\n"
                           "          via: 129.215.175.126\n"
                           "    eth1: {dhcp4: yes}\n"
                           "    eth2: {}\n"
                           "    eth3:\n"
                           "  bridges:\n"
                           "    br0:\n"
                           "      interfaces: [eth2, eth3]\n"
                           "      addresses: [10.9.0.1/16]\n"
                           "      gateway4: 10.9.0.254\n"
                           "      dhcp4: no\n"
                           "  wifis:\n"
                           "    wlan0:\n"
                           "      access-points:\n"
                           "        \"office\":\n"
                           "          password: hunter2\n"
                           "  vlans:\n"
                           "    vlan7: {id: 7, link: eth1, dhcp4: false}\n";

} // namespace

class TestProfiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsKeyfiles()
    {
        const auto parsed = parseKeyfile(keyfile, u"nm/w"_s);
        QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
        const InterfaceConfig &config = parsed.value;
        QCOMPARE(config.format, ConfigFormat::Keyfile);
        QCOMPARE(config.device, u"ens5"_s);
        QCOMPARE(config.onBoot, std::optional(false));
        QCOMPARE(config.master->value, u"br0"_s);
        QCOMPARE(config.hwaddr->value.toString(), u"52:54:00:00:01:01"_s);
        QCOMPARE(config.hwaddr->source, (Source{u"nm/w"_s, 12, 12}));
        QCOMPARE(config.macaddr->value.toString(), u"52:54:00:00:01:00"_s);
        QCOMPARE(config.addresses.size(), 2);
        QCOMPARE(config.addresses[0].value.toString(), u"129.215.175.100/24"_s);
        QCOMPARE(config.addresses[1].value.toString(), u"10.0.0.2/8"_s);
        QCOMPARE(config.addresses[1].source.first, 21);
        QCOMPARE(config.gateway->value.toString(), u"129.215.175.126"_s);
        QCOMPARE(config.method, AddressMethod::Static);
        QCOMPARE(settingOf(config, u"connection.id"), u"Wired one"_s);
        QCOMPARE(settingOf(config, u"wifi-security.psk"), u"<withheld>"_s);
        QCOMPARE(settingOf(config, u"wifi-security.key-mgmt"), u"wpa-psk"_s);
        QCOMPARE(config.source.last, 26);
    }

    void readsOldKeyfiles()
    {
        const auto parsed =
            parseKeyfile("[802-3-ethernet]\nmac-address=52:54:00:00:01:01\ncloned-mac-address=random\n"
                         "[ipv4]\nmethod=auto\naddresses1=10.0.0.2;8;10.0.0.1;\n"
                         "[bridge]\nmac-address=52:54:00:00:01:09\n",
                         u"k"_s);
        QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
        QCOMPARE(parsed.value.hwaddr->value.octet(5), 1);
        QCOMPARE(parsed.value.macaddr->value.octet(5), 9);
        QCOMPARE(parsed.value.addresses[0].value.toString(), u"10.0.0.2/8"_s);
        QCOMPARE(parsed.value.gateway->value.toString(), u"10.0.0.1"_s);
        QCOMPARE(parsed.value.method, AddressMethod::Dhcp);
    }

    void keyfilesSayWhatIsBad()
    {
        const auto parsed =
            parseKeyfile("stray=1\n[ethernet]\nmac-address=52:54:00:00:01\n[ipv4]\naddress1=10.0/8\n"
                         "gateway=x\nnonsense\n[connection]\nautoconnect=perhaps\nid=a\nid=b\n",
                         u"k"_s);
        QList<int> lines;
        for (const Problem &problem : parsed.problems)
            lines << problem.line;
        QCOMPARE(lines, (QList<int>{1, 3, 5, 6, 7, 9, 10}));
        QVERIFY(!parsed.value.hwaddr);
        QCOMPARE(settingOf(parsed.value, u"ethernet.mac-address"), u"52:54:00:00:01"_s);
    }

    void readsNetplan()
    {
        const auto parsed = parseNetplan(netplan, u"n"_s);
        QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
        QCOMPARE(parsed.value.size(), 7);
        const InterfaceConfig &uplink = parsed.value[0];
        QCOMPARE(uplink.device, u"ens5"_s);
        QCOMPARE(uplink.hwaddr->value.toString(), u"52:54:00:00:01:01"_s);
        QCOMPARE(uplink.hwaddr->source, (Source{u"n"_s, 7, 7}));
        QCOMPARE(uplink.macaddr->value.toString(), u"52:54:00:00:01:00"_s);
        QCOMPARE(uplink.addresses.size(), 2);
        QCOMPARE(uplink.addresses[1].value.toString(), u"10.0.0.2/8"_s);
        QCOMPARE(uplink.addresses[1].source.first, 12);
        QCOMPARE(uplink.gateway->value.toString(), u"129.215.175.126"_s);
        QCOMPARE(uplink.gateway->source.first, 18);
        QCOMPARE(uplink.method, AddressMethod::Static);
        QCOMPARE(uplink.source, (Source{u"n"_s, 5, 18}));
        QCOMPARE(settingOf(uplink, u"match.macaddress"), u"52:54:00:00:01:01"_s);
        QCOMPARE(parsed.value[1].device, u"eth1"_s);
        QCOMPARE(parsed.value[1].method, AddressMethod::Dhcp);
        QCOMPARE(parsed.value[2].master->value, u"br0"_s);
        QCOMPARE(parsed.value[3].master->source.first, 24);
        const InterfaceConfig &bridge = parsed.value[4];
        QCOMPARE(bridge.bridgePorts.size(), 2);
        QCOMPARE(bridge.bridgePorts[1].value, u"eth3"_s);
        QCOMPARE(bridge.gateway->value.toString(), u"10.9.0.254"_s);
        QCOMPARE(bridge.method, AddressMethod::Static);
        QCOMPARE(settingOf(bridge, u"dhcp4"), u"no"_s);
        QCOMPARE(settingOf(parsed.value[5], u"access-points.office.password"), u"<withheld>"_s);
        QCOMPARE(parsed.value[6].method, AddressMethod::None);
    }

    void netplanMatchesWithoutDevice()
    {
        const auto parsed = parseNetplan("network: {ethernets: {all: {match: {name: 'en*'}, dhcp4: true},"
                                         " one: {match: {name: ens3}}, two: {match: {macaddress: '1:2'}}}}",
                                         u"n"_s);
        QCOMPARE(parsed.value.size(), 3);
        QCOMPARE(parsed.value[0].device, QString());
        QCOMPARE(parsed.value[1].device, u"ens3"_s);
        QCOMPARE(parsed.value[2].device, QString());
        QCOMPARE(parsed.problems.size(), 1);
    }

    void netplanSaysWhatIsBad_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("syntax") << QByteArray("network:\n  a: [\n") << 3;
        QTest::newRow("tab") << QByteArray("network:\n\tethernets: {}\n") << 2;
        QTest::newRow("nothing") << QByteArray() << 0;
        QTest::newRow("a scalar") << QByteArray("hello") << 0;
        QTest::newRow("another file") << QByteArray("a: 1\n") << 0;
        QTest::newRow("kind") << QByteArray("network:\n  ethernets: 7\n") << 2;
        QTest::newRow("body") << QByteArray("network:\n  ethernets:\n    e: 7\n") << 3;
        QTest::newRow("address") << QByteArray("network:\n  ethernets:\n    e:\n      addresses: [10.0]\n")
                                 << 4;
        QTest::newRow("list") << QByteArray("network:\n  ethernets:\n    e:\n      addresses: 10.0.0.1/8\n")
                              << 4;
        QTest::newRow("dhcp") << QByteArray("network:\n  ethernets:\n    e:\n      dhcp4: perhaps\n") << 4;
        QTest::newRow("merge") << QByteArray("network:\n  ethernets:\n    e:\n      <<: {dhcp4: true}\n")
                               << 4;
        QTest::newRow("second") << QByteArray("network: {}\n---\nnetwork: {}\n") << 3;
        QTest::newRow("unknown alias") << QByteArray("network: *x\n") << 1;
    }
    void netplanSaysWhatIsBad()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, line);
        const auto parsed = parseNetplan(text, u"n"_s);
        QVERIFY2(parsed.problems.size() == 1, qPrintable(messagesOf(parsed.problems)));
        QVERIFY2(parsed.problems[0].line == line, qPrintable(messagesOf(parsed.problems)));
    }

    void netplanBombsAreDefused()
    {
        QByteArray bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 12; ++i)
            bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" +
                    QByteArray("*a" + QByteArray::number(i - 1) + ",").repeated(10) + "]\n";
        bomb += "network:\n  ethernets:\n    e: {addresses: *a11, x: *a11}\n";
        const auto parsed = parseNetplan(bomb, u"n"_s);
        QCOMPARE(parsed.value.size(), 1);
        QVERIFY(parsed.value[0].settings.size() <= 20'000);
        QVERIFY(messagesOf(parsed.problems).contains(u"cut short"_s));
        const auto deep = parseNetplan("network: " + QByteArray(100'000, '['), u"n"_s);
        QCOMPARE(deep.problems.size(), 1);
        QCOMPARE(parseNetplan(QByteArray(2'000'000, ' '), u"n"_s).problems.size(), 1);
        const auto nested = parseNetplan("network: {ethernets: {e: " + QByteArray("{a: ").repeated(100) +
                                             QByteArray("}").repeated(100) + "}}",
                                         u"n"_s);
        QVERIFY(messagesOf(nested.problems).contains(u"cut short"_s));
    }

    void brokenProfilesNeverCrash()
    {
        mangle(
            keyfile, [](const QByteArray &text) { parseKeyfile(text, u"k"_s); }, 1000);
        mangle(netplan, [](const QByteArray &text) {
            for (const InterfaceConfig &config : parseNetplan(text, u"n"_s).value)
                QVERIFY(config.source.first >= 1 && config.source.last <= text.count('\n') + 1);
        });
    }
};

QTEST_APPLESS_MAIN(TestProfiles)
#include "test_profiles.moc"
