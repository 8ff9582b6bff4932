#include "tests/rules/judging.h"
#include "tests/support/host_builder.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString bridgedSubject = u"trop02/network/bridged"_s;
const QString defaultSubject = u"trop02/network/default"_s;

Fleet of(const Hypervisor &hypervisor)
{
    return fleet({hypervisor});
}

QStringList idsOf(const Hypervisor &hypervisor, const Policy &policy = hostPolicy())
{
    return allIds(judged(of(hypervisor), policy));
}

QStringList only(const char *rule, const QString &subject)
{
    return {QString::fromLatin1(rule) + u':' + subject};
}

/// Four hypervisors, each as the notes have it.
QList<Hypervisor> four()
{
    return {host(1), host(2), host(3), host(4)};
}

void setSubnet(NetworkForm &form, int host)
{
    form.address = InterfaceAddress{natIpOf(host, 1), 24};
    form.ranges = {{natIpOf(host, 8), natIpOf(host, 15)}};
    for (Reservation &reservation : form.reservations)
        reservation.address = natIpOf(host, reservation.address->lastOctet());
}

QString driftOf(const Hypervisor &hypervisor)
{
    return findingOf(judged(of(hypervisor), hostPolicy()), "network-drift").message;
}

} // namespace

class TestNetworkRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { otherFamilies() = {u"nic"_s}; }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aHealthyHypervisorIsQuiet()
    {
        QCOMPARE(idsOf(host()), QStringList());
        QCOMPARE(allIds(judged(fleet(four()), hostPolicy(4))), QStringList());
    }

    void aMissingNetwork()
    {
        Hypervisor one = host();
        one.networks->removeFirst();
        const auto findings = judged(of(one), hostPolicy());
        QCOMPARE(allIds(findings), only("network-missing", bridgedSubject));
        QCOMPARE(findings.front().message,
                 u"trop02 is expected to run the network bridged, but libvirt there does not know it."_s);
        QCOMPARE(findings.front().evidence.front().source, (Source{u"trop02/net-list.txt"_s, 0, 0}));
        std::reverse(one.networks->begin(), one.networks->end());
        QCOMPARE(idsOf(one), only("network-missing", bridgedSubject));
    }

    void aDeclaredNetworkThatIsNotDefined()
    {
        Policy nothingExpected = hostPolicy();
        nothingExpected.expectedNetworks.clear();
        Hypervisor one = host();
        Network &bridged = networkIn(one, "bridged");
        bridged = Network{bridged.name, {}, {}, {}, {}, bridged.declared, {}, bridged.declared->source};
        QCOMPARE(idsOf(one, nothingExpected), only("network-missing", bridgedSubject));
        QCOMPARE(idsOf(one), only("network-missing", bridgedSubject));
        bridged.declared.reset();
        QCOMPARE(idsOf(one, nothingExpected), QStringList());
    }

    void aNetworkThatVmsHangOn()
    {
        Hypervisor one = host();
        (*one.domains)[0].inactive->nics.first().network = u"lab"_s;
        (*one.domains)[0].live->nics.first().network = u"lab"_s;
        const auto findings = judged(of(one), hostPolicy());
        QCOMPARE(allIds(findings), only("network-missing", u"trop02/network/lab"_s));
        QVERIFY2(findings.front().message.endsWith(u"VMs that hang on it: Araybwyn2."_s),
                 qPrintable(findings.front().message));
        QCOMPARE(findings.front().related, QStringList(u"trop02/vm/Araybwyn2"_s));
    }

    void whatWasNotListedIsNotMissing()
    {
        Hypervisor unread = host();
        unread.networks.reset();
        QCOMPARE(idsOf(unread), QStringList());
        // Only the declared files were read.
        Hypervisor declaredOnly = host();
        for (Network &network : *declaredOnly.networks)
            network = Network{network.name, {}, {}, {}, {}, network.declared, {}, network.declared->source};
        QCOMPARE(idsOf(declaredOnly), QStringList());
        // A table with lines left out.
        Hypervisor cut = host();
        cut.networks->removeFirst();
        Fleet all = of(cut);
        all.problems.append({u"trop02/net-list.txt"_s, 4, u"lines are left out here"_s});
        QCOMPARE(allIds(judged(all, hostPolicy())), QStringList());
        // Its XML says that it is defined, though the list was not read.
        Hypervisor xmlOnly = host();
        networkIn(xmlOnly, "bridged").active.reset();
        QCOMPARE(idsOf(xmlOnly), QStringList());
    }

    void anEmptyListIsKnown()
    {
        Hypervisor one = host();
        one.networks->clear();
        one.domains->clear();
        QCOMPARE(idsOf(one), (QStringList{u"network-missing:"_s + bridgedSubject,
                                          u"network-missing:"_s + defaultSubject}));
    }

    void anInactiveNetwork()
    {
        Hypervisor one = host();
        networkIn(one, "default").active = false;
        const auto findings = judged(of(one), hostPolicy());
        QCOMPARE(allIds(findings), only("network-inactive", defaultSubject));
        QCOMPARE(findings.front().message,
                 u"The network default on trop02 is defined but not active. VMs that hang on it: Araybwyn2, "
                 "Lothigometh2."_s);
        QCOMPARE(findings.front().fixes, QStringList(u"network-start"_s));
        networkIn(one, "default").autostart = false;
        QCOMPARE(idsOf(one), only("network-inactive", defaultSubject));
    }

    void aNetworkThatNobodyWantsMayBeOff()
    {
        Hypervisor one = host();
        Network stock = network("stock", "nat", "virbr1");
        stock.active = false;
        stock.autostart = false;
        stock.form->address = InterfaceAddress{ip("192.168.122.1"), 24};
        one.networks->append(stock);
        QCOMPARE(idsOf(one), QStringList());
        one.networks->last().autostart = true;
        QCOMPARE(idsOf(one), only("network-inactive", u"trop02/network/stock"_s));
    }

    void aNetworkThatWillNotComeBack()
    {
        Hypervisor one = host();
        networkIn(one, "default").autostart = false;
        const auto findings = judged(of(one), hostPolicy());
        QCOMPARE(allIds(findings), only("network-no-autostart", defaultSubject));
        QVERIFY(findings.front().message.endsWith(u"its autostart is off."_s));
        networkIn(one, "default").autostart.reset();
        QCOMPARE(idsOf(one), QStringList());
        networkIn(one, "default").persistent = false;
        QCOMPARE(idsOf(one), only("network-no-autostart", defaultSubject));
    }

    void aBridgeThatDoesNotExist()
    {
        Hypervisor one = host();
        unplug(one, "eno1");
        one.host.interfaces->items.removeIf([](const Interface &link) { return link.name == u"br0"; });
        const auto findings = judged(of(one), hostPolicy());
        // One finding: neither the declared file nor the port speak of it again.
        QCOMPARE(allIds(findings), only("network-bridge-missing", bridgedSubject));
        QCOMPARE(findings.front().related, QStringList(u"trop02/bridge/br0"_s));
        // Where the bridge may be in lines left out, the list of ports still tells.
        one.host.interfaces->elided = true;
        QCOMPARE(idsOf(one), only("bridge-port-missing", u"trop02/bridge/br0"_s));
        one.host.interfaces.reset();
        QCOMPARE(idsOf(one), only("bridge-port-missing", u"trop02/bridge/br0"_s));
        one.host.bridgePorts.reset();
        QCOMPARE(idsOf(one), QStringList());
    }

    void aStoppedNetworkHasNoBridge()
    {
        Hypervisor one = host();
        networkIn(one, "default").active = false;
        one.host.interfaces->items.removeIf([](const Interface &link) { return link.name == u"virbr0"; });
        QCOMPARE(idsOf(one), only("network-inactive", defaultSubject));
        networkIn(one, "default").active = true;
        QCOMPARE(idsOf(one), only("network-bridge-missing", defaultSubject));
    }

    void driftFieldByField_data()
    {
        using Change = std::function<void(NetworkForm &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const Change &change, const char *says) {
            QTest::newRow(name) << change << QString::fromUtf8(says);
        };
        row(
            "forward", [](NetworkForm &form) { form.forward = u"route"_s; },
            "forward declared nat, running route");
        row(
            "isolated", [](NetworkForm &form) { form.forward.clear(); },
            "forward declared nat, running isolated");
        row(
            "bridge", [](NetworkForm &form) { form.bridge = u"br1"_s; },
            "bridge declared virbr0, running br1");
        row(
            "mac", [](NetworkForm &form) { form.mac = mac("52:54:00:02:02:02"); },
            "MAC declared 52:54:00:02:02:01, running 52:54:00:02:02:02");
        row(
            "address", [](NetworkForm &form) { form.address->address = ip("192.168.202.2"); },
            "ip declared 192.168.202.1/24, running 192.168.202.2/24");
        row(
            "mask", [](NetworkForm &form) { form.address->prefix = 25; },
            "ip declared 192.168.202.1/24, running 192.168.202.1/25");
        row(
            "range", [](NetworkForm &form) { form.ranges.first().end = ip("192.168.202.99"); },
            "range declared 192.168.202.8 to 192.168.202.15, running 192.168.202.8 to 192.168.202.99");
        row(
            "no range", [](NetworkForm &form) { form.ranges.clear(); },
            "range declared 192.168.202.8 to 192.168.202.15, running none");
        row(
            "reservation less", [](NetworkForm &form) { form.reservations.removeLast(); },
            "reservation declared 192.168.202.15 for Acilamwen2 (52:54:00:02:02:0f), running none");
        row(
            "reservation more",
            [](NetworkForm &form) {
                form.ranges.first().end = ip("192.168.202.15");
                form.reservations.last().mac = mac("52:54:00:02:02:1f");
            },
            "reservation declared 192.168.202.15 for Acilamwen2 (52:54:00:02:02:0f), running 192.168.202.15 "
            "for "
            "Acilamwen2 (52:54:00:02:02:1f)");
        row(
            "reservation renamed", [](NetworkForm &form) { form.reservations.last().name = u"Other"_s; },
            "reservation declared 192.168.202.15 for Acilamwen2 (52:54:00:02:02:0f), running 192.168.202.15 "
            "for "
            "Other (52:54:00:02:02:0f)");
    }

    void driftFieldByField()
    {
        QFETCH(std::function<void(NetworkForm &)>, change);
        QFETCH(QString, says);
        Hypervisor one = host();
        change(*networkIn(one, "default").form);
        QCOMPARE(driftOf(one), u"The network default on trop02 is not as declared: %1."_s.arg(says));
        QCOMPARE(wrongs(of(one), hostPolicy()), only("network-drift", defaultSubject));
    }

    void differencesThatDoNotMatter()
    {
        Hypervisor one = host();
        Network &net = networkIn(one, "default");
        net.declared->mac.reset();
        net.declared->bridge.clear();
        net.declared->uuid.clear();
        net.declared->address->prefix.reset();
        std::reverse(net.declared->reservations.begin(), net.declared->reservations.end());
        QCOMPARE(idsOf(one), QStringList());
        net.form->ranges = {{ip("192.168.202.8"), ip("192.168.202.11")},
                            {ip("192.168.202.12"), ip("192.168.202.15")}};
        net.declared->ranges = net.form->ranges;
        std::reverse(net.declared->ranges.begin(), net.declared->ranges.end());
        QCOMPARE(idsOf(one), QStringList());
    }

    void driftNeedsBothAndWhole()
    {
        Hypervisor one = host();
        networkIn(one, "default").form->reservations.removeLast();
        Hypervisor undeclared = one;
        networkIn(undeclared, "default").declared.reset();
        QCOMPARE(idsOf(undeclared), QStringList());
        Fleet cut = of(one);
        cut.problems.append({u"trop02/network.xml"_s, 0, u"lines are left out of it"_s});
        QCOMPARE(allIds(judged(cut, hostPolicy())), QStringList());
        networkIn(cut.hypervisors[0], "default").form->forward = u"route"_s;
        QCOMPARE(wrongs(cut, hostPolicy()), only("network-drift", defaultSubject));
    }

    void driftIsSaidOnceAndInOneOrder()
    {
        Hypervisor one = host();
        Network &net = networkIn(one, "default");
        net.form->reservations.removeLast();
        net.form->reservations[0].name = u"Other"_s;
        (*one.domains)[0].name = u"Other"_s;
        const QString message = driftOf(one);
        QCOMPARE(message.count(u"reservation declared"_s), 2);
        std::reverse(net.form->reservations.begin(), net.form->reservations.end());
        std::reverse(net.declared->reservations.begin(), net.declared->reservations.end());
        QCOMPARE(driftOf(one), message);
        net.form->reservations.clear();
        QVERIFY(driftOf(one).size() < 4000);
    }

    void theOthersSubnet()
    {
        QList<Hypervisor> all = four();
        for (auto *form : {&networkIn(all[1], "default").form, &networkIn(all[1], "default").declared})
            setSubnet(**form, 3);
        auto findings = judged(fleet(all), hostPolicy(4));
        QCOMPARE(wrongs(findings), only("network-subnet-overlap", defaultSubject));
        QCOMPARE(findings.front().related, QStringList(u"trop03/network/default"_s));
        QCOMPARE(findings.front().message,
                 u"The network default on trop02 is 192.168.203.0/24; trop02's subnet is 192.168.202.0/24, "
                 u"and this "
                 "is trop03's; it overlaps default on trop03 (192.168.203.0/24)."_s);
        std::reverse(all.begin(), all.end());
        QCOMPARE(wrongs(fleet(all), hostPolicy(4)), only("network-subnet-overlap", defaultSubject));
        // The other hypervisor need not have been read.
        QCOMPARE(wrongs(fleet({all[2]}), hostPolicy()), only("network-subnet-overlap", defaultSubject));
    }

    void aChangedSubnetIsOneFault()
    {
        // Running only: what is declared is still right, and all that follows is this one fault.
        Hypervisor one = host();
        setSubnet(*networkIn(one, "default").form, 7);
        networkIn(one, "default").leases.reset();
        const auto findings = judged(of(one), hostPolicy());
        QCOMPARE(wrongs(findings), only("network-subnet-overlap", defaultSubject));
        QVERIFY2(findings.front().message.endsWith(u"declared is 192.168.202.0/24."_s),
                 qPrintable(findings.front().message));
    }

    void overlapsWithoutAPolicy()
    {
        Policy none;
        QList<Hypervisor> all = four();
        for (Hypervisor &one : all)
            for (auto *form : {&networkIn(one, "default").form, &networkIn(one, "default").declared})
                setSubnet(**form, 5);
        for (Hypervisor &one : all)
            networkIn(one, "default").leases.reset();
        auto findings = judged(fleet(all), none);
        QCOMPARE(wrongs(findings), only("network-subnet-overlap", u"trop01/network/default"_s));
        QCOMPARE(findings.front().related.size(), 3);
        std::reverse(all.begin(), all.end());
        QCOMPARE(wrongs(fleet(all), none), only("network-subnet-overlap", u"trop01/network/default"_s));
        // A wider one overlaps too.
        all = four();
        networkIn(all[3], "default").form->address = InterfaceAddress{ip("192.168.0.1"), 16};
        networkIn(all[3], "default").declared->address = networkIn(all[3], "default").form->address;
        findings = judged(fleet(all), none);
        QCOMPARE(wrongs(findings), only("network-subnet-overlap", u"trop04/network/default"_s));
        QCOMPARE(findings.front().related.size(), 3);
    }

    void subnetsThatDoNotMeet()
    {
        // Isolated networks may use what they like, and so may a second network beside the right one.
        QList<Hypervisor> all = four();
        for (Hypervisor &one : all) {
            Network isolated = network("storage", "", "virbr9");
            isolated.form->address = InterfaceAddress{ip("10.0.0.1"), 24};
            isolated.active = true;
            one.host.interfaces->items.append(netdev("virbr9", "52:54:00:00:00:99", "bridge"));
            one.networks->append(isolated);
        }
        Network lab = network("lab", "nat", "virbr8");
        lab.form->address = InterfaceAddress{ip("10.9.0.1"), 24};
        all[0].networks->append(lab);
        all[0].host.interfaces->items.append(netdev("virbr8", "52:54:00:00:00:98", "bridge"));
        QCOMPARE(allIds(judged(fleet(all), hostPolicy(4))), QStringList());
        // Within its hypervisor's subnet is right as well.
        Hypervisor half = host();
        for (auto *form : {&networkIn(half, "default").form, &networkIn(half, "default").declared})
            (*form)->address->prefix = 25;
        QCOMPARE(idsOf(half), QStringList());
    }

    void aSubnetThatIsNotKnown()
    {
        Hypervisor one = host();
        for (auto *form : {&networkIn(one, "default").form, &networkIn(one, "default").declared}) {
            (*form)->address.reset();
            (*form)->ranges.clear();
            (*form)->reservations.clear();
        }
        QCOMPARE(idsOf(one), QStringList());
    }
};

Q_DECLARE_METATYPE(std::function<void(NetworkForm &)>)

QTEST_GUILESS_MAIN(TestNetworkRules)
#include "test_network_rules.moc"
