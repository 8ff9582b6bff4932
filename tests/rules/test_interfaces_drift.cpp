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

class TestInterfacesDrift : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void addressesThatDrifted()
    {
        Hypervisor one = host();
        linkIn(one, "br0").addresses = {{ip("129.215.175.98"), 24}};
        QCOMPARE(idsOf(one), only("interfaces-drift", br0));
        QCOMPARE(first(one, "interfaces-drift").message,
                 u"br0 on trop02 is not as declared: address declared 129.215.175.97/24, running "
                 u"129.215.175.98/24. "
                 "The file on the host agrees with the declared one."_s);
        configIn(*one.interfacesFile, "br0").addresses.first().value.address = ip("129.215.175.98");
        QVERIFY(first(one, "interfaces-drift")
                    .message.endsWith(u"The file on the host differs from the declared one as well."_s));
        one = host();
        linkIn(one, "br0").addresses.first().prefix = 25;
        QCOMPARE(drift(one), u"address declared 129.215.175.97/24, running 129.215.175.97/25."_s);
        linkIn(one, "br0").addresses.first().prefix.reset();
        QCOMPARE(idsOf(one), QStringList());
        linkIn(one, "br0").addresses = {{ip("129.215.175.97"), 24}, {ip("10.0.0.1"), 8}};
        QCOMPARE(drift(one),
                 u"addresses declared 129.215.175.97/24, running 10.0.0.1/8 and 129.215.175.97/24."_s);
        linkIn(one, "br0").addresses.clear();
        QCOMPARE(drift(one), u"address declared 129.215.175.97/24, running none."_s);
        one = host();
        linkIn(one, "br1").up = false;
        QCOMPARE(idsOf(one), only("interfaces-drift", u"trop02/bridge/br1"_s));
        QCOMPARE(drift(one, "br1"), u"state declared up, running down."_s);
    }

    void addressesThatMayDiffer()
    {
        Hypervisor one = host();
        linkIn(one, "br0").addresses.append({ip("169.254.3.4"), 16});
        QCOMPARE(idsOf(one), QStringList());
        // A command in the file may have added it; so may DHCP.
        linkIn(one, "br0").addresses.append({ip("10.0.0.1"), 8});
        Hypervisor commanded = one;
        configIn(*commanded.declaredInterfaces, "br0")
            .settings.append({u"up"_s, u"ip addr add 10.0.0.1/8 dev br0"_s, {}});
        QCOMPARE(idsOf(commanded), QStringList());
        Hypervisor dhcp = one;
        dhcp.declaredInterfaces->append(stanza("br0", nullptr, nullptr, {}));
        dhcp.declaredInterfaces->last().method = AddressMethod::Dhcp;
        QCOMPARE(idsOf(dhcp), QStringList());
        // An alias has a stanza of its own.
        Hypervisor alias = one;
        alias.declaredInterfaces->append(stanza("br0:1", "10.0.0.1", nullptr, {}));
        alias.declaredInterfaces->last().addresses.first().value.prefix = 8;
        QCOMPARE(idsOf(alias), QStringList());
        linkIn(alias, "br0").addresses.removeLast();
        alias.host.interfaces->items.append(netdev("br0:1", "0c:c4:7a:35:12:04", "", "", "10.0.0.1"));
        alias.host.interfaces->items.last().addresses.first().prefix = 8;
        QCOMPARE(idsOf(alias), QStringList());
        // What is not declared at all is nobody's drift.
        Hypervisor more = host();
        more.host.interfaces->items.append(netdev("eno3", "0c:c4:7a:35:12:99", "", "", "10.1.1.1"));
        QCOMPARE(idsOf(more), QStringList());
    }

    void driftThatIsNotKnown()
    {
        Hypervisor one = host();
        linkIn(one, "br0").addresses = {{ip("129.215.175.98"), 24}};
        Hypervisor undeclared = one;
        undeclared.declaredInterfaces.reset();
        QCOMPARE(idsOf(undeclared), QStringList());
        Hypervisor unread = one;
        unread.host.interfaces.reset();
        QCOMPARE(idsOf(unread), QStringList());
        // As the notes print it: nothing of what is left out is missing.
        Hypervisor printed = host();
        printAsIfconfig(printed);
        QCOMPARE(idsOf(printed), QStringList());
        linkIn(printed, "br0").addresses.clear();
        QCOMPARE(idsOf(printed), QStringList());
        printed.host.interfaces->items.removeIf([](const Interface &link) { return link.name == u"br1"; });
        QCOMPARE(idsOf(printed), QStringList());
        // What stands there and contradicts is known all the same.
        linkIn(printed, "br0").addresses = {{ip("129.215.175.97"), 25}};
        QCOMPARE(idsOf(printed), only("interfaces-drift", br0));
    }

    void anInterfaceThatIsNotThere()
    {
        Hypervisor one = host();
        one.declaredInterfaces->append(stanza("eno9", "10.0.0.1", nullptr, {}));
        QCOMPARE(idsOf(one), only("interfaces-drift", u"trop02/if/eno9"_s));
        QVERIFY(first(one, "interfaces-drift")
                    .message.startsWith(u"eno9 is declared for trop02, and the host does not have it."_s));
        one.declaredInterfaces->last().onBoot = false;
        QCOMPARE(idsOf(one), QStringList());
    }

    void theGateway()
    {
        Hypervisor one = host();
        one.host.routes->first().gateway = ip("129.215.175.254");
        QCOMPARE(idsOf(one), only("interfaces-drift", br0));
        QCOMPARE(drift(one), u"gateway declared 129.215.175.126, running 129.215.175.254."_s);
        one.host.routes->removeFirst();
        QCOMPARE(drift(one), u"gateway declared 129.215.175.126, running none."_s);
        // Through another interface: said of the one that is declared to have it.
        one = host();
        one.host.routes->first().device = u"br1"_s;
        one.host.routes->first().gateway = ip("192.168.137.1");
        QCOMPARE(idsOf(one), only("interfaces-drift", br0));
        QCOMPARE(drift(one), u"gateway declared 129.215.175.126, running 192.168.137.1 through br1."_s);
        // One more.
        one = host();
        one.host.routes->append({std::nullopt, ip("192.168.137.1"), u"br1"_s, 100, {}});
        QCOMPARE(idsOf(one), only("interfaces-drift", u"trop02/bridge/br1"_s));
        QCOMPARE(drift(one, "br1"), u"gateway declared none, running 192.168.137.1."_s);
        // Not known.
        one = host();
        one.host.routes.reset();
        QCOMPARE(idsOf(one), QStringList());
        one = host();
        one.host.routes->removeFirst();
        Fleet cut = fleet({one});
        cut.problems.append({u"trop02/ip-route.json"_s, 3, u"lines are left out here"_s});
        QCOMPARE(allIds(judged(cut, hostPolicy())), QStringList());
    }

    void aDeclaredMac()
    {
        Hypervisor one = host();
        for (auto *configs : {&one.interfacesFile, &one.declaredInterfaces})
            configIn(**configs, "br0").macaddr = Sourced<MacAddress>{mac("02:00:00:00:00:01"), {}};
        QCOMPARE(drift(one), u"MAC declared 02:00:00:00:00:01, running 0c:c4:7a:35:12:04."_s);
    }
};

QTEST_GUILESS_MAIN(TestInterfacesDrift)
#include "test_interfaces_drift.moc"
