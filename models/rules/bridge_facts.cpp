#include "models/rules/bridge_facts.h"

#include "models/fleet/inside_outside.h"
#include "models/fleet/subject.h"
#include "models/rules/known_list.h"
#include "models/rules/network_facts.h"

#include <QMap>
#include <QSet>

#include <algorithm>

namespace tropo {

const PortView *BridgeView::port(QStringView wanted) const
{
    const auto found = std::find_if(ports.begin(), ports.end(),
                                    [wanted](const PortView &port) { return port.name == wanted; });
    return found == ports.end() ? nullptr : &*found;
}

QList<PortView> BridgeView::physicalPorts() const
{
    QList<PortView> physical;
    std::copy_if(ports.begin(), ports.end(), std::back_inserter(physical),
                 [](const PortView &port) { return port.physical; });
    return physical;
}

QList<Sourced<QString>> BridgeView::configuredPorts() const
{
    QList<Sourced<QString>> configured;
    for (const InterfaceConfig *config : hypervisor->interfacesFile ? own : declared)
        configured += config->bridgePorts;
    return configured;
}

bool BridgeView::isAbsent() const
{
    const auto &list = hypervisor->host.interfaces;
    const auto &configs = hypervisor->interfacesFile ? own : declared;
    const bool isOptional = std::any_of(configs.begin(), configs.end(), [](const InterfaceConfig *config) {
        return config->onBoot == false;
    });
    return !interface && ports.isEmpty() && ((list && !list->elided) || isOptional);
}

bool BridgeView::hasItsDeclaredPorts() const
{
    bool any = false;
    for (const InterfaceConfig *config : declared) {
        for (const Sourced<QString> &wanted : config->bridgePorts) {
            if (!port(wanted.value))
                return false;
            any = true;
        }
    }
    return any;
}

QList<Sourced<QString>> BridgeView::missingPorts() const
{
    QList<Sourced<QString>> missing;
    if (!portsKnown || isAbsent() || hasItsDeclaredPorts() || hasUndeclaredPorts())
        return missing;
    for (const Sourced<QString> &configured : configuredPorts())
        if (!port(configured.value))
            missing.append(configured);
    return missing;
}

bool BridgeView::hasUndeclaredPorts() const
{
    const auto isDeclared = [this](const PortView &port) {
        return std::any_of(declared.begin(), declared.end(), [&](const InterfaceConfig *config) {
            return std::any_of(config->bridgePorts.begin(), config->bridgePorts.end(),
                               [&](const auto &wanted) { return wanted.value == port.name; });
        });
    };
    return !declared.isEmpty() && std::any_of(ports.begin(), ports.end(), [&](const PortView &port) {
        return port.physical && !isDeclared(port);
    });
}

namespace {

/// Kinds of interfaces, as the kernel names them, that lead out of a host.
bool leadsOut(const QString &kind)
{
    static const QStringList kinds{QStringLiteral("bond"), QStringLiteral("team"), QStringLiteral("vlan")};
    return kinds.contains(kind);
}

/// Names that libvirt, container engines and their kin give to what leads inwards.
bool namedForInside(const QString &name)
{
    static const QStringList prefixes{
        QStringLiteral("vnet"),  QStringLiteral("tap"),    QStringLiteral("tun"),     QStringLiteral("veth"),
        QStringLiteral("virbr"), QStringLiteral("docker"), QStringLiteral("macvtap"), QStringLiteral("dummy"),
        QStringLiteral("vxlan"), QStringLiteral("wg"),     QStringLiteral("ifb")};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const QString &prefix) { return name.startsWith(prefix); });
}

class Builder
{
public:
    Builder(const Hypervisor &hypervisor, const ReadingGaps &gaps) : m_hypervisor(hypervisor)
    {
        m_list = hypervisor.host.interfaces ? &*hypervisor.host.interfaces : nullptr;
        for (const Domain &domain : readOf(hypervisor.domains))
            if (domain.live)
                for (const Nic &nic : domain.live->nics)
                    m_taps.insert(nic.target);
        const QList<BridgePort> &ports = readOf(hypervisor.host.bridgePorts);
        m_portsRead = hypervisor.host.bridgePorts && (ports.isEmpty() || gaps.isWhole(ports.first().source));
    }

    QList<BridgeView> build()
    {
        addShown();
        addConfigured(m_hypervisor.interfacesFile, &BridgeView::own);
        addConfigured(m_hypervisor.declaredInterfaces, &BridgeView::declared);
        for (const Network &network : readOf(m_hypervisor.networks))
            if (const NetworkForm *form = network.known(); form && ownsBridge(*form))
                if (const auto bridge = m_bridges.find(form->bridge); bridge != m_bridges.end())
                    bridge->libvirts = true;
        QList<BridgeView> views;
        for (BridgeView &view : m_bridges) {
            finish(view);
            views.append(view);
        }
        return views;
    }

private:
    BridgeView &bridge(const QString &name)
    {
        BridgeView &view = m_bridges[name];
        view.hypervisor = &m_hypervisor;
        view.name = name;
        return view;
    }

    void addPort(const QString &bridgeName, const QString &name, const Source &source)
    {
        BridgeView &view = bridge(bridgeName);
        if (name.isEmpty())
            return;
        auto known = std::find_if(view.ports.begin(), view.ports.end(),
                                  [&](const PortView &port) { return port.name == name; });
        if (known == view.ports.end()) {
            PortView port;
            port.name = name;
            port.interface = m_list ? m_list->find(name) : nullptr;
            known = view.ports.insert(view.ports.end(), port);
        }
        known->sources.append(source);
    }

    void addShown()
    {
        if (m_list) {
            for (const Interface &interface : m_list->items) {
                if (interface.kind == QLatin1String("bridge"))
                    bridge(interface.name);
                if (!interface.master.isEmpty())
                    addPort(interface.master, interface.name, interface.source);
                m_mastersShown = m_mastersShown || !interface.master.isEmpty();
            }
        }
        for (const BridgePort &port : readOf(m_hypervisor.host.bridgePorts))
            addPort(port.bridge, port.port, port.source);
    }

    void addConfigured(const std::optional<QList<InterfaceConfig>> &configs,
                       QList<const InterfaceConfig *> BridgeView::*list)
    {
        if (!configs)
            return;
        for (const InterfaceConfig &config : *configs)
            if (!config.bridgePorts.isEmpty())
                bridge(config.device);
        // Each stanza of a bridge, those without ports too: one for IPv6 stands beside it.
        for (const InterfaceConfig &config : *configs)
            if (const auto known = m_bridges.find(config.device); known != m_bridges.end())
                ((*known).*list).append(&config);
    }

    void finish(BridgeView &view) const
    {
        view.subject = subject::bridge(m_hypervisor.name, view.name);
        view.interface = m_list ? m_list->find(view.name) : nullptr;
        const bool kindShown = view.interface && view.interface->kind == QLatin1String("bridge");
        const bool mastersTold = m_list && !m_list->elided && (kindShown || m_mastersShown);
        view.portsKnown = m_portsRead || mastersTold;
        for (PortView &port : view.ports)
            port.physical = isPhysical(view, port);
        std::sort(view.ports.begin(), view.ports.end(),
                  [](const PortView &a, const PortView &b) { return a.name < b.name; });
    }

    bool isPhysical(const BridgeView &view, const PortView &port) const
    {
        if (m_taps.contains(port.name))
            return false;
        for (const auto *configs : {&view.own, &view.declared})
            for (const InterfaceConfig *config : *configs)
                for (const Sourced<QString> &configured : config->bridgePorts)
                    if (configured.value == port.name)
                        return true;
        if (!port.interface || namedForInside(port.name))
            return false;
        return leadsOut(port.interface->kind) || hasDeviceBehind(*port.interface);
    }

    const Hypervisor &m_hypervisor;
    const InterfaceList *m_list = nullptr;
    QSet<QString> m_taps;
    QMap<QString, BridgeView> m_bridges;
    bool m_portsRead = false;
    bool m_mastersShown = false;
};

} // namespace

QList<BridgeView> bridgesOf(const Hypervisor &hypervisor, const ReadingGaps &gaps)
{
    return Builder(hypervisor, gaps).build();
}

bool lacksBridge(const Hypervisor &hypervisor, const Network &network)
{
    const NetworkForm *form = network.known();
    const auto &list = hypervisor.host.interfaces;
    if (!form || form->bridge.isEmpty() || !isDefined(network) || !list || list->elided ||
        list->items.isEmpty())
        return false;
    // libvirt makes its own bridges when it starts the network.
    if (ownsBridge(*form) && network.active != true)
        return false;
    return !list->find(form->bridge);
}

} // namespace tropo
