#include "models/parse/debian_interfaces.h"
#include "models/parse/ifcfg.h"
#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>

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

QStringList portsOf(const InterfaceConfig &config)
{
    QStringList ports;
    for (const auto &port : config.bridgePorts)
        ports << port.value;
    return ports;
}

} // namespace

class TestInterfaceFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsTheNotesIfcfg()
    {
        for (const QString &name : {u"notes-ifcfg-ens5.txt"_s, u"notes-ifcfg-ens5-indented.txt"_s}) {
            const auto parsed = parseIfcfg(fixture(name), u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s);
            const InterfaceConfig &config = parsed.value;
            QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
            QCOMPARE(config.format, ConfigFormat::Ifcfg);
            QCOMPARE(config.device, u"ens5"_s);
            QCOMPARE(config.hwaddr->value.toString(), u"52:54:00:00:01:01"_s);
            QCOMPARE(config.hwaddr->source, (Source{u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s, 8, 8}));
            QCOMPARE(config.addresses.size(), 1);
            QCOMPARE(config.addresses[0].value.toString(), u"129.215.175.100/24"_s);
            QCOMPARE(config.addresses[0].source.first, 12);
            QCOMPARE(config.gateway->value.toString(), u"129.215.175.126"_s);
            QCOMPARE(config.gateway->source.first, 11);
            QCOMPARE(config.method, AddressMethod::Static);
            QCOMPARE(config.onBoot, std::optional(true));
            QCOMPARE(config.settings.size(), 12);
            QCOMPARE(config.settings[5].key, u"IPV4INIT"_s);
            QVERIFY(!config.macaddr && !config.master);
        }
    }

    void readsTheNotesHereDocument()
    {
        for (const QString &name : {u"notes-ifcfg-heredoc.txt"_s, u"notes-ifcfg-heredoc-indented.txt"_s}) {
            const auto parsed = parseIfcfg(fixture(name), u"ifcfg-ens5"_s);
            QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
            QCOMPARE(parsed.value.hwaddr->value.toString(), u"52:54:00:00:00:01"_s);
            QCOMPARE(parsed.value.hwaddr->source.first, 9);
        }
    }

    void readsIfcfgAsAShellWould()
    {
        const auto parsed = parseIfcfg("# by hand\n"
                                       "export DEVICE=\"eth0\" ; ONBOOT='no'\t# not yet\r\n"
                                       "NAME=\"System \\\"eth0\\\" \\$1\"   \n"
                                       "IPADDR0=10.0.0.1\nPREFIX0=16\n"
                                       "IPADDR1=10.1.0.1\nNETMASK1=255.255.0.0\n"
                                       "IPADDR2=10.2.0.1/8\n"
                                       "BOOTPROTO=none\nBRIDGE=br0\nGATEWAY=10.0.0.254\n"
                                       "MACADDR=52:54:00:00:01:03\nWPA_PSK='s3cret'\nKEY_MGMT=WPA-PSK",
                                       u"ifcfg-eth0"_s);
        const InterfaceConfig &config = parsed.value;
        QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
        QCOMPARE(config.device, u"eth0"_s);
        QCOMPARE(config.onBoot, std::optional(false));
        QCOMPARE(settingOf(config, u"NAME"), u"System \"eth0\" $1"_s);
        QCOMPARE(config.addresses.size(), 3);
        QCOMPARE(config.addresses[0].value.toString(), u"10.0.0.1/16"_s);
        QCOMPARE(config.addresses[1].value.toString(), u"10.1.0.1/16"_s);
        QCOMPARE(config.addresses[1].source.first, 6);
        QCOMPARE(config.addresses[2].value.toString(), u"10.2.0.1/8"_s);
        QCOMPARE(config.method, AddressMethod::Static);
        QCOMPARE(config.master->value, u"br0"_s);
        QCOMPARE(config.macaddr->value.toString(), u"52:54:00:00:01:03"_s);
        QCOMPARE(settingOf(config, u"WPA_PSK"), u"<withheld>"_s);
        QCOMPARE(settingOf(config, u"KEY_MGMT"), u"WPA-PSK"_s);
        QCOMPARE(config.source, (Source{u"ifcfg-eth0"_s, 2, 14}));
    }

    void ifcfgSaysWhatIsBad_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("part");
        QTest::newRow("mac") << QByteArray("A=1\nHWADDR=52:54:00:00:01") << 2 << u"not a MAC"_s;
        QTest::newRow("macaddr") << QByteArray("MACADDR=52:54:00:00:0g:01") << 1 << u"not a MAC"_s;
        QTest::newRow("address") << QByteArray("\nIPADDR=10.0.1") << 2 << u"not an IPv4 address"_s;
        QTest::newRow("mask") << QByteArray("IPADDR=10.0.0.1\nNETMASK=255.0.255.0") << 2
                              << u"not a netmask"_s;
        QTest::newRow("gateway") << QByteArray("GATEWAY=nowhere") << 1 << u"not an IPv4 address"_s;
        QTest::newRow("evaluated") << QByteArray("HOSTNAME=`hostname`") << 1 << u"not evaluated"_s;
        QTest::newRow("twice") << QByteArray("HWADDR=52:54:00:00:01:01\nHWADDR=52:54:00:00:01:02") << 1
                               << u"set again on line 2"_s;
        QTest::newRow("quote") << QByteArray("NAME=\"eth0") << 1 << u"not closed"_s;
        QTest::newRow("blanks") << QByteArray("NAME = eth0") << 1 << u"not understood"_s;
        QTest::newRow("no assignment") << QByteArray("A=1\n\nhello") << 3 << u"not understood"_s;
        QTest::newRow("onboot") << QByteArray("ONBOOT=maybe") << 1 << u"neither yes nor no"_s;
        QTest::newRow("bootproto") << QByteArray("BOOTPROTO=magic") << 1 << u"not understood"_s;
    }
    void ifcfgSaysWhatIsBad()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, line);
        QFETCH(const QString, part);
        const auto parsed = parseIfcfg(text, u"ifcfg-x"_s);
        QCOMPARE(parsed.problems.size(), 1);
        QCOMPARE(parsed.problems[0].document, u"ifcfg-x"_s);
        QCOMPARE(parsed.problems[0].line, line);
        QVERIFY2(parsed.problems[0].message.contains(part), qPrintable(parsed.problems[0].message));
    }

    void malformedHwaddrStaysInSettings()
    {
        const auto parsed = parseIfcfg("HWADDR=52:54:00:00:01\nDEVICE=$DEV", u"ifcfg-x"_s);
        QVERIFY(!parsed.value.hwaddr);
        QCOMPARE(settingOf(parsed.value, u"HWADDR"), u"52:54:00:00:01"_s);
        QCOMPARE(parsed.value.device, u"$DEV"_s);
    }

    void laterIfcfgAssignmentWins()
    {
        const auto parsed = parseIfcfg("IPADDR=10.0.0.1\nIPADDR=10.0.0.2\n", u"x/ifcfg-eth0"_s);
        QCOMPARE(parsed.value.addresses.size(), 1);
        QCOMPARE(parsed.value.addresses[0].value.toString(), u"10.0.0.2"_s);
        QCOMPARE(parsed.value.settings.size(), 2);
    }

    void ifcfgDeviceComesFromTheFileName()
    {
        QCOMPARE(parseIfcfg("ONBOOT=yes", u"a/ifcfg/ifcfg-eth0%3A1"_s).value.device, u"eth0:1"_s);
        QCOMPARE(parseIfcfg("ONBOOT=yes", u"a/ifcfg/ifcfg-eth0:1"_s).value.device, u"eth0:1"_s);
        QCOMPARE(parseIfcfg("HWADDR=52:54:00:00:01:02", u"a/ifcfg/ifcfg-Wired_1"_s).value.device, QString());
        QCOMPARE(parseIfcfg("", u"a/other"_s).value.device, QString());
    }

    void readsTheNotesInterfaces()
    {
        for (const QString &name : {u"notes-interfaces.txt"_s, u"notes-interfaces-indented.txt"_s}) {
            const auto parsed = parseDebianInterfaces(fixture(name), u"trop02/host/interfaces.txt"_s);
            QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
            QCOMPARE(parsed.value.size(), 3);
            const InterfaceConfig &br0 = parsed.value[1];
            QCOMPARE(parsed.value[0].device, u"lo"_s);
            QCOMPARE(br0.device, u"br0"_s);
            QCOMPARE(br0.onBoot, std::optional(true));
            QCOMPARE(br0.method, AddressMethod::Static);
            QCOMPARE(br0.addresses.size(), 1);
            QCOMPARE(br0.addresses[0].value.toString(), u"129.215.175.97/24"_s);
            QCOMPARE(br0.addresses[0].source.first, 11);
            QCOMPARE(br0.gateway->value.toString(), u"129.215.175.126"_s);
            QCOMPARE(portsOf(br0), QStringList{u"eth0"_s});
            QCOMPARE(br0.bridgePorts[0].source, (Source{u"trop02/host/interfaces.txt"_s, 20, 20}));
            QCOMPARE(settingOf(br0, u"bridge_stp"), u"off"_s);
            QCOMPARE(settingOf(br0, u"dns-nameservers"), u"195.194.120.1 195.194.120.2"_s);
            QCOMPARE(br0.source, (Source{u"trop02/host/interfaces.txt"_s, 10, 23}));
            QCOMPARE(portsOf(parsed.value[2]), QStringList{u"eth1"_s});
            QCOMPARE(parsed.value[2].addresses[0].value.toString(), u"192.168.137.233/24"_s);
            QVERIFY(!parsed.value[2].gateway);
        }
    }

    void readsInterfacesInAllItsForms()
    {
        const auto parsed =
            parseDebianInterfaces("auto eth0 br9\nallow-hotplug eth1\n"
                                  "iface eth0 inet manual\n"
                                  "iface eth1 inet dhcp\n  hwaddress ether 52:54:00:00:01:02\n"
                                  "iface eth1 inet6 static\n  address 2001:db8::1/64\n  gateway fe80::1\n"
                                  "iface br9 inet static\n\taddress 10.0.0.1/16\n"
                                  "\tbridge_ports eth2 \\\n\t  eth3\n"
                                  "\tbridge-stp on\n\thwaddress 52:54:00:00:01:03\n"
                                  "iface eth0:1 inet static\n netmask 24\n address 10.9.0.1\n"
                                  "iface br7 inet manual\n bridge_ports none\n"
                                  "iface eth5\n address 10.5.0.1/24\n wpa-psk hunter2",
                                  u"i"_s);
        QVERIFY2(parsed.problems.isEmpty(), qPrintable(messagesOf(parsed.problems)));
        const QList<InterfaceConfig> &all = parsed.value;
        QCOMPARE(all.size(), 7);
        QCOMPARE(all[0].method, AddressMethod::None);
        QCOMPARE(all[1].method, AddressMethod::Dhcp);
        QCOMPARE(all[1].onBoot, std::optional(true));
        QCOMPARE(all[1].macaddr->value.toString(), u"52:54:00:00:01:02"_s);
        QVERIFY(all[2].addresses.isEmpty() && !all[2].gateway);
        QCOMPARE(all[3].addresses[0].value.toString(), u"10.0.0.1/16"_s);
        QCOMPARE(portsOf(all[3]), (QStringList{u"eth2"_s, u"eth3"_s}));
        QCOMPARE(all[3].bridgePorts[1].source, (Source{u"i"_s, 11, 12}));
        QCOMPARE(all[3].macaddr->value.toString(), u"52:54:00:00:01:03"_s);
        QCOMPARE(all[4].device, u"eth0:1"_s);
        QCOMPARE(all[4].addresses[0].value.toString(), u"10.9.0.1/24"_s);
        QCOMPARE(all[4].onBoot, std::optional(false));
        QVERIFY(portsOf(all[5]).isEmpty());
        QCOMPARE(settingOf(all[5], u"bridge_ports"), u"none"_s);
        QCOMPARE(all[6].addresses[0].value.toString(), u"10.5.0.1/24"_s);
        QCOMPARE(all[6].method, AddressMethod::Static);
        QCOMPARE(settingOf(all[6], u"wpa-psk"), u"<withheld>"_s);
    }

    void interfacesSayWhatIsBad_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("part");
        QTest::newRow("source") << QByteArray("source /etc/network/interfaces.d/*") << 1 << u"not followed"_s;
        QTest::newRow("directory") << QByteArray("\nsource-directory interfaces.d") << 2 << u"not followed"_s;
        QTest::newRow("mapping") << QByteArray("mapping eth0\n script x\n map HOME eth0-home\n") << 1
                                 << u"not followed"_s;
        QTest::newRow("inherits") << QByteArray("iface eth1 inet static inherits eth0") << 1 << u"inherits"_s;
        QTest::newRow("inherits alone") << QByteArray("iface eth1 inherits eth0") << 1 << u"inherits"_s;
        QTest::newRow("regex") << QByteArray("iface br0 inet manual\n bridge_ports regex eth.* eth9") << 2
                               << u"is not known"_s;
        QTest::newRow("no value") << QByteArray("iface br0 inet manual\n up") << 2 << u"no value"_s;
        QTest::newRow("nowhere") << QByteArray("# x\naddress 10.0.0.1\n") << 2 << u"not understood"_s;
        QTest::newRow("address") << QByteArray("iface e inet static\naddress 10.0.0\n") << 2
                                 << u"not an IPv4"_s;
        QTest::newRow("netmask") << QByteArray("iface e inet static\nnetmask 33\n") << 2
                                 << u"not a netmask"_s;
        QTest::newRow("mac") << QByteArray("iface e inet dhcp\nhwaddress ether 1:2:3\n") << 2
                             << u"not a MAC"_s;
        QTest::newRow("iface") << QByteArray("iface\n address 1\n") << 1 << u"not understood"_s;
    }
    void interfacesSayWhatIsBad()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, line);
        QFETCH(const QString, part);
        const auto parsed = parseDebianInterfaces(text, u"i"_s);
        QVERIFY2(parsed.problems.size() == 1, qPrintable(messagesOf(parsed.problems)));
        QCOMPARE(parsed.problems[0].line, line);
        QVERIFY2(parsed.problems[0].message.contains(part), qPrintable(parsed.problems[0].message));
    }

    void onBootIsOpenWhereOtherFilesMayTell()
    {
        QCOMPARE(parseDebianInterfaces("iface e inet dhcp\n", u"i"_s).value[0].onBoot, std::optional(false));
        QVERIFY(!parseDebianInterfaces("source x\niface e inet dhcp\n", u"i"_s).value[0].onBoot);
        QVERIFY(!parseDebianInterfaces("auto /eth*\niface eth0 inet dhcp\n", u"i"_s).value[0].onBoot);
    }

    void problemsAreBounded()
    {
        const auto parsed = parseDebianInterfaces(QByteArray("nonsense\n").repeated(100'000), u"i"_s);
        QCOMPARE(parsed.problems.size(), 101);
        QCOMPARE(parsed.problems.last().message, u"… and 99900 more"_s);
        QCOMPARE(parseIfcfg(QByteArray("non sense\n").repeated(1000), u"i"_s).problems.size(), 101);
    }

    void brokenFilesNeverCrash()
    {
        mangle(fixture(u"notes-ifcfg-ens5.txt"_s), [](const QByteArray &text) {
            const auto parsed = parseIfcfg(text, u"ifcfg-ens5"_s);
            QVERIFY(parsed.value.source.last <= text.count('\n') + 1);
        });
        mangle(fixture(u"notes-interfaces.txt"_s), [](const QByteArray &text) {
            for (const InterfaceConfig &config : parseDebianInterfaces(text, u"i"_s).value)
                QVERIFY(config.source.first >= 1 && config.source.last <= text.count('\n') + 1);
        });
    }

    void bigFilesTakeLinearTime()
    {
        const QByteArray stanza = "auto e\niface e inet static\n address 10.0.0.1\n up echo \\\n  x\n";
        const auto parsed = parseDebianInterfaces(stanza.repeated(100'000), u"i"_s);
        QCOMPARE(parsed.value.size(), 100'000);
        QCOMPARE(parseIfcfg(QByteArray(8'000'000, 'A') + "=1", u"i"_s).value.settings.size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestInterfaceFiles)
#include "test_interface_files.moc"
