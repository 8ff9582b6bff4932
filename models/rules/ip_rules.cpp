#include "models/rules/ip_rules.h"

#include "models/fleet/segment.h"
#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/range_facts.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

/// An interface, or a network itself, that has an address.
struct Holder
{
    QString subject;
    QString text;    ///< "ens3 of Ulov on trop02"
    QString machine; ///< hypervisor, or "hypervisor/vm": two of one host are no conflict
    const Domain *domain = nullptr;
    std::optional<MacAddress> mac;
    Source source;
};

/// By segment and address. The public segment is one for the whole fleet, a NAT network one a hypervisor.
using Holders = QMap<QPair<QString, QString>, QList<Holder>>;

bool isPrivate(Ipv4 address)
{
    return address.isLoopback() || address.isLinkLocal() || address.bits() == 0;
}

bool isPrivate(const Ipv6 &address)
{
    return address.isLoopback() || address.isLinkLocal();
}

class Gatherer
{
public:
    explicit Gatherer(const RuleInput &input) : m_input(input) {}

    Holders gather()
    {
        for (const Hypervisor &hypervisor : m_input.fleet.hypervisors)
            addHost(hypervisor);
        for (const VmView &vm : m_input.index.vms())
            for (const InsideUnit &unit : vm.units)
                addUnit(vm, unit);
        return m_holders;
    }

private:
    /// The host's own address on each bridge that VMs hang on; of one that was not read, its network's.
    void addHost(const Hypervisor &hypervisor)
    {
        const Machine &host = hypervisor.host;
        QStringList read;
        if (host.interfaces)
            for (const Interface &interface : host.interfaces->items) {
                const QString segment = segmentOfBridge(interface.name, hypervisor);
                if (segment.isEmpty())
                    continue;
                read.append(interface.name);
                const Holder holder{subject::bridge(hypervisor.name, interface.name),
                                    QStringLiteral("%1 itself on %2").arg(hypervisor.name, interface.name),
                                    subject::hypervisor(hypervisor.name),
                                    nullptr,
                                    interface.mac,
                                    interface.source};
                addRunning(segment, interface, holder);
            }
        for (const Network &network : hypervisor.networks.value_or(QList<Network>())) {
            const NetworkForm *form = network.known();
            if (!form || !form->address || network.active == false || read.contains(form->bridge))
                continue;
            add(segmentOf({network.name, form->bridge}, hypervisor, m_input.policy.floatNetwork),
                form->address->address,
                {subject::network(hypervisor.name, network.name),
                 QStringLiteral("the network %1 of %2").arg(network.name, hypervisor.name),
                 subject::hypervisor(hypervisor.name), nullptr, form->mac, form->source});
        }
    }

    /// Of a bridge that a libvirt network or a NIC of a VM hangs on, or that has a wire; else nothing.
    QString segmentOfBridge(const QString &name, const Hypervisor &hypervisor) const
    {
        const QString segment = segmentOf({{}, name}, hypervisor, m_input.policy.floatNetwork);
        if (!segment.startsWith(hypervisor.name + u'/'))
            return segment;
        const auto networks = hypervisor.networks.value_or(QList<Network>());
        const bool known = std::any_of(networks.begin(), networks.end(), [&name](const Network &network) {
            return network.known() && network.known()->bridge == name;
        });
        return known ? segment : QString();
    }

    void addUnit(const VmView &vm, const InsideUnit &unit)
    {
        const Nic *nic = nicBehind(vm, unit);
        const QString segment =
            nic ? segmentOf(connectionOf(*nic, *vm.hypervisor), *vm.hypervisor, m_input.policy.floatNetwork)
                : QString();
        if (segment.isEmpty())
            return;
        Holder holder{subject::interface(vm.subject, unit.name),
                      QStringLiteral("%1 of %2 on %3").arg(unit.name, vm.domain->name, vm.hypervisor->name),
                      vm.subject,
                      vm.domain,
                      unit.running && unit.running->mac ? unit.running->mac : nic->mac,
                      unit.running ? unit.running->source : Source()};
        if (unit.running)
            addRunning(segment, *unit.running, holder);
        for (const InterfaceConfig *config : unit.configs) {
            // What is not brought up by itself, or bound to a MAC that is not there, may be meant for later.
            if (config->onBoot == false || vm.namesUnknownMac(*config))
                continue;
            for (const auto &address : config->addresses) {
                holder.source = address.source;
                add(segment, address.value.address, holder);
            }
        }
    }

    void addRunning(const QString &segment, const Interface &interface, const Holder &holder)
    {
        for (const InterfaceAddress &address : interface.addresses)
            add(segment, address.address, holder);
        for (const InterfaceAddress6 &address : interface.addresses6)
            if (!isPrivate(address.address))
                put(segment, address.address.toString(), holder);
    }

    void add(const QString &segment, Ipv4 address, const Holder &holder)
    {
        // A float's address is the floats' rules' business.
        if (!isPrivate(address) && !m_input.policy.floatWith(address))
            put(segment, address.toString(), holder);
    }

    void put(const QString &segment, const QString &address, const Holder &holder)
    {
        QList<Holder> &holders = m_holders[{segment, address}];
        if (std::none_of(holders.begin(), holders.end(),
                         [&](const Holder &known) { return known.subject == holder.subject; }))
            holders.append(holder);
    }

    const RuleInput &m_input;
    Holders m_holders;
};

/// Two that are one: interfaces of one host, NICs with one MAC (nic-mac-duplicate says that), one domain on
/// two hypervisors (domain-duplicate says that).
bool areOne(const Holder &a, const Holder &b)
{
    if (a.mac && a.mac == b.mac)
        return true;
    if (!a.domain || !b.domain)
        return a.machine == b.machine;
    return a.domain != b.domain && (a.domain->name == b.domain->name ||
                                    (!a.domain->uuid.isEmpty() && a.domain->uuid == b.domain->uuid));
}

bool conflict(const QList<Holder> &holders)
{
    for (qsizetype a = 1; a < holders.size(); ++a)
        for (qsizetype b = 0; b < a; ++b)
            if (!areOne(holders[a], holders[b]))
                return true;
    return false;
}

} // namespace

QList<Finding> ipDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    const Holders all = Gatherer(input).gather();
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        QList<Holder> holders = *it;
        if (holders.size() < 2 || !conflict(holders))
            continue;
        // The finding stands at a guest where there is one: that is where the address is wrong more often.
        std::sort(holders.begin(), holders.end(), [](const Holder &a, const Holder &b) {
            return std::make_tuple(!a.domain, a.subject) < std::make_tuple(!b.domain, b.subject);
        });
        QStringList texts;
        QStringList related;
        QList<Source> sources;
        for (const Holder &holder : holders) {
            texts.append(holder.text);
            sources.append(holder.source);
            if (&holder != &holders.first())
                related.append(holder.subject);
        }
        findings.append(about(
            holders.first().subject,
            QStringLiteral("%1 stands on %2 interfaces that share a network: %3.")
                .arg(it.key().second, QString::number(holders.size()), someOf(texts, QStringLiteral("; "))),
            sources, related));
    }
    return findings;
}

} // namespace tropo
