#include "tests/rules/judging.h"
#include "tests/support/host_builder.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString br0 = u"trop02/bridge/br0"_s;

QStringList idsOf(const Hypervisor &hypervisor)
{
    return allIds(judged(fleet({hypervisor}), hostPolicy()));
}

Finding first(const Hypervisor &hypervisor, const char *rule)
{
    return findingOf(judged(fleet({hypervisor}), hostPolicy()), rule);
}

QStringList only(const char *rule, const QString &subject)
{
    return {QString::fromLatin1(rule) + u':' + subject};
}

/// What interfaces-drift says of br0, without the frame.
QString drift(const Hypervisor &hypervisor, const char *name = "br0")
{
    QString message = first(hypervisor, "interfaces-drift").message;
    message.remove(u"%1 on trop02 is not as declared: "_s.arg(str(name)));
    message.remove(u" The file on the host agrees with the declared one."_s);
    return message;
}

InterfaceConfig &configIn(QList<InterfaceConfig> &configs, const char *device)
{
    for (InterfaceConfig &config : configs)
        if (config.device == QLatin1String(device))
            return config;
    Q_ASSERT(false);
    return configs.first();
}

/// br0 and its port as the notes' ifconfig prints them: neither kinds nor masters, lines left out.
void printAsIfconfig(Hypervisor &hypervisor)
{
    for (Interface &interface : hypervisor.host.interfaces->items) {
        interface.kind.clear();
        interface.master.clear();
        interface.up.reset();
        interface.carrier.reset();
    }
    hypervisor.host.interfaces->elided = true;
    hypervisor.host.bridgePorts.reset();
    hypervisor.host.routes.reset();
}

} // namespace

class TestBridgeRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aBridgeWithoutItsPort()
    {
        Hypervisor one = host();
        unplug(one, "eno1");
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("bridge-port-missing", br0));
        QCOMPARE(findings.front().message, u"The bridge br0 on trop02 is configured with the port eno1, and "
                                           u"does not have it. It has no port at "
                                           "all."_s);
        // On another bridge.
        Hypervisor moved = one;
        plug(moved, "eno1", "br1");
        QVERIFY(first(moved, "bridge-port-missing").message.contains(u"eno1 (it is a port of br1)"_s));
        // Gone: the port's own stanza says the same again.
        Hypervisor gone = one;
        gone.host.interfaces->items.removeIf([](const Interface &link) { return link.name == u"eno1"; });
        gone.declaredInterfaces->append(stanza("eno1", nullptr, nullptr, {}));
        QCOMPARE(idsOf(gone), only("bridge-port-missing", br0));
        QVERIFY(
            first(gone, "bridge-port-missing").message.contains(u"eno1 (the host has no such interface)"_s));
        // A VM's tap is no port that leads out.
        plug(one, "vnet0", "br0");
        QCOMPARE(idsOf(one), only("bridge-port-missing", br0));
        QVERIFY(first(one, "bridge-port-missing").message.endsWith(u"It has vnet0."_s));
    }

    void eitherDocumentTellsThePorts()
    {
        Hypervisor one = host();
        one.host.bridgePorts.reset();
        QCOMPARE(idsOf(one), QStringList());
        linkIn(one, "eno1").master.clear();
        QCOMPARE(idsOf(one), only("bridge-port-missing", br0));
        one.host.interfaces->elided = true;
        QCOMPARE(idsOf(one), QStringList());
        one = host();
        unplug(one, "eno1");
        one.host.interfaces.reset();
        QCOMPARE(idsOf(one), only("bridge-port-missing", br0));
        Fleet cut = fleet({one});
        cut.problems.append({u"trop02/bridge-link.json"_s, 3, u"lines are left out here"_s});
        QCOMPARE(allIds(judged(cut, hostPolicy())), QStringList());
    }

    void portsThatAreNotKnown()
    {
        Hypervisor one = host();
        printAsIfconfig(one);
        QCOMPARE(idsOf(one), QStringList());
        one.host.interfaces->elided = false;
        QCOMPARE(idsOf(one), QStringList());
        one.host.interfaces.reset();
        QCOMPARE(idsOf(one), QStringList());
    }

    void bridgesThatNeedNoPort()
    {
        Hypervisor one = host();
        unplug(one, "eno2");
        for (auto *configs : {&one.interfacesFile, &one.declaredInterfaces}) {
            InterfaceConfig &br1 = configIn(**configs, "br1");
            br1.bridgePorts.clear();
            br1.settings = {{u"bridge_ports"_s, u"none"_s, {}}};
        }
        QCOMPARE(idsOf(one), QStringList());
        one.interfacesFile.reset();
        one.declaredInterfaces.reset();
        QCOMPARE(idsOf(one), QStringList());
        // One that is not brought up by itself, and not there.
        one = host();
        for (auto *configs : {&one.interfacesFile, &one.declaredInterfaces}) {
            (*configs)->append(stanza("br7", nullptr, nullptr, {u"eno7"_s}));
            (*configs)->last().onBoot = false;
        }
        QCOMPARE(idsOf(one), QStringList());
    }

    void anotherPortThanDeclared()
    {
        Hypervisor one = host();
        unplug(one, "eno1");
        one.host.interfaces->items.append(netdev("eno3", "0c:c4:7a:35:12:04"));
        plug(one, "eno3", "br0");
        QCOMPARE(idsOf(one), only("interfaces-drift", br0));
        QCOMPARE(drift(one), u"ports declared eno1, running eno3."_s);
        // One more than declared.
        one = host();
        one.host.interfaces->items.append(netdev("eno3", "0c:c4:7a:35:12:99"));
        plug(one, "eno3", "br0");
        QCOMPARE(idsOf(one), only("interfaces-drift", br0));
        QCOMPARE(drift(one), u"ports declared eno1, running eno1 and eno3."_s);
        // The host's file alone is behind.
        one = host();
        configIn(*one.interfacesFile, "br0").bridgePorts.first().value = u"eth0"_s;
        QCOMPARE(idsOf(one), QStringList());
        // Where nothing is declared, the host's file is what counts.
        one.declaredInterfaces.reset();
        QCOMPARE(idsOf(one), only("bridge-port-missing", br0));
    }

    void aPortThatIsDown()
    {
        Hypervisor one = host();
        linkIn(one, "eno1").carrier = false;
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("bridge-port-down", br0));
        QCOMPARE(findings.front().message, u"A port of the bridge br0 on trop02 is down: eno1 has no link. "
                                           u"Nothing on the bridge reaches the "
                                           "outside."_s);
        linkIn(one, "eno1").up = false;
        QVERIFY(first(one, "bridge-port-down").message.contains(u"eno1 is switched off"_s));
        linkIn(one, "eno1").up.reset();
        linkIn(one, "eno1").carrier.reset();
        QCOMPARE(idsOf(one), QStringList());
    }

    void whatLeadsInwardsMayBeDown()
    {
        Hypervisor one = host();
        linkIn(one, "vnet0").carrier = false;
        linkIn(one, "virbr0").carrier = false;
        one.host.interfaces->items.append(netdev("virbr0-nic", "52:54:00:02:02:01", "tun", "virbr0"));
        one.host.interfaces->items.last().up = false;
        one.host.interfaces->items.append(netdev("docker0", "02:42:ac:11:00:01", "bridge"));
        one.host.interfaces->items.append(netdev("veth1a2b", "02:42:ac:11:00:02", "veth", "docker0"));
        one.host.interfaces->items.last().carrier = false;
        // A port that was never plugged in, on no bridge.
        one.host.interfaces->items.append(netdev("eno4", "0c:c4:7a:35:12:44"));
        one.host.interfaces->items.last().carrier = false;
        QCOMPARE(idsOf(one), QStringList());
    }

    void aBridgeWithAStrangersMac()
    {
        Hypervisor one = host();
        linkIn(one, "br0").mac = mac("fe:54:00:02:02:08");
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("bridge-mac-mismatch", br0));
        QCOMPARE(findings.front().message, u"The bridge br0 on trop02 has the MAC fe:54:00:02:02:08, which "
                                           u"none of its physical ports has: eno1 "
                                           "has 0c:c4:7a:35:12:04."_s);
        plug(one, "vnet0", "br0");
        QVERIFY(first(one, "bridge-mac-mismatch").message.endsWith(u"It is that of vnet0."_s));
        // A second port's is as good.
        one.host.interfaces->items.append(netdev("bond0", "fe:54:00:02:02:08", "bond"));
        plug(one, "bond0", "br0");
        QVERIFY(!idsOf(one).contains(u"bridge-mac-mismatch:"_s + br0));
    }

    void macsThatMayDiffer()
    {
        Hypervisor one = host();
        linkIn(one, "br0").mac = mac("02:00:00:00:00:01");
        Hypervisor set = one;
        for (auto *configs : {&set.interfacesFile, &set.declaredInterfaces})
            configIn(**configs, "br0").macaddr = Sourced<MacAddress>{mac("02:00:00:00:00:01"), {}};
        QCOMPARE(idsOf(set), QStringList());
        Hypervisor unknown = one;
        linkIn(unknown, "eno1").mac.reset();
        QCOMPARE(idsOf(unknown), QStringList());
        // libvirt gives its bridges a MAC of their own, ports or none; so do container engines.
        Hypervisor inner = host();
        linkIn(inner, "virbr0").mac = mac("52:54:00:99:99:99");
        inner.host.interfaces->items.append(netdev("docker0", "02:42:ac:11:00:01", "bridge"));
        QCOMPARE(idsOf(inner), QStringList());
        inner.host.interfaces->items.append(netdev("eno4", "0c:c4:7a:35:12:44"));
        plug(inner, "eno4", "virbr0");
        QCOMPARE(idsOf(inner), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestBridgeRules)
#include "test_bridge_rules.moc"
