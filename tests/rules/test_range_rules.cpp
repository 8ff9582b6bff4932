#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const char *const foreignMac = "52:54:00:02:03:0a"; // in trop03's range
const char *const strangeMac = "52:54:00:77:77:01";
const char *const foreignIp = "192.168.203.10";

Policy wholePolicy()
{
    return policy({u"trop01"_s, u"trop02"_s, u"trop03"_s, u"trop04"_s});
}

/// One VM with one NAT NIC.
Domain natVm(const char *name, const char *macText, const char *address, int number = 0)
{
    return vm(name, form({liveNat(macText, number, 3)}), form({persistent(macText, "default", 3)}),
              guest({inside("ens3", macText, address, 3)}, {ifcfg("ens3", nullptr)}));
}

Fleet on(const char *name, const QList<Domain> &domains)
{
    Fleet all = fleet({hypervisor(name, domains)});
    (*all.hypervisors[0].networks)[1] = natNetwork(name[5] - '0', natMac, "Ulov");
    return all;
}

/// The four hypervisors' own policy, of which one is read.
QStringList wrongs02(const QList<Domain> &domains)
{
    Policy all = wholePolicy();
    QStringList ids = build::wrongs(on("trop02", domains), all);
    ids.removeIf([](const QString &id) { return id.startsWith(u"source-unreachable"); });
    return ids;
}

QString messageOf(const Fleet &fleet, const char *rule, const Policy &policy = wholePolicy())
{
    return findingOf(judged(fleet, policy), rule).message;
}

} // namespace

class TestRangeRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { otherFamilies() = {u"network"_s, u"reservation"_s}; }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aMacOfAnotherHypervisor()
    {
        QCOMPARE(wrongs02({natVm("Ulov", natMac, natIp)}), QStringList());
        const QList<Domain> wrong{natVm("Ulov", foreignMac, natIp)};
        QCOMPARE(wrongs02(wrong),
                 QStringList(u"nic-mac-out-of-range:trop02/vm/Ulov/nic/52:54:00:02:03:0a"_s));
        const Finding finding = findingOf(judged(on("trop02", wrong), wholePolicy()), "nic-mac-out-of-range");
        QVERIFY2(finding.message.contains(u"it is in trop03's range 52:54:00:02:03:00/40"_s),
                 qPrintable(finding.message));
        QVERIFY2(finding.message.contains(u"The network reserves 52:54:00:02:02:0f for Ulov."_s),
                 qPrintable(finding.message));
        QVERIFY(finding.evidence.contains(Quote{{u"network.xml"_s, 14, 14}, {}}));
        QVERIFY(isSteady(on("trop02", wrong), wholePolicy()));
    }

    void aMacOfNobody()
    {
        const QList<Domain> wrong{natVm("Ulov", strangeMac, natIp)};
        QVERIFY2(
            messageOf(on("trop02", wrong), "nic-mac-out-of-range").contains(u"in no hypervisor's range"_s),
            qPrintable(messageOf(on("trop02", wrong), "nic-mac-out-of-range")));
    }

    void onlyThePersistentNicIsOutOfRange()
    {
        Domain vm = natVm("Ulov", natMac, natIp);
        vm.live.reset();
        vm.guest.reset();
        vm.state = DomainState::ShutOff;
        QCOMPARE(wrongs02({vm}), QStringList());
        vm.inactive->nics[0].mac = mac(foreignMac);
        QCOMPARE(wrongs02({vm}), QStringList(u"nic-mac-out-of-range:trop02/vm/Ulov/nic/52:54:00:02:03:0a"_s));
    }

    void bridgedNicsAndFloatsHaveNoRange()
    {
        Domain vm = natVm("Ulov", natMac, natIp);
        vm.live->nics.append(liveBridged(strangeMac, 1, 7));
        vm.inactive->nics.append(persistent(strangeMac, "bridged", 7));
        vm.guest->system.interfaces->items.append(inside("ens7", strangeMac, "129.215.175.50", 7));
        QCOMPARE(wrongs02({vm}), QStringList());
        QCOMPARE(wrongs02({healthyAcilamwen()}), QStringList());
        // A float on the NAT network is the floats' rules' business.
        Domain misplaced = healthyAcilamwen();
        misplaced.live->nics[1].network = u"default"_s;
        misplaced.live->nics[1].bridge = u"virbr0"_s;
        misplaced.inactive->nics[1].network = u"default"_s;
        QCOMPARE(wrongs02({misplaced}),
                 QStringList(u"float-wrong-network:trop02/vm/Acilamwen/nic/52:54:00:00:01:00"_s));
    }

    void aCopyIsADuplicateAndNoStray()
    {
        Fleet all = on("trop02", {natVm("Ulov", foreignMac, natIp)});
        all.hypervisors.append(on("trop03", {natVm("Larithiel", foreignMac, foreignIp)}).hypervisors);
        const Policy both = policy({u"trop02"_s, u"trop03"_s});
        QCOMPARE(build::wrongs(all, both),
                 QStringList(u"nic-mac-duplicate:trop02/vm/Ulov/nic/52:54:00:02:03:0a"_s));
    }

    void noRangeNoJudgement()
    {
        const QList<Domain> strange{natVm("Ulov", strangeMac, "10.0.0.1")};
        Policy blind = policy();
        blind.hypervisors[0].macs.reset();
        blind.hypervisors[0].subnet.reset();
        Fleet all = on("trop02", strange);
        (*all.hypervisors[0].networks)[1].form->address.reset();
        QCOMPARE(build::wrongs(all, blind), QStringList());
        all.hypervisors[0].networks.reset(); // whether it is a NAT network is not known
        QCOMPARE(build::wrongs(all, policy()), QStringList());
        all = on("trop02", strange); // a network of somebody's own
        Policy expecting = policy();
        expecting.expectedNetworks = QStringList{u"bridged"_s};
        QCOMPARE(findingsOf(judged(all, expecting), "nic-mac-out-of-range").size(), 0);
        QCOMPARE(findingsOf(judged(all, expecting), "nic-ip-out-of-range").size(), 0);
    }

    void anAddressOfAnotherHypervisor()
    {
        const QList<Domain> wrong{natVm("Ulov", natMac, foreignIp)};
        QCOMPARE(wrongs02(wrong), QStringList(u"nic-ip-out-of-range:trop02/vm/Ulov/if/ens3"_s));
        const QString message = messageOf(on("trop02", wrong), "nic-ip-out-of-range");
        QVERIFY2(message.contains(u"192.168.203.10 (it is in trop03's subnet 192.168.203.0/24)"_s),
                 qPrintable(message));
        QVERIFY(isSteady(on("trop02", wrong), wholePolicy()));
    }

    void anAddressInAFile()
    {
        Domain vm = natVm("Ulov", natMac, natIp);
        vm.guest->configs[0] = ifcfg("ens3", natMac, foreignIp);
        QCOMPARE(wrongs02({vm}), QStringList(u"nic-ip-out-of-range:trop02/vm/Ulov/if/ens3"_s));
        QVERIFY2(
            messageOf(on("trop02", {vm}), "nic-ip-out-of-range").contains(u"192.168.203.10 in its file"_s),
            qPrintable(messageOf(on("trop02", {vm}), "nic-ip-out-of-range")));
        vm.guest->system.interfaces.reset(); // the file alone, by the MAC that it names
        QCOMPARE(wrongs02({vm}), QStringList(u"nic-ip-out-of-range:trop02/vm/Ulov/if/ens3"_s));
        vm.guest->configs[0] = ifcfg("ens3", nullptr, foreignIp); // whose interface it is, is not known
        QCOMPARE(wrongs02({vm}), QStringList());
    }

    void addressesThatMayStandThere()
    {
        for (const char *address : {"169.254.3.4", "127.0.0.2"}) {
            Domain vm = natVm("Ulov", natMac, natIp);
            vm.guest->system.interfaces->items[0].addresses.append({ip(address), 16});
            QCOMPARE(wrongs02({vm}), QStringList());
        }
        Domain vm = natVm("Ulov", natMac, natIp);
        vm.guest->system.interfaces->items[0].addresses.append({ip("10.9.8.7"), 32});
        QCOMPARE(wrongs02({vm}), QStringList());
        vm.guest->system.interfaces->items[0].addresses[1].prefix = 24;
        QCOMPARE(wrongs02({vm}).size(), 1);
        Domain docker = natVm("Ulov", natMac, natIp);
        docker.guest->system.interfaces->items.append(inside("docker0", "02:42:ac:11:00:01", "172.17.0.1"));
        QCOMPARE(wrongs02({docker}), QStringList());
    }

    void aFloatsAddressIsTheFloatsBusiness()
    {
        QCOMPARE(wrongs02({natVm("Ulov", natMac, float1Ip)}),
                 QStringList(u"float-mac-ip-mismatch:trop02/vm/Ulov/if/ens3"_s));
    }

    void whoFollowsAWrongNetworkIsNotAtFault()
    {
        Fleet all = on("trop02", {natVm("Ulov", natMac, foreignIp)});
        (*all.hypervisors[0].networks)[1] = natNetwork(3);
        QCOMPARE(findingsOf(judged(all, wholePolicy()), "nic-ip-out-of-range").size(), 0);
    }

    // Taps

    Fleet withTaps(const QList<Interface> &taps, const QList<Domain> &domains)
    {
        Fleet all = on("trop02", domains);
        all.hypervisors[0].host.interfaces = InterfaceList{taps, false};
        return all;
    }

    void healthyTaps()
    {
        const QList<Interface> taps{onHost("vnet0", "fe:54:00:02:02:0f", nullptr, "tun"),
                                    onHost("vnet1", "fe:54:00:00:01:00", nullptr, "tun"),
                                    onHost("tun0", nullptr, "10.8.0.1", "tun"),
                                    onHost("veth12ab", "02:42:00:00:00:07", nullptr, "veth"),
                                    onHost("vnet7", "fe:00:00:00:00:07", nullptr, "veth"), // LXC's
                                    onHost("virbr0-nic", "52:54:00:aa:bb:cc", nullptr, "tun"),
                                    onHost("tap0", "0e:00:00:00:00:01", nullptr, "tun")};
        QCOMPARE(build::wrongs(withTaps(taps, {healthyAcilamwen()})), QStringList());
    }

    void aTapLeftBehind()
    {
        Interface left = onHost("vnet9", "fe:54:00:02:02:0a", nullptr, "tun");
        left.master = u"br0"_s;
        Domain ulov = natVm("Ulov", "52:54:00:02:02:0a", "192.168.202.10", 4);
        const Fleet all = withTaps({left, onHost("vnet4", "fe:54:00:02:02:0a")}, {ulov, healthyAcilamwen()});
        const QList<Finding> findings = judged(all);
        QCOMPARE(build::wrongs(findings), QStringList(u"nic-tap-mismatch:trop02/if/vnet9"_s));
        QVERIFY2(findingOf(findings, "nic-tap-mismatch")
                     .message.contains(u"a NIC of Ulov, whose tap is now vnet4"_s),
                 qPrintable(findings.front().message));
        QCOMPARE(findings.front().related, QStringList(u"trop02/bridge/br0"_s));
        QVERIFY(isSteady(all));
    }

    void nobodysIsSaidOnlyWhereAllAreKnown()
    {
        const QList<Interface> left{onHost("vnet9", "fe:54:00:02:02:0a", nullptr, "tun")};
        Domain running = vm("Ulov"); // its description was not read
        QCOMPARE(build::wrongs(withTaps(left, {running})), QStringList());
        running.live = fragment({});
        QCOMPARE(build::wrongs(withTaps(left, {running})), QStringList());
        QCOMPARE(build::wrongs(withTaps(left, {vm("Ulov", DomainState::ShutOff)})).size(), 1);
        // A domain that only its own document tells of: there may be more that nobody listed.
        Domain described = natVm("Ulov", natMac, natIp);
        described.state = DomainState::Unknown;
        QCOMPARE(build::wrongs(withTaps(left, {described})), QStringList());
        Fleet unread = withTaps(left, {});
        unread.hypervisors[0].domains.reset();
        QCOMPARE(build::wrongs(unread), QStringList());
        // A listing with lines left out shows what is there all the same.
        Fleet cut = withTaps(left, {});
        cut.hypervisors[0].host.interfaces->elided = true;
        QCOMPARE(build::wrongs(cut).size(), 1);
    }

    void theNotesTapsFit()
    {
        QList<Interface> taps;
        for (int i = 1; i <= 4; ++i)
            taps.append(onHost(qPrintable(u"vnet%1"_s.arg(i)), "fe:54:00:00:01:01"));
        Fleet all = withTaps(taps, {notesAcilamwen(), vm("Ulov")});
        all.hypervisors[0].host.interfaces->elided = true;
        QCOMPARE(findingsOf(judged(all), "nic-tap-mismatch").size(), 0);
    }

    void aTapWithAnotherMac()
    {
        const Fleet all =
            withTaps({onHost("vnet0", "fe:54:00:02:02:10", nullptr, "tun")}, {natVm("Ulov", natMac, natIp)});
        const QList<Finding> findings = judged(all);
        QCOMPARE(build::wrongs(findings),
                 QStringList(u"nic-tap-mismatch:trop02/vm/Ulov/nic/52:54:00:02:02:0f"_s));
        QVERIFY2(
            findingOf(findings, "nic-tap-mismatch").message.contains(u"it should be fe:54:00:02:02:0f"_s),
            qPrintable(findings.front().message));
    }

    void tapsThatHaveAnyMac()
    {
        Domain direct = natVm("Ulov", natMac, natIp);
        direct.live->nics[0].kind = NicKind::Ethernet;
        QCOMPARE(
            findingsOf(judged(withTaps({onHost("vnet0", "0e:00:00:00:00:01")}, {direct})), "nic-tap-mismatch")
                .size(),
            0);
        Domain macvtap = natVm("Ulov", natMac, natIp);
        macvtap.live->nics[0].target = u"macvtap0"_s;
        QCOMPARE(findingsOf(judged(withTaps({onHost("macvtap0", natMac, nullptr, "macvtap")}, {macvtap})),
                            "nic-tap-mismatch")
                     .size(),
                 0);
        // libvirt makes fa of a NIC's fe.
        Domain fe = natVm("Ulov", "fe:54:00:02:02:0f", natIp);
        QCOMPARE(
            findingsOf(judged(withTaps({onHost("vnet0", "fa:54:00:02:02:0f")}, {fe})), "nic-tap-mismatch")
                .size(),
            0);
        Interface unread = onHost("vnet0", nullptr);
        QCOMPARE(build::wrongs(withTaps({unread}, {natVm("Ulov", natMac, natIp)})), QStringList());
    }

    // Addresses twice

    void twoVmsOfOneNatNetwork()
    {
        const Domain a = natVm("Ulov", natMac, natIp);
        const Domain b = natVm("Araybwyn", "52:54:00:02:02:08", natIp, 1);
        const QStringList id{u"ip-duplicate:trop02/vm/Araybwyn/if/ens3"_s};
        QCOMPARE(wrongs02({a, b}), id);
        const Fleet all = on("trop02", {a, b});
        QVERIFY(isSteady(all));
        QCOMPARE(findingOf(judged(all), "ip-duplicate").related, QStringList(u"trop02/vm/Ulov/if/ens3"_s));
        // The other hypervisor's network is another network.
        Fleet apart = on("trop02", {a});
        apart.hypervisors.append(on("trop03", {b}).hypervisors);
        QCOMPARE(findingsOf(judged(apart, wholePolicy()), "ip-duplicate").size(), 0);
    }

    Domain bridgedVm(const char *name, const char *macText, const char *address)
    {
        return vm(name, form({liveBridged(macText, 5, 7)}), form({persistent(macText, "bridged", 7)}),
                  guest({inside("ens7", macText, address, 7)}, {ifcfg("ens7", macText, address)}));
    }

    void twoVmsOfThePublicSegment()
    {
        Fleet all = on("trop02", {bridgedVm("Ulov", "52:54:00:11:00:01", "129.215.175.50")});
        all.hypervisors.append(
            on("trop03", {bridgedVm("Larithiel", "52:54:00:11:00:02", "129.215.175.50")}).hypervisors);
        const Policy both = policy({u"trop02"_s, u"trop03"_s});
        QCOMPARE(build::wrongs(all, both), QStringList(u"ip-duplicate:trop02/vm/Ulov/if/ens7"_s));
        QVERIFY(isSteady(all, both));
        // Whether a bridge without a network leads to the same wire is not known.
        for (Hypervisor &hypervisor : all.hypervisors)
            hypervisor.networks.reset();
        for (Hypervisor &hypervisor : all.hypervisors)
            for (auto *form : {&(*hypervisor.domains)[0].live, &(*hypervisor.domains)[0].inactive}) {
                (*form)->nics[0].network.clear();
                (*form)->nics[0].bridge = u"br0"_s;
            }
        QCOMPARE(build::wrongs(all, both), QStringList());
    }

    void twoHostsOnOneWire()
    {
        Fleet all = on("trop02", {});
        all.hypervisors.append(on("trop03", {}).hypervisors);
        for (int i = 0; i < 2; ++i)
            all.hypervisors[i].host.interfaces = InterfaceList{
                {onHost("br0", i ? "0c:c4:7a:35:12:08" : "0c:c4:7a:35:12:06", "129.215.175.97"),
                 onHost("docker0", "02:42:ac:11:00:01", "172.17.0.1", "bridge"),
                 onHost("virbr0", i ? "52:54:00:02:03:01" : "52:54:00:02:02:01", "192.168.122.1", "bridge"),
                 onHost("lo", nullptr, "127.0.0.1")},
                false};
        const Policy both = policy({u"trop02"_s, u"trop03"_s});
        QCOMPARE(build::wrongs(all, both), QStringList(u"ip-duplicate:trop02/bridge/br0"_s));
        all.hypervisors[1].host.interfaces->items[0].addresses[0].address = ip("129.215.175.98");
        QCOMPARE(build::wrongs(all, both), QStringList());
    }

    void aPrivateWireThatTwoHostsShare()
    {
        Fleet all = on("trop02", {});
        all.hypervisors.append(on("trop03", {}).hypervisors);
        for (int i = 0; i < 2; ++i) {
            Interface port = onHost("eth1", i ? "0c:c4:7a:35:12:09" : "0c:c4:7a:35:12:07");
            port.master = u"br1"_s;
            all.hypervisors[i].host.interfaces = InterfaceList{
                {onHost("br1", i ? "0c:c4:7a:35:12:09" : "0c:c4:7a:35:12:07", "192.168.137.233", "bridge"),
                 port},
                false};
        }
        const Policy both = policy({u"trop02"_s, u"trop03"_s});
        QCOMPARE(build::wrongs(all, both), QStringList(u"ip-duplicate:trop02/bridge/br1"_s));
        for (int i = 0; i < 2; ++i) // a bridge without a wire is each host's own
            all.hypervisors[i].host.interfaces->items[1].master.clear();
        QCOMPARE(build::wrongs(all, both), QStringList());
    }

    void aVmWithItsHostsAddress()
    {
        Fleet all = on("trop02", {natVm("Ulov", natMac, "192.168.202.1")});
        QCOMPARE(build::wrongs(all), QStringList(u"ip-duplicate:trop02/vm/Ulov/if/ens3"_s));
        all.hypervisors[0].host.interfaces =
            InterfaceList{{onHost("virbr0", "52:54:00:02:02:01", "192.168.202.1", "bridge")}, false};
        QCOMPARE(build::wrongs(all), QStringList(u"ip-duplicate:trop02/vm/Ulov/if/ens3"_s));
    }

    void aPortThatShowsItsBridgesAddress()
    {
        Interface eth0 = onHost("eth0", "0c:c4:7a:35:12:06", "129.215.175.97");
        eth0.master = u"br0"_s;
        Fleet all = on("trop02", {});
        all.hypervisors[0].host.interfaces =
            InterfaceList{{onHost("br0", "0c:c4:7a:35:12:06", "129.215.175.97"), eth0}, false};
        QCOMPARE(build::wrongs(all), QStringList());
    }

    void whatOtherRulesExplain()
    {
        // One MAC gets one lease.
        QCOMPARE(wrongs02({natVm("Ulov", natMac, natIp), natVm("Araybwyn", natMac, natIp, 1)}),
                 QStringList(u"nic-mac-duplicate:trop02/vm/Araybwyn/nic/52:54:00:02:02:0f"_s));
        // One domain on two hypervisors.
        Fleet twice = on("trop02", {bridgedVm("Ulov", "52:54:00:11:00:01", "129.215.175.50")});
        twice.hypervisors.append(
            on("trop03", {bridgedVm("Ulov", "52:54:00:11:00:02", "129.215.175.50")}).hypervisors);
        QCOMPARE(findingsOf(judged(twice, wholePolicy()), "ip-duplicate").size(), 0);
        // A float has rules of its own.
        Fleet claimed = on("trop02", {healthyAcilamwen()});
        Domain other = healthyAcilamwen();
        other.name = u"Haloweth"_s;
        for (auto *form : {&other.live, &other.inactive})
            (*form)->nics[0].mac = mac("52:54:00:02:03:08");
        other.guest->system.interfaces->items[0] = inside("ens3", "52:54:00:02:03:08", "192.168.203.8", 3);
        claimed.hypervisors.append(on("trop03", {other}).hypervisors);
        QCOMPARE(build::wrongs(claimed, policy({u"trop02"_s, u"trop03"_s})),
                 QStringList(u"float-claimed-twice:float/float1"_s));
    }

    void oneVmWithAnAddressTwice()
    {
        Domain vm = natVm("Ulov", natMac, natIp);
        vm.live->nics.append(liveNat("52:54:00:02:02:20", 1, 4));
        vm.inactive->nics.append(persistent("52:54:00:02:02:20", "default", 4));
        vm.guest->system.interfaces->items.append(inside("ens4", "52:54:00:02:02:20", natIp, 4));
        QCOMPARE(wrongs02({vm}), QStringList(u"ip-duplicate:trop02/vm/Ulov/if/ens3"_s));
        // A bridge above shows the address; what is above is nobody's NIC.
        vm.guest->system.interfaces->items[1] = inside("br0", natMac, natIp);
        vm.live->nics.removeLast();
        vm.inactive->nics.removeLast();
        QCOMPARE(wrongs02({vm}), QStringList());
    }

    void containersAddressesAreTheirOwn()
    {
        Domain a = natVm("Ulov", natMac, natIp);
        Domain b = natVm("Araybwyn", "52:54:00:02:02:08", "192.168.202.8", 1);
        for (Domain *vm : {&a, &b}) {
            vm->guest->system.interfaces->items.append(inside("docker0", "02:42:ac:11:00:01", "172.17.0.1"));
            Interface lo = inside("lo", nullptr, "10.0.0.1"); // a virtual address of a balancer
            lo.addresses[0].prefix = 32;
            vm->guest->system.interfaces->items.append(lo);
        }
        QCOMPARE(wrongs02({a, b}), QStringList());
    }

    void aFileThatIsForLaterIsNoConflict()
    {
        Domain a = natVm("Ulov", natMac, natIp);
        Domain b = natVm("Araybwyn", "52:54:00:02:02:08", "192.168.202.8", 1);
        b.guest->configs[0] = ifcfg("ens3", "52:54:00:02:02:08", natIp);
        QCOMPARE(wrongs02({a, b}), QStringList(u"ip-duplicate:trop02/vm/Araybwyn/if/ens3"_s));
        b.guest->configs[0].onBoot = false;
        QCOMPARE(wrongs02({a, b}), QStringList());
    }

    void globalIpv6()
    {
        Domain a = natVm("Ulov", natMac, natIp);
        Domain b = natVm("Araybwyn", "52:54:00:02:02:08", "192.168.202.8", 1);
        for (Domain *vm : {&a, &b})
            vm->guest->system.interfaces->items[0].addresses6 = {{*Ipv6::fromString(u"fe80::1"), 64}};
        QCOMPARE(wrongs02({a, b}), QStringList());
        for (Domain *vm : {&a, &b})
            vm->guest->system.interfaces->items[0].addresses6.append({*Ipv6::fromString(u"2001:db8::7"), 64});
        QCOMPARE(wrongs02({a, b}), QStringList(u"ip-duplicate:trop02/vm/Araybwyn/if/ens3"_s));
    }
};

QTEST_GUILESS_MAIN(TestRangeRules)
#include "test_range_rules.moc"
