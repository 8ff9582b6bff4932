#include "models/rules/interfaces_drift.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/bridge_facts.h"
#include "models/rules/declared_interface.h"
#include "models/rules/known_list.h"
#include "models/rules/network_facts.h"

#include <algorithm>
#include <vector>

namespace tropo {

namespace {

QString textOf(QList<InterfaceAddress> addresses)
{
    std::sort(addresses.begin(), addresses.end(),
              [](const auto &a, const auto &b) { return a.address < b.address; });
    QStringList texts;
    for (const InterfaceAddress &address : addresses)
        texts.append(address.toString());
    return texts.isEmpty() ? QStringLiteral("none") : someOf(texts, QStringLiteral(" and "));
}

QString textOf(const QStringList &names)
{
    return names.isEmpty() ? QStringLiteral("none") : someOf(names, QStringLiteral(" and "));
}

/// Compares one declared interface with what the host shows of it.
class Comparison
{
public:
    Comparison(const Hypervisor &hypervisor, const DeclaredInterface &declared, const BridgeView *bridge)
        : m_hypervisor(hypervisor), m_declared(declared), m_bridge(bridge)
    {
        for (const InterfaceConfig *stanza : declared.stanzas)
            m_sources.append(stanza->source);
        for (const Interface &interface : hypervisor.host.interfaces->items)
            if (interface.name == declared.name)
                m_live.prepend(&interface);
            else if (interface.name.section(u':', 0, 0) == declared.name)
                m_live.append(&interface);
    }

    bool isShown() const { return !m_live.isEmpty(); }

    void compare(const ReadingGaps &gaps, bool othersHaveTheirGateway)
    {
        for (const Interface *interface : m_live)
            m_sources.append(interface->source);
        compareUp();
        compareAddresses();
        compareMac();
        compareGateway(gaps, othersHaveTheirGateway);
        comparePorts();
    }

    /// Whether a default route leads through the gateway that the file gives; nothing where it gives none or
    /// the routes were not read.
    std::optional<bool> hasItsGateway() const
    {
        const auto gateway = m_declared.gateway();
        if (!gateway || !m_hypervisor.host.routes)
            return {};
        const auto &routes = *m_hypervisor.host.routes;
        return std::any_of(routes.begin(), routes.end(), [&](const Route &route) {
            return !route.destination && route.gateway == gateway && route.device == m_declared.name;
        });
    }

    const QStringList &differences() const { return m_differences; }
    const QList<Source> &sources() const { return m_sources; }

private:
    void differ(const QString &what, const QString &declared, const QString &running)
    {
        m_differences.append(QStringLiteral("%1 declared %2, running %3").arg(what, declared, running));
    }

    void compareUp()
    {
        if (m_declared.isMeantUp() && m_live.first()->up == false)
            differ(QStringLiteral("state"), QStringLiteral("up"), QStringLiteral("down"));
    }

    void compareAddresses()
    {
        QList<InterfaceAddress> running;
        for (const Interface *interface : m_live)
            for (const InterfaceAddress &address : interface->addresses)
                if (!address.address.isLinkLocal())
                    running.append(address);
        const QList<InterfaceAddress> declared = m_declared.addresses();
        const auto among = [](const QList<InterfaceAddress> &list, const InterfaceAddress &wanted) {
            return std::any_of(list.begin(), list.end(), [&](const InterfaceAddress &one) {
                const bool masksDiffer = one.prefix && wanted.prefix && *one.prefix != *wanted.prefix;
                return one.address == wanted.address && !masksDiffer;
            });
        };
        const auto shown = [&](const InterfaceAddress &wanted) {
            return std::any_of(running.begin(), running.end(),
                               [&](const InterfaceAddress &one) { return one.address == wanted.address; });
        };
        // In a listing with lines left out an address may stand in one of them.
        const bool whole = !m_hypervisor.host.interfaces->elided;
        const QList<InterfaceAddress> expected = m_declared.addressesAtBoot();
        const bool lacks = std::any_of(expected.begin(), expected.end(), [&](const InterfaceAddress &one) {
            return !among(running, one) && (whole || shown(one));
        });
        const bool hasMore = m_declared.isWhole() &&
                             std::any_of(running.begin(), running.end(),
                                         [&](const InterfaceAddress &one) { return !among(declared, one); });
        if (lacks || hasMore)
            differ(declared.size() > 1 || running.size() > 1 ? QStringLiteral("addresses")
                                                             : QStringLiteral("address"),
                   textOf(declared), textOf(running));
    }

    void compareMac()
    {
        for (const InterfaceConfig *stanza : m_declared.stanzas)
            if (stanza->macaddr && m_live.first()->mac && stanza->macaddr->value != *m_live.first()->mac)
                differ(QStringLiteral("MAC"), stanza->macaddr->value.toString(),
                       m_live.first()->mac->toString());
    }

    bool liesBeside(Ipv4 gateway) const
    {
        const auto addresses = m_declared.addresses();
        return std::any_of(addresses.begin(), addresses.end(), [&](const InterfaceAddress &one) {
            return !one.prefix || Subnet::of(one.address, *one.prefix).contains(gateway);
        });
    }

    void compareGateway(const ReadingGaps &gaps, bool othersHaveTheirGateway)
    {
        const QList<Route> &routes = readOf(m_hypervisor.host.routes);
        if (!m_hypervisor.host.routes || (!routes.isEmpty() && !gaps.isWhole(routes.first().source)))
            return;
        QStringList all;
        QStringList here;
        QList<Source> sources;
        for (const Route &route : routes) {
            if (route.destination)
                continue;
            const QString gateway = route.gateway ? route.gateway->toString() : QStringLiteral("no gateway");
            if (route.device == m_declared.name)
                here.append(gateway);
            all.append(route.device == m_declared.name
                           ? gateway
                           : QStringLiteral("%1 through %2").arg(gateway, route.device));
            sources.append(route.source);
        }
        const auto gateway = m_declared.gateway();
        // A gateway that lies in none of its subnets cannot be: interface-config-invalid says it.
        const bool lacks = gateway && hasItsGateway() == false && liesBeside(*gateway);
        const bool hasMore = !gateway && !here.isEmpty() && m_declared.isWhole() && othersHaveTheirGateway;
        if (!lacks && !hasMore)
            return;
        differ(QStringLiteral("gateway"), gateway ? gateway->toString() : QStringLiteral("none"),
               textOf(lacks ? all : here));
        m_sources += sources;
    }

    /// bridge-port-missing speaks of a port that is configured and missing.
    void comparePorts()
    {
        if (!m_bridge || !m_declared.namesItsPorts() || !m_bridge->hasUndeclaredPorts())
            return;
        QStringList running;
        for (const PortView &port : m_bridge->physicalPorts()) {
            running.append(port.name);
            m_sources += port.sources;
        }
        differ(QStringLiteral("ports"), textOf(m_declared.ports()), textOf(running));
    }

    const Hypervisor &m_hypervisor;
    const DeclaredInterface &m_declared;
    const BridgeView *m_bridge;
    QList<const Interface *> m_live;
    QStringList m_differences;
    QList<Source> m_sources;
};

/// What the host's own file says where it was read: whether a restart would bring the declared state back.
QString ownFileSays(const Hypervisor &hypervisor, const DeclaredInterface &declared)
{
    if (!hypervisor.interfacesFile)
        return {};
    const DeclaredInterface own = declaredOf(*hypervisor.interfacesFile).value(declared.name);
    const bool agrees = textOf(own.addresses()) == textOf(declared.addresses()) &&
                        own.gateway() == declared.gateway() && own.ports() == declared.ports();
    return agrees ? QStringLiteral(" The file on the host agrees with the declared one.")
                  : QStringLiteral(" The file on the host differs from the declared one as well.");
}

/// Whether another rule says already that an interface is not there: a network that needs the bridge, a
/// bridge that needs the port.
bool isMissedElsewhere(const Hypervisor &hypervisor, const QList<BridgeView> &bridges, const QString &name)
{
    const QList<Network> &networks = readOf(hypervisor.networks);
    const bool asBridge = std::any_of(networks.begin(), networks.end(), [&](const Network &network) {
        return network.known() && network.known()->bridge == name && lacksBridge(hypervisor, network);
    });
    return asBridge || std::any_of(bridges.begin(), bridges.end(), [&](const BridgeView &bridge) {
               const auto missing = bridge.missingPorts();
               return std::any_of(missing.begin(), missing.end(),
                                  [&](const Sourced<QString> &port) { return port.value == name; });
           });
}

void findOn(const Hypervisor &hypervisor, const ReadingGaps &gaps, QList<Finding> &findings)
{
    const QList<BridgeView> bridges = bridgesOf(hypervisor, gaps);
    const auto declared = declaredOf(*hypervisor.declaredInterfaces);
    std::vector<Comparison> comparisons;
    bool allHaveTheirGateway = true;
    for (const DeclaredInterface &one : declared) {
        const auto bridge = std::find_if(bridges.begin(), bridges.end(),
                                         [&](const BridgeView &view) { return view.name == one.name; });
        comparisons.emplace_back(hypervisor, one, bridge == bridges.end() ? nullptr : &*bridge);
        allHaveTheirGateway = allHaveTheirGateway && comparisons.back().hasItsGateway() != false;
    }
    auto comparison = comparisons.begin();
    for (auto one = declared.begin(); one != declared.end(); ++one, ++comparison) {
        const bool isBridge = !one->ports().isEmpty() ||
                              std::any_of(bridges.begin(), bridges.end(),
                                          [&](const BridgeView &view) { return view.name == one->name; });
        const QString place = isBridge ? subject::bridge(hypervisor.name, one->name)
                                       : subject::interface(subject::hypervisor(hypervisor.name), one->name);
        QString message;
        if (comparison->isShown()) {
            comparison->compare(gaps, allHaveTheirGateway);
            if (!comparison->differences().isEmpty())
                message = QStringLiteral("%1 on %2 is not as declared: %3.")
                              .arg(one->name, hypervisor.name,
                                   someOf(comparison->differences(), QStringLiteral("; ")));
        } else if (one->isMeantUp() && !hypervisor.host.interfaces->elided &&
                   !isMissedElsewhere(hypervisor, bridges, one->name)) {
            message = QStringLiteral("%1 is declared for %2, and the host does not have it.")
                          .arg(one->name, hypervisor.name);
        }
        if (!message.isEmpty())
            findings.append(about(place, message + ownFileSays(hypervisor, *one), comparison->sources()));
    }
}

} // namespace

QList<Finding> interfacesDrift(const RuleInput &input)
{
    const ReadingGaps gaps(input.fleet);
    QList<Finding> findings;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
        const bool isKnown = hypervisor.declaredInterfaces && hypervisor.host.interfaces &&
                             !hypervisor.host.interfaces->items.isEmpty();
        if (isKnown)
            findOn(hypervisor, gaps, findings);
    }
    return findings;
}

} // namespace tropo
