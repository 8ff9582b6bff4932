#include "models/rules/known_keys.h"
#include "models/text/near_word.h"
#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const char *const publicMac = "52:54:00:11:00:07";
const char *const publicIp = "129.215.175.50";

/// A VM with a NAT NIC and one on the public network, whose file this is.
Domain withFile(const InterfaceConfig &config)
{
    return vm("Ulov", form({liveNat(natMac, 0, 3), liveBridged(publicMac, 1, 7)}),
              form({persistent(natMac, "default", 3), persistent(publicMac, "bridged", 7)}),
              guest({inside("ens3", natMac, natIp, 3), inside("ens7", publicMac, publicIp, 7)},
                    {ifcfg("ens3", nullptr), config}));
}

InterfaceConfig publicFile()
{
    InterfaceConfig made = ifcfg("ens7", publicMac, publicIp);
    set(made, "DEVICE", "ens7", 1);
    set(made, "HWADDR", publicMac, 8);
    set(made, "IPADDR", publicIp, 12);
    set(made, "NETMASK", "255.255.255.0", 9);
    return made;
}

const QStringList ens7{u"interface-config-invalid:trop02/vm/Ulov/if/ens7"_s};

QString messageOf(const Domain &domain, const char *rule = "interface-config-invalid")
{
    return findingOf(judged(fleetOf(domain)), rule).message;
}

/// Keys that a file of this format has, as the rule sees them.
QString unknownOf(ConfigFormat format, const char *key, const char *value = "yes")
{
    InterfaceConfig config;
    config.format = format;
    set(config, key, value);
    QStringList found;
    for (const UnknownKey &one : unknownKeys(config))
        found.append(one.setting->key + u'>' + one.nearest);
    return found.join(u' ');
}

Fleet withHostFile(const InterfaceConfig &config)
{
    Fleet all = fleetOf(healthyAcilamwen());
    all.hypervisors[0].interfacesFile = QList<InterfaceConfig>{config};
    return all;
}

InterfaceConfig bridgeStanza(const char *document = "trop02/host/interfaces.txt")
{
    InterfaceConfig made = configOf(ConfigFormat::DebianInterfaces, document, "br0", "129.215.175.97");
    made.bridgePorts.append({u"eth0"_s, {str(document), 16, 16}});
    for (const auto &[key, value] :
         {std::pair("iface", "br0 inet static"), std::pair("address", "129.215.175.97"),
          std::pair("netmask", "255.255.255.0"), std::pair("network", "129.215.175.0"),
          std::pair("gateway", "129.215.175.126"), std::pair("broadcast", "129.215.175.255"),
          std::pair("dns-nameservers", "195.194.120.1"), std::pair("bridge_ports", "eth0"),
          std::pair("bridge_maxwait", "0")})
        set(made, key, value, 10);
    made.gateway = gateway("129.215.175.126");
    return made;
}

} // namespace

class TestInterfaceConfigRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { otherFamilies() = {u"network"_s, u"reservation"_s}; }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keysOfEachFormat_data()
    {
        QTest::addColumn<ConfigFormat>("format");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("found");
        const auto row = [](ConfigFormat format, const char *key, const char *found) {
            QTest::newRow(key) << format << str(key) << str(found);
        };
        row(ConfigFormat::Ifcfg, "IPV4INIT", "IPV4INIT>IPV6INIT");
        row(ConfigFormat::Ifcfg, "ipaddr", "ipaddr>IPADDR");
        row(ConfigFormat::Ifcfg, "GATWAY", "GATWAY>GATEWAY");
        row(ConfigFormat::Ifcfg, "FLUXCOMPENSATOR", "FLUXCOMPENSATOR>");
        for (const char *known : {"IPADDR", "IPADDR0", "IPADDR12", "NETMASK1", "DNS3", "DCB_PG_UP2TC",
                                  "IEEE_8021X_PASSWORD", "TEAM_CONFIG", "ONPARENT", "NETWORK", "BROADCAST",
                                  "IPADDR_1", "STARTMODE", "KEY_ESP_OUT", "ARPCHECK2", "ZONE"})
            row(ConfigFormat::Ifcfg, known, "");
        row(ConfigFormat::Keyfile, "ipv4.adress1", "ipv4.adress1>ipv4.address");
        row(ConfigFormat::Keyfile, "ethernet.mac-adress", "ethernet.mac-adress>ethernet.mac-address");
        for (const char *known : {"ipv4.address1", "ipv4.route3_options", "ipv4.something-of-the-future",
                                  "connection.autoconnect-priority", "user.note", "802-3-ethernet.mtu",
                                  "bond.mode", "ipv6.addr-gen-mode"})
            row(ConfigFormat::Keyfile, known, "");
        row(ConfigFormat::Netplan, "adresses", "adresses>addresses");
        row(ConfigFormat::Netplan, "dhcp", "dhcp>dhcp4");
        row(ConfigFormat::Netplan, "match.macadress", "match.macadress>match.macaddress");
        row(ConfigFormat::Netplan, "routes.metrik", "routes.metrik>routes.metric");
        for (const char *known : {"addresses", "addresses.192.0.2.1/24.label", "routes.via", "dhcp4",
                                  "dhcp4-overrides.use-routes", "nameservers.search", "parameters.stp",
                                  "openvswitch.external-ids.a", "set-name", "access-points.My Net.password"})
            row(ConfigFormat::Netplan, known, "");
        row(ConfigFormat::DebianInterfaces, "adress", "adress>address");
        row(ConfigFormat::DebianInterfaces, "bridge_port", "bridge_port>bridge-ports");
        row(ConfigFormat::DebianInterfaces, "netmsak", "netmsak>netmask");
        for (const char *known : {"iface", "pre-up", "up", "dns-search", "bridge_fd", "bridge-vids",
                                  "bond_mode", "wpa-conf", "my-own-hook", "vlan_raw_device", "ip", "ups"})
            row(ConfigFormat::DebianInterfaces, known, "");
    }

    void keysOfEachFormat()
    {
        QFETCH(ConfigFormat, format);
        QFETCH(QString, key);
        QFETCH(QString, found);
        QCOMPARE(unknownOf(format, qPrintable(key)), found);
    }

    void aHostileFileIsBounded()
    {
        InterfaceConfig config;
        for (int i = 0; i < 100'000; ++i)
            set(config, qPrintable(u"ADDRESSX%1Z"_s.arg(i)), "x");
        QCOMPARE(unknownKeys(config).size(), 20);
        config.format = ConfigFormat::Netplan;
        QCOMPARE(unknownKeys(config).size(), 0);
    }

    void wordsThatAreNear()
    {
        QCOMPARE(slipsBetween(u"IPV4INIT", u"IPV6INIT", 2), 1);
        QCOMPARE(slipsBetween(u"netmsak", u"netmask", 2), 1); // neighbours swapped
        QCOMPARE(slipsBetween(u"adress", u"address", 2), 1);
        QCOMPARE(slipsBetween(u"", u"ab", 2), 2);
        QCOMPARE(slipsBetween(u"abc", u"abc", 0), 0);
        QCOMPARE(slipsBetween(u"abcdef", u"ghijkl", 2), 3);
        QCOMPARE(nearestWord({u"one"_s, u"two"_s}, u"TWO"_s, 0), u"two"_s);
        QCOMPARE(nearestWord({u"one"_s, u"two"_s}, u"three"_s, 2), QString());
        QCOMPARE(nearestWord({}, u"three"_s, 2), QString());
    }

    void theNotesKey()
    {
        QCOMPARE(wrongs(fleetOf(withFile(publicFile()))), QStringList());
        InterfaceConfig config = publicFile();
        set(config, "IPV4INIT", "yes", 6);
        set(config, "IPV6INIT", "yes", 7);
        const QList<Finding> findings = judged(fleetOf(withFile(config)));
        QCOMPARE(wrongs(findings), ens7);
        QCOMPARE(findings.front().message, u"ifcfg-ens7 in Ulov sets IPV4INIT, a key that nothing reads; the "
                                           "nearest known one is IPV6INIT, which it sets too."_s);
        QCOMPARE(findings.front().evidence.size(), 1);
        QCOMPARE(findings.front().evidence[0].source, (Source{u"ifcfg/ifcfg-ens7"_s, 6, 6}));
        QVERIFY(isSteady(fleetOf(withFile(config))));
    }

    void severalFaultsOfOneFileAreOneFinding()
    {
        InterfaceConfig config = publicFile();
        set(config, "IPV4INIT", "yes", 6);
        set(config, "NETWORK", "129.215.176.0", 9);
        config.gateway = gateway("129.215.176.1");
        const QList<Finding> findings = judged(fleetOf(withFile(config)));
        QCOMPARE(wrongs(findings), ens7);
        for (const char16_t *part :
             {u"IPV4INIT, a key", u"NETWORK=129.215.176.0", u"the gateway 129.215.176.1"})
            QVERIFY2(findings.front().message.contains(QStringView(part)),
                     qPrintable(findings.front().message));
    }

    void gateways_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("prefix"); // -1: not known
        QTest::addColumn<QString>("gate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("wrong");
        const auto row = [](const char *name, const char *address, int prefix, const char *gate,
                            const char *key, const char *value, bool wrong) {
            QTest::newRow(name) << str(address) << prefix << str(gate) << str(key) << str(value) << wrong;
        };
        row("inside", publicIp, 24, "129.215.175.126", "ZONE", "x", false);
        row("outside", publicIp, 24, "129.215.176.126", "ZONE", "x", true);
        row("mask too small", publicIp, 26, "129.215.175.126", "ZONE", "x", true);
        row("mask not known", publicIp, -1, "129.215.176.126", "ZONE", "x", false);
        row("an address alone", publicIp, 32, "129.215.175.126", "ZONE", "x", false);
        row("on-link", publicIp, 24, "129.215.176.126", "routes.on-link", "true", false);
        row("not on-link", publicIp, 24, "129.215.176.126", "routes.on-link", "false", true);
        row("pointopoint", publicIp, 24, "129.215.176.126", "pointopoint", "129.215.176.126", false);
    }

    void gateways()
    {
        QFETCH(QString, address);
        QFETCH(int, prefix);
        QFETCH(QString, gate);
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(bool, wrong);
        for (const ConfigFormat format : {ConfigFormat::Ifcfg, ConfigFormat::Keyfile, ConfigFormat::Netplan,
                                          ConfigFormat::DebianInterfaces}) {
            InterfaceConfig config = configOf(format, "file", "ens7", qPrintable(address));
            config.addresses[0].value.prefix = prefix < 0 ? std::nullopt : std::optional(prefix);
            config.gateway = gateway(qPrintable(gate));
            if (key.contains(u'.') || format == ConfigFormat::DebianInterfaces)
                set(config, qPrintable(key), qPrintable(value));
            else if (key != u"ZONE")
                continue;
            if (key.contains(u'.') && format == ConfigFormat::Ifcfg)
                continue;
            QCOMPARE(wrongs(fleetOf(withFile(config))), wrong ? ens7 : QStringList());
        }
    }

    void anotherStanzaMayHoldTheSubnet()
    {
        Domain vm = withFile(configOf(ConfigFormat::DebianInterfaces, "interfaces.txt", "ens7", "10.0.0.7"));
        vm.guest->configs[1].gateway = gateway("129.215.175.126");
        vm.guest->system.interfaces->items[1].addresses.append({ip("10.0.0.7"), 24});
        QCOMPARE(wrongs(fleetOf(vm)), QStringList()); // the kernel shows 129.215.175.50 too
        vm.guest->system.interfaces->items[1].addresses.removeFirst();
        QCOMPARE(wrongs(fleetOf(vm)), ens7);
        vm.guest->configs.append(
            configOf(ConfigFormat::DebianInterfaces, "interfaces.txt", "ens7", "129.215.175.50"));
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void theFloatsGateway()
    {
        Policy own = policy();
        own.floatGateway = ip("129.215.175.126");
        Domain vm = healthyAcilamwen();
        vm.guest->configs[1].gateway = gateway("129.215.175.126");
        QCOMPARE(wrongs(fleetOf(vm), own), QStringList());
        vm.guest->configs[1].gateway = gateway("129.215.175.1");
        const QList<Finding> findings = judged(fleetOf(vm), own);
        QCOMPARE(wrongs(findings), QStringList(u"interface-config-invalid:trop02/vm/Acilamwen/if/ens7"_s));
        QVERIFY2(findings.front().message.contains(u"the floats' gateway is 129.215.175.126"_s),
                 qPrintable(findings.front().message));
        vm.guest->configs[1].gateway.reset();
        QCOMPARE(wrongs(fleetOf(vm), own), QStringList());
    }

    void aWrongAddressExplainsTheRest()
    {
        // The address alone was mistyped: what belongs to the right one is not wrong as well.
        InterfaceConfig config = ifcfg("ens3", natMac, "192.168.203.15");
        set(config, "NETWORK", "192.168.202.0");
        config.gateway = gateway("192.168.202.1");
        Domain vm = withFile(publicFile());
        vm.guest->configs[0] = config;
        const QStringList id{u"nic-ip-out-of-range:trop02/vm/Ulov/if/ens3"_s};
        QCOMPARE(wrongs(fleetOf(vm)), id);
        // A gateway that is wrong for both is wrong by itself.
        vm.guest->configs[0].gateway = gateway("192.168.7.1");
        QCOMPARE(wrongs(fleetOf(vm)).size(), 2);
        // A float's address on the NAT network is the float's rule's.
        vm.guest->configs[0] = ifcfg("ens3", nullptr, float1Ip);
        vm.guest->configs[0].gateway = gateway("192.168.202.1");
        QCOMPARE(wrongs(fleetOf(vm)), QStringList(u"float-mac-ip-mismatch:trop02/vm/Ulov/if/ens3"_s));
        // On a float's own NIC nothing else says that the address is mistyped.
        Domain mistyped = healthyAcilamwen();
        mistyped.guest->configs[1] = ifcfg("ens7", float1Mac, "129.215.176.100");
        mistyped.guest->configs[1].gateway = gateway("129.215.175.126");
        mistyped.guest->system.interfaces->items[1] = inside("ens7", float1Mac, "129.215.176.100", 7);
        QCOMPARE(wrongs(fleetOf(mistyped)),
                 QStringList(u"interface-config-invalid:trop02/vm/Acilamwen/if/ens7"_s));
    }

    void networkAndBroadcast_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("prefix");
        QTest::addColumn<bool>("wrong");
        const auto row = [](const char *name, const char *key, const char *value, int prefix, bool wrong) {
            QTest::newRow(name) << str(key) << str(value) << prefix << wrong;
        };
        row("network", "NETWORK", "129.215.175.0", 24, false);
        row("other network", "NETWORK", "129.215.0.0", 24, true);
        row("no address", "NETWORK", "office", 24, true);
        row("numbered", "NETWORK0", "129.215.0.0", 24, true);
        row("empty", "NETWORK", "", 24, false);
        row("broadcast", "BROADCAST", "129.215.175.255", 24, false);
        row("other broadcast", "BROADCAST", "129.215.255.255", 24, true);
        row("small subnet", "BROADCAST", "129.215.175.63", 26, false);
        row("mask not known", "BROADCAST", "129.215.255.255", -1, false);
        row("no broadcast there", "BROADCAST", "129.215.255.255", 31, false);
    }

    void networkAndBroadcast()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(int, prefix);
        QFETCH(bool, wrong);
        for (const ConfigFormat format : {ConfigFormat::Ifcfg, ConfigFormat::DebianInterfaces}) {
            const bool debian = format == ConfigFormat::DebianInterfaces;
            if (debian && key.back().isDigit())
                continue;
            InterfaceConfig config = configOf(format, "file", "ens7", publicIp);
            config.addresses[0].value.prefix = prefix < 0 ? std::nullopt : std::optional(prefix);
            set(config, qPrintable(debian ? key.toLower() : key), qPrintable(value));
            QCOMPARE(wrongs(fleetOf(withFile(config))), wrong ? ens7 : QStringList());
        }
    }

    void ifupdownsSigns()
    {
        for (const char *sign : {"+", "-"}) {
            InterfaceConfig config = configOf(ConfigFormat::DebianInterfaces, "file", "ens7", publicIp);
            set(config, "broadcast", sign);
            QCOMPARE(wrongs(fleetOf(withFile(config))), QStringList());
        }
    }

    void twoFilesForOneDevice()
    {
        Domain vm = withFile(publicFile());
        InterfaceConfig second = ifcfg("ens7", nullptr, publicIp);
        second.source.document = u"ifcfg/ifcfg-eth1"_s;
        vm.guest->configs.append(second);
        QCOMPARE(wrongs(fleetOf(vm)), ens7);
        QVERIFY2(messageOf(vm).contains(u"ifcfg-ens7 and ifcfg-eth1 in Ulov are both for ens7"_s),
                 qPrintable(messageOf(vm)));
        QVERIFY(isSteady(fleetOf(vm)));

        const auto quietWith = [&](auto change) {
            Domain changed = vm;
            change(changed.guest->configs.last());
            return wrongs(fleetOf(changed)).isEmpty();
        };
        QVERIFY(quietWith([](InterfaceConfig &config) { config.onBoot = false; }));
        QVERIFY(quietWith([](InterfaceConfig &config) { config.source.document += u".bak"_s; }));
        QVERIFY(quietWith([](InterfaceConfig &config) { config.source.document += u"~"_s; }));
        QVERIFY(quietWith([](InterfaceConfig &config) { config.source.document += u"%7E"_s; }));
        QVERIFY(quietWith([](InterfaceConfig &config) { set(config, "AUTOCONNECT_PRIORITY", "10"); }));
        QVERIFY(quietWith([](InterfaceConfig &config) { config.device = u"ens7:1"_s; }));
        // A file bound to a MAC that is not there is passed over by the guest: that is said of it.
        Domain unknown = vm;
        unknown.guest->configs.last().hwaddr = Sourced<MacAddress>{mac("52:54:00:99:99:99"), {}};
        QCOMPARE(wrongs(fleetOf(unknown)), QStringList(u"nic-mac-unknown-inside:trop02/vm/Ulov/if/ens7"_s));
    }

    void twoFilesForOneMac()
    {
        Domain vm = withFile(publicFile());
        InterfaceConfig second = ifcfg("eth1", publicMac);
        vm.guest->configs.append(second);
        QCOMPARE(wrongs(fleetOf(vm)), ens7);
        Domain vlan = vm;
        vlan.guest->configs.last().device = u"ens7.42"_s;
        QCOMPARE(wrongs(fleetOf(vlan)), QStringList());
        vlan.guest->configs.last().device = u"data"_s;
        set(vlan.guest->configs.last(), "VLAN", "yes");
        QCOMPARE(wrongs(fleetOf(vlan)), QStringList());
    }

    void aFileForEachOfSeveralNicsWithOneMac()
    {
        Domain vm = labAcilamwen();
        vm.guest->configs.append(ifcfg("ens8", float2Mac));
        const QStringList ids = wrongs(fleetOf(vm));
        QVERIFY(ids.contains(u"float-duplicate-nic:trop02/vm/Acilamwen"_s));
        QVERIFY(ids.filter(u"interface-config-invalid"_s).isEmpty());
    }

    void netplanMergesAndStanzasAdd()
    {
        for (const ConfigFormat format : {ConfigFormat::Netplan, ConfigFormat::DebianInterfaces}) {
            Domain vm = withFile(configOf(format, "netplan/50-cloud-init.yaml", "ens7", publicIp));
            vm.guest->configs.append(configOf(format, "netplan/99-mine.yaml", "ens7", publicIp));
            if (format == ConfigFormat::DebianInterfaces)
                vm.guest->configs.last().source.document = vm.guest->configs[1].source.document;
            QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        }
        // Two names in netplan that are bound to one card are not merged.
        Domain vm = withFile(configOf(ConfigFormat::Netplan, "netplan/50-a.yaml", "ens7", publicIp));
        vm.guest->configs.append(configOf(ConfigFormat::Netplan, "netplan/60-b.yaml", "public", nullptr));
        for (int i = 1; i <= 2; ++i)
            vm.guest->configs[i].hwaddr = Sourced<MacAddress>{mac(publicMac), {}};
        QCOMPARE(wrongs(fleetOf(vm)), ens7);
    }

    void profilesOfNetworkManager()
    {
        Domain vm = withFile(configOf(ConfigFormat::Keyfile, "nm/a.nmconnection", "ens7", publicIp));
        vm.guest->configs.append(configOf(ConfigFormat::Keyfile, "nm/b.nmconnection", "ens7"));
        QCOMPARE(wrongs(fleetOf(vm)), ens7);
        set(vm.guest->configs.last(), "connection.autoconnect-priority", "-999");
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void aFloatThatIsNotBroughtUp()
    {
        Domain vm = healthyAcilamwen();
        vm.guest->configs[1].onBoot = false;
        set(vm.guest->configs[1], "ONBOOT", "no", 3);
        const QList<Finding> findings = judged(fleetOf(vm));
        QCOMPARE(wrongs(findings), QStringList(u"interface-config-invalid:trop02/vm/Acilamwen/if/ens7"_s));
        QCOMPARE(findings.front().message,
                 u"ifcfg-ens7 in Acilamwen gives float1's address with ONBOOT=no: it does not come up at a "
                 "restart."_s);
        vm.guest->configs[1].onBoot.reset(); // not said: brought up
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        // Any other interface may be kept down.
        InterfaceConfig config = publicFile();
        config.onBoot = false;
        QCOMPARE(wrongs(fleetOf(withFile(config))), QStringList());
    }

    void aFloatKeptDownInOtherFormats()
    {
        for (const auto &[format, key, value] :
             {std::tuple(ConfigFormat::Keyfile, "connection.autoconnect", "false"),
              std::tuple(ConfigFormat::Netplan, "activation-mode", "manual"),
              std::tuple(ConfigFormat::DebianInterfaces, "", "")}) {
            Domain vm = healthyAcilamwen();
            vm.guest->configs[1] = configOf(format, "file", "ens7", float1Ip);
            QCOMPARE(wrongs(fleetOf(vm)), QStringList());
            if (*key)
                set(vm.guest->configs[1], key, value);
            if (format != ConfigFormat::Netplan)
                vm.guest->configs[1].onBoot = false;
            QCOMPARE(wrongs(fleetOf(vm)),
                     QStringList(u"interface-config-invalid:trop02/vm/Acilamwen/if/ens7"_s));
        }
    }

    void hostsFiles()
    {
        QCOMPARE(wrongs(withHostFile(bridgeStanza())), QStringList());
        InterfaceConfig wrong = bridgeStanza();
        wrong.gateway = gateway("129.215.176.126");
        set(wrong, "bridge_prots", "eth0", 16);
        const QStringList id{u"interface-config-invalid:trop02/bridge/br0"_s};
        Fleet all = withHostFile(wrong);
        QList<Finding> findings = judged(all);
        QCOMPARE(wrongs(findings), id);
        QVERIFY2(
            findings.front().message.startsWith(u"/etc/network/interfaces of trop02 sets bridge_prots"_s),
            qPrintable(findings.front().message));
        QVERIFY(findings.front().message.contains(u"129.215.176.126"_s));
        // What the declared file has as well is said once.
        InterfaceConfig declared = wrong;
        declared.source.document = u"trop02/declared/etc/network/interfaces"_s;
        all.hypervisors[0].declaredInterfaces = QList<InterfaceConfig>{declared};
        QCOMPARE(judged(all).front().message, findings.front().message);
        all.hypervisors[0].interfacesFile.reset();
        QVERIFY(judged(all).front().message.startsWith(u"the declared interfaces of trop02 sets"_s) ||
                judged(all).front().message.startsWith(u"the declared interfaces of trop02"_s));
        QCOMPARE(wrongs(all), id);
        InterfaceConfig port = configOf(ConfigFormat::DebianInterfaces, "host/interfaces.txt", "eth5");
        set(port, "hwadress", "ether 00:11:22:33:44:55");
        QCOMPARE(wrongs(withHostFile(port)), QStringList(u"interface-config-invalid:trop02/if/eth5"_s));
    }

    // A file that changes the MAC

    InterfaceConfig overriding(const char *hwaddr, const char *macaddr)
    {
        InterfaceConfig made = ifcfg("ens7", hwaddr, publicIp);
        made.macaddr = Sourced<MacAddress>{mac(macaddr), {made.source.document, 9, 9}};
        return made;
    }

    void hwaddrAndMacaddr()
    {
        const char *const set = "52:54:00:11:00:99";
        const QStringList id{u"interface-mac-override:trop02/vm/Ulov/if/ens7"_s};
        Domain vm = withFile(overriding(publicMac, set));
        vm.guest->system.interfaces->items[1].mac = mac(set); // it is in force
        QCOMPARE(wrongs(fleetOf(vm)), id);
        QVERIFY2(messageOf(vm, "interface-mac-override").contains(u"HWADDR 52:54:00:11:00:07"_s),
                 qPrintable(messageOf(vm, "interface-mac-override")));
        QVERIFY(isSteady(fleetOf(vm)));
        vm.guest->configs[1].format = ConfigFormat::Keyfile; // there both have their sense
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        QCOMPARE(wrongs(fleetOf(withFile(overriding(publicMac, publicMac)))), QStringList());
    }

    void aMacThatIsNotInForce()
    {
        const QStringList id{u"interface-mac-override:trop02/vm/Ulov/if/ens7"_s};
        const Domain wrong = withFile(overriding(nullptr, "52:54:00:11:00:99"));
        QCOMPARE(wrongs(fleetOf(wrong)), id);
        QCOMPARE(wrongs(fleetOf(withFile(overriding(nullptr, publicMac)))), QStringList());
        Domain vm = wrong;
        vm.guest->configs[1].onBoot = false;
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = wrong;
        vm.guest->system.interfaces->items[1].up = false;
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = wrong;
        vm.guest->system.interfaces.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void theFloatsRuleExplainsIt()
    {
        Domain vm = healthyAcilamwen();
        vm.guest->configs[1].macaddr = Sourced<MacAddress>{mac(float2Mac), {}};
        vm.guest->system.interfaces->items[1].mac = mac(float2Mac);
        QCOMPARE(wrongs(fleetOf(vm)), QStringList(u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens7"_s));
    }

    // Names that udev keeps

    Domain withNames(const QList<PersistentName> &names)
    {
        Domain vm = withFile(publicFile());
        vm.guest->system.persistentNames = names;
        return vm;
    }

    void namesThatUdevKeeps()
    {
        const Source rule{u"udev-net.txt"_s, 2, 2};
        const MacAddress old = mac("52:54:00:99:99:99");
        QCOMPARE(wrongs(fleetOf(withNames({{mac(publicMac), u"ens7"_s, rule}}))), QStringList());
        QCOMPARE(wrongs(fleetOf(withNames({{old, u"eth9"_s, rule}}))), QStringList()); // stale, harmless
        QCOMPARE(wrongs(fleetOf(withNames({{old, u"ens7"_s, rule}, {mac(publicMac), u"ens7"_s, rule}}))),
                 QStringList());
        const Fleet all = fleetOf(withNames({{mac(natMac), u"ens7"_s, rule}}));
        const QList<Finding> findings = judged(all);
        QCOMPARE(wrongs(findings), QStringList(u"udev-name-other-mac:trop02/vm/Ulov/if/ens7"_s));
        QVERIFY2(findings.front().message.contains(u"52:54:00:02:02:0f, which ens3 has, but ens7 has"_s),
                 qPrintable(findings.front().message));
        QVERIFY(isSteady(all));
    }

    void aBondsMacIsNotItsMembers()
    {
        const Source rule{u"udev-net.txt"_s, 2, 2};
        Domain vm = withNames({{mac("52:54:00:99:99:99"), u"ens7"_s, rule}});
        vm.guest->system.interfaces->items.append(inside("bond0", publicMac));
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = withNames({{mac("52:54:00:99:99:99"), u"ens7"_s, rule}}); // a file set another
        vm.guest->configs[1].macaddr = Sourced<MacAddress>{mac(publicMac), {}};
        vm.guest->configs[1].hwaddr.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm.guest->system.interfaces.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void namesOnAHypervisor()
    {
        Fleet all = fleetOf(healthyAcilamwen());
        all.hypervisors[0].host.interfaces = InterfaceList{{onHost("eth0", "0c:c4:7a:35:12:06")}, false};
        all.hypervisors[0].host.persistentNames =
            QList<PersistentName>{{mac("0c:c4:7a:35:12:07"), u"eth0"_s, {u"udev-net.txt"_s, 1, 1}}};
        QCOMPARE(wrongs(all), QStringList(u"udev-name-other-mac:trop02/if/eth0"_s));
    }
};

QTEST_GUILESS_MAIN(TestInterfaceConfigRules)
#include "test_interface_config_rules.moc"
