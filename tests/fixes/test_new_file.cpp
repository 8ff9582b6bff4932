#include "models/fixes/files/guest_paths.h"
#include "models/fixes/files/new_file.h"
#include "tests/fixes/edits.h"

#include <QProcess>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

AddressSettings float1()
{
    return {u"ens7"_s, mac("52:54:00:00:01:00"), ip("129.215.175.100"), 24, ip("129.215.175.126"), true};
}

InterfaceConfig configOf(ConfigFormat format, const QString &device)
{
    InterfaceConfig config;
    config.format = format;
    config.device = device;
    return config;
}

Guest guestWith(const QString &os, const QString &version, const QList<ConfigFormat> &formats)
{
    Guest guest;
    guest.configsRead = true;
    if (!os.isEmpty())
        guest.system.os = OsRelease{os, version, {}, {}};
    for (const ConfigFormat format : formats)
        guest.configs.append(configOf(format, u"ens3"_s));
    return guest;
}

} // namespace

class TestNewFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void ifcfg()
    {
        const auto file = newAddressFile(ConfigFormat::Ifcfg, float1(), u"float1"_s);
        QVERIFY(file);
        QCOMPARE(file->path, u"/etc/sysconfig/network-scripts/ifcfg-ens7"_s);
        QCOMPARE(file->mode, 0644);
        QCOMPARE(file->text,
                 QByteArray("# float1\nNAME=ens7\nDEVICE=ens7\nTYPE=Ethernet\nONBOOT=yes\nBOOTPROTO=none\n"
                            "HWADDR=52:54:00:00:01:00\nIPADDR=129.215.175.100\nNETMASK=255.255.255.0\n"
                            "GATEWAY=129.215.175.126\nDEFROUTE=yes\nIPV6INIT=no\n"));
        // As network scripts read it.
        QProcess shell;
        shell.start(u"/bin/sh"_s,
                    {u"-c"_s, u"set -e; . /dev/stdin; echo $DEVICE $HWADDR $IPADDR $NETMASK $GATEWAY"_s});
        shell.write(file->text);
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.readAllStandardOutput(),
                 QByteArray("ens7 52:54:00:00:01:00 129.215.175.100 255.255.255.0 129.215.175.126\n"));
    }

    void keyfile()
    {
        const auto file = newAddressFile(ConfigFormat::Keyfile, float1(), u"float1"_s);
        QVERIFY(file);
        QCOMPARE(file->path, u"/etc/NetworkManager/system-connections/float1.nmconnection"_s);
        QCOMPARE(file->mode, 0600);
        QByteArray text = file->text;
        const qsizetype uuid = text.indexOf("uuid=") + 5;
        const QByteArray first = text.sliced(uuid, 36);
        QVERIFY(QRegularExpression(u"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"_s)
                    .match(QString::fromLatin1(first))
                    .hasMatch());
        QCOMPARE(
            text.replace(uuid, 36, "UUID"),
            QByteArray("# float1\n[connection]\nid=float1\nuuid=UUID\ntype=ethernet\nautoconnect=true\n\n"
                       "[ethernet]\nmac-address=52:54:00:00:01:00\n\n[ipv4]\nmethod=manual\n"
                       "address1=129.215.175.100/24,129.215.175.126\n\n[ipv6]\nmethod=ignore\n"));
        // The same each time, and another for another.
        QCOMPARE(newAddressFile(ConfigFormat::Keyfile, float1(), u"float1"_s), file);
        QVERIFY(!newAddressFile(ConfigFormat::Keyfile, float1(), u"float2"_s)->text.contains(first));
    }

    void netplan()
    {
        const auto file = newAddressFile(ConfigFormat::Netplan, float1(), u"float1"_s);
        QVERIFY(file);
        QCOMPARE(file->path, u"/etc/netplan/60-float1.yaml"_s);
        QCOMPARE(file->mode, 0600);
        QCOMPARE(
            file->text,
            QByteArray("# float1\nnetwork:\n  version: 2\n  ethernets:\n    \"float1\":\n      match:\n"
                       "        macaddress: \"52:54:00:00:01:00\"\n      dhcp4: false\n      addresses:\n"
                       "        - 129.215.175.100/24\n      routes:\n        - to: 0.0.0.0/0\n"
                       "          via: 129.215.175.126\n"));
        AddressSettings down = float1();
        down.onBoot = false;
        QCOMPARE(newAddressFile(ConfigFormat::Netplan, down, u"float1"_s).error().kind,
                 ErrorKind::Unsupported);
    }

    /// The least and the most that settings can say, in every format.
    void everySetting()
    {
        for (const ConfigFormat format :
             {ConfigFormat::Ifcfg, ConfigFormat::Keyfile, ConfigFormat::Netplan}) {
            for (const bool bound : {true, false}) {
                for (const bool routed : {true, false}) {
                    AddressSettings settings = float1();
                    settings.prefix = routed ? 25 : 32;
                    if (!bound)
                        settings.mac.reset();
                    if (!routed)
                        settings.gateway.reset();
                    settings.onBoot = format == ConfigFormat::Netplan || bound;
                    const auto file = newAddressFile(format, settings, u"float1"_s);
                    QVERIFY2(file, file ? "" : qPrintable(file.error().message));
                    // And it can be taken back.
                    const InterfaceEntry entry{
                        format, format != ConfigFormat::Ifcfg && bound ? QString() : u"ens7"_s, 0};
                    QCOMPARE(outcome(withoutAddress(entry, file->text, settings.address)),
                             QByteArray("removed"));
                }
            }
        }
        QCOMPARE(newAddressFile(ConfigFormat::DebianInterfaces, float1(), u"float1"_s).error().kind,
                 ErrorKind::Unsupported);
    }

    void namesAreTamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("tame");
        QTest::newRow("blank") << u"float 1"_s << u"float-1"_s;
        QTest::newRow("folder") << u"../../etc/cron.d/x"_s << u"-.-..-etc-cron.d-x"_s;
        QTest::newRow("lines") << u"a\n[connection]\nid=b"_s << u"a--connection--id-b"_s;
        QTest::newRow("shell") << u"$(id);'\"`"_s << u"--id-----"_s;
        QTest::newRow("yaml") << u"a\": {b: c}"_s << u"a----b--c-"_s;
        QTest::newRow("hidden") << u".x"_s << u"-x"_s;
        QTest::newRow("not ASCII") << u"Büro\U0001F600"_s << u"B-ro--"_s;
        QTest::newRow("long") << QString(500, u'x') << QString(64, u'x');
    }
    void namesAreTamed()
    {
        QFETCH(QString, name);
        QFETCH(QString, tame);
        const auto keyfile = newAddressFile(ConfigFormat::Keyfile, float1(), name);
        QVERIFY(keyfile);
        QCOMPARE(keyfile->path, u"/etc/NetworkManager/system-connections/%1.nmconnection"_s.arg(tame));
        QCOMPARE(keyfile->path.count(u'/'), 4);
        QVERIFY(keyfile->text.startsWith("# ") && keyfile->text.count('\n') == 16);
        const auto netplan = newAddressFile(ConfigFormat::Netplan, float1(), name);
        QVERIFY(netplan);
        QCOMPARE(netplan->path.count(u'/'), 3);
        QCOMPARE(netplan->text.count('\n'), 13);
        const auto ifcfg = newAddressFile(ConfigFormat::Ifcfg, float1(), name);
        QVERIFY(ifcfg);
        QCOMPARE(ifcfg->text.count('\n'), 12);
    }

    void refusesWhatCannotBe()
    {
        const auto kindOf = [](auto change) {
            AddressSettings settings = float1();
            change(settings);
            const auto file = newAddressFile(ConfigFormat::Ifcfg, settings, u"float1"_s);
            return file ? ErrorKind::Cancelled : file.error().kind;
        };
        QCOMPARE(kindOf([](AddressSettings &) {}), ErrorKind::Cancelled);
        for (const QString &device : {u""_s, u"."_s, u"../x"_s, u"a b"_s, u"a;b"_s, u"a\nb"_s, u"ens5:1"_s,
                                      u"-x"_s, u"averyveryverylong"_s, u"ä"_s, u"$(x)"_s})
            QCOMPARE(kindOf([&](AddressSettings &s) { s.device = device; }), ErrorKind::Usage);
        for (const int prefix : {0, 33, -1})
            QCOMPARE(kindOf([&](AddressSettings &s) { s.prefix = prefix; }), ErrorKind::Usage);
        QCOMPARE(kindOf([](AddressSettings &s) { s.gateway = ip("10.0.0.1"); }), ErrorKind::Usage);
        QCOMPARE(kindOf([](AddressSettings &s) { s.mac = mac("01:00:5e:00:00:01"); }), ErrorKind::Usage);
        QCOMPARE(kindOf([](AddressSettings &s) { s.mac = MacAddress(); }), ErrorKind::Usage);
        QCOMPARE(newAddressFile(ConfigFormat::Ifcfg, float1(), {}).error().kind, ErrorKind::Usage);
    }

    void documentsHavePaths_data()
    {
        QTest::addColumn<QString>("document");
        QTest::addColumn<QStringList>("paths");
        const auto row = [](const QString &below, const QStringList &paths) {
            QTest::addRow("%s", qPrintable(below)) << u"trop02/guests/Acilamwen/"_s + below << paths;
        };
        const QString nm = u"/etc/NetworkManager/system-connections/"_s;
        row(u"ifcfg/ifcfg-ens5"_s, {u"/etc/sysconfig/network-scripts/ifcfg-ens5"_s});
        row(u"ifcfg/ifcfg-a%20%27b%24"_s, {u"/etc/sysconfig/network-scripts/ifcfg-a 'b$"_s});
        row(u"nm/Wired%201.nmconnection"_s, {nm + u"Wired 1.nmconnection"_s, nm + u"Wired 1"_s});
        row(u"netplan/50-cloud.yaml"_s, {u"/etc/netplan/50-cloud.yaml"_s});
        row(u"guest/interfaces.txt"_s, {u"/etc/network/interfaces"_s});
        row(u"netplan/%C3%A4.yaml"_s, {u"/etc/netplan/ä.yaml"_s});
        for (const QString &none :
             {u"guest/hostname.txt"_s, u"ifcfg/route-ens5"_s, u"ifcfg/ifcfg-"_s, u"netplan/.yaml"_s,
              u"netplan/a.yml"_s, u"ifcfg/ifcfg-..%2F..%2Fpasswd"_s, u"ifcfg/ifcfg-a%2Fb"_s,
              u"netplan/..%2Fa.yaml"_s, u"nm/%2Ehidden.nmconnection"_s, u"netplan/a%0Ab.yaml"_s,
              u"netplan/a%00.yaml"_s, u"netplan/a%7F.yaml"_s, u"netplan/%FF.yaml"_s, u"netplan/%C2%9B.yaml"_s,
              u"netplan/x/a.yaml"_s, u"netplan"_s, u"docker/ps.json"_s})
            row(none, {});
        row(u"netplan/"_s + QString(200, u'x') + u".yaml"_s, {});
    }
    void documentsHavePaths()
    {
        QFETCH(QString, document);
        QFETCH(QStringList, paths);
        const auto found = pathsOnGuest(document);
        QCOMPARE(found.value_or(QStringList()), paths);
        if (paths.isEmpty())
            QCOMPARE(found.error().kind, ErrorKind::Usage);
    }

    void onlyAGuestsDocuments()
    {
        for (const QString &document : {u"trop02/host/interfaces.txt"_s, u"ifcfg/ifcfg-ens5"_s,
                                        u"trop02/declared/etc/network/interfaces"_s, u""_s})
            QVERIFY(!pathsOnGuest(document));
    }

    void guestsHaveFormats_data()
    {
        QTest::addColumn<Guest>("guest");
        QTest::addColumn<std::optional<ConfigFormat>>("format");
        const auto row = [](const char *name, const Guest &guest, std::optional<ConfigFormat> format) {
            QTest::newRow(name) << guest << format;
        };
        using enum ConfigFormat;
        row("the notes' guest", guestWith(u"fedora"_s, u"28"_s, {Ifcfg}), Ifcfg);
        row("no files, fedora 28", guestWith(u"fedora"_s, u"28"_s, {}), Ifcfg);
        row("no files, fedora 40", guestWith(u"fedora"_s, u"40"_s, {}), Keyfile);
        row("no files, centos 7", guestWith(u"centos"_s, u"7"_s, {}), Ifcfg);
        row("no files, rocky 9", guestWith(u"rocky"_s, u"9.3"_s, {}), Keyfile);
        row("no files, debian", guestWith(u"debian"_s, u"12"_s, {}), DebianInterfaces);
        row("no files, debian sid", guestWith(u"debian"_s, {}, {}), DebianInterfaces);
        row("no files, ubuntu 22.04", guestWith(u"ubuntu"_s, u"22.04"_s, {}), Netplan);
        row("no files, ubuntu 16.04", guestWith(u"ubuntu"_s, u"16.04"_s, {}), DebianInterfaces);
        row("no files, unknown", guestWith(u"alpine"_s, u"3"_s, {}), {});
        row("no files, no system", guestWith({}, {}, {}), {});
        row("no files, no version", guestWith(u"fedora"_s, {}, {}), {});
        row("netplan writes the others",
            guestWith(u"ubuntu"_s, u"22.04"_s, {Keyfile, Netplan, DebianInterfaces}), Netplan);
        row("both, the older", guestWith(u"centos"_s, u"8"_s, {Keyfile, Ifcfg}), Ifcfg);
        row("both, the newer", guestWith(u"fedora"_s, u"36"_s, {Ifcfg, Keyfile}), Keyfile);
        row("the older on a newer system", guestWith(u"fedora"_s, u"36"_s, {Ifcfg}), Ifcfg);
        row("files without a system", guestWith({}, {}, {Keyfile}), Keyfile);
        row("keyfiles on debian", guestWith(u"debian"_s, u"12"_s, {Keyfile}), Keyfile);
        Guest loopback = guestWith(u"fedora"_s, u"40"_s, {});
        loopback.configs.append(configOf(Ifcfg, u"lo"_s));
        row("the loopback counts for nothing", loopback, Keyfile);
        Guest unread = guestWith(u"fedora"_s, u"40"_s, {});
        unread.configsRead = false;
        row("not read", unread, {});
    }
    void guestsHaveFormats()
    {
        QFETCH(Guest, guest);
        QFETCH(std::optional<ConfigFormat>, format);
        QCOMPARE(guestFormat(guest), format);
    }
};

QTEST_GUILESS_MAIN(TestNewFile)
#include "test_new_file.moc"
