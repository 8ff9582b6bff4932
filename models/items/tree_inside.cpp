#include "models/items/tree_growth.h"

#include <QSet>

namespace tropo {

namespace {

QString formatText(ConfigFormat format)
{
    switch (format) {
    case ConfigFormat::Ifcfg:
        return QStringLiteral("ifcfg");
    case ConfigFormat::Keyfile:
        return TreeWords::tr("NetworkManager keyfile");
    case ConfigFormat::Netplan:
        return QStringLiteral("netplan");
    case ConfigFormat::DebianInterfaces:
        return QStringLiteral("interfaces");
    }
    return {};
}

QString configAddresses(const InterfaceConfig &config)
{
    QStringList texts;
    for (const Sourced<InterfaceAddress> &address : config.addresses)
        texts.append(address.value.toString());
    if (texts.isEmpty() && config.method == AddressMethod::Dhcp)
        texts.append(QStringLiteral("DHCP"));
    return texts.join(QLatin1String(", "));
}

QList<Fact> configFacts(const InterfaceConfig &config)
{
    Facts facts;
    facts.add(TreeWords::tr("Format"), formatText(config.format))
        .add(TreeWords::tr("Document"), config.source.document);
    for (const Setting &setting : config.settings)
        facts.add(setting.key, setting.value.isEmpty() ? TreeWords::tr("(empty)") : setting.value);
    return facts.list();
}

TreeNode fileNode(const Growth &growth, const QString &parent, const InterfaceConfig &config, bool shared)
{
    const QString &document = config.source.document;
    const QString name = unescapedName(QStringView(document).sliced(document.lastIndexOf(u'/') + 1));
    const bool withDevice = shared && !config.device.isEmpty();
    const QString key = withDevice ? QString(name + u'/' + config.device) : name;
    const QString label = withDevice ? QString(name + QLatin1String(": ") + config.device) : name;
    TreeNode node = growth.node(NodeKind::File, parent + u'/' + key, label, {config.source});
    node.detail = joined({config.device, configAddresses(config),
                          config.hwaddr ? config.hwaddr->value.toString() : QString()});
    if (growth.wants(node.key))
        node.facts = configFacts(config);
    return node;
}

TreeNode filesNode(const Growth &growth, const QString &domainKey, const Guest &guest)
{
    TreeNode group = growth.group(domainKey + QLatin1String("/file"), TreeWords::tr("Interface files"));
    QHash<QString, int> parts;
    for (const InterfaceConfig &config : guest.configs)
        ++parts[config.source.document];
    for (const InterfaceConfig &config : guest.configs)
        group.children.push_back(
            fileNode(growth, group.key, config, parts.value(config.source.document) > 1));
    group.detail = guest.configs.isEmpty() ? TreeWords::tr("none") : QString::number(guest.configs.size());
    return group;
}

/// An interface that a file configures and the kernel's list, as far as it was read, does not have.
TreeNode configuredOnlyNode(const Growth &growth, const QString &parent, const InterfaceConfig &config)
{
    TreeNode node =
        growth.node(NodeKind::Interface, parent + u'/' + config.device, config.device, {config.source});
    node.state = NodeState::NotKnown;
    node.detail = joined({config.hwaddr ? config.hwaddr->value.toString() : QString(),
                          configAddresses(config), TreeWords::tr("known from its file only")});
    if (growth.wants(node.key))
        node.facts = configFacts(config);
    return node;
}

/// Interfaces that are not shown below a NIC, since none is known for certain to be theirs.
TreeNode looseInterfacesNode(const Growth &growth, const TreeNode &domain, const Guest &guest)
{
    const InterfaceList &inside = *guest.system.interfaces;
    TreeNode group = growth.group(domain.key + QLatin1String("/if"), TreeWords::tr("Inside, unmatched"));
    QSet<QString> shown;
    for (const TreeNode &nic : domain.children)
        for (const TreeNode &child : nic.children)
            if (child.kind == NodeKind::Interface)
                shown.insert(child.label);
    for (const Interface &interface : inside.items)
        if (!shown.contains(interface.name))
            group.children.push_back(interfaceNode(growth, group.key + u'/' + interface.name, interface));
    for (const InterfaceConfig &config : guest.configs) {
        const bool isKnown = config.device.isEmpty() || config.device == QLatin1String("lo") ||
                             shown.contains(config.device) || inside.find(config.device);
        if (!isKnown) {
            shown.insert(config.device);
            group.children.push_back(configuredOnlyNode(growth, group.key, config));
        }
    }
    group.detail = QString::number(group.children.size());
    return group;
}

bool hasAddress(const Hypervisor &hypervisor, const Domain &domain, const Policy &policy)
{
    const GuestPolicy *own = policy.guest(hypervisor.name, domain.name);
    if (own && own->address)
        return true;
    if (!domain.current() || !hypervisor.networks)
        return false;
    for (const Network &network : *hypervisor.networks)
        for (const Nic &nic : domain.current()->nics) {
            if (network.leases)
                for (const Lease &lease : *network.leases)
                    if (nic.mac == lease.mac && lease.address)
                        return true;
            if (network.known())
                for (const Reservation &reservation : network.known()->reservations)
                    if (nic.mac && nic.mac == reservation.mac && reservation.address)
                        return true;
        }
    return false;
}

QString whyNotInside(const Growth &growth, const Hypervisor &hypervisor, const Domain &domain)
{
    QString why;
    if (domain.state == DomainState::ShutOff)
        why = TreeWords::tr("the machine is shut off");
    else if (domain.state != DomainState::Running && domain.state != DomainState::Unknown)
        why = TreeWords::tr("the machine is not running");
    else if (!domain.guest && !hasAddress(hypervisor, domain, growth.snapshot().policy))
        why = TreeWords::tr("no address known");
    else
        why = domain.guest ? TreeWords::tr("no document of it was collected")
                           : TreeWords::tr("nothing was collected from inside");
    return growth.whyNot(hypervisor.name, QLatin1String("guest ") + domain.name, why);
}

} // namespace

void growInside(const Growth &growth, TreeNode &node, const Hypervisor &hypervisor, const Domain &domain)
{
    const QString why = whyNotInside(growth, hypervisor, domain);
    if (!domain.guest) {
        node.children.push_back(growth.notRead(node.key, TreeWords::tr("inside"), why));
        return;
    }
    const Guest &guest = *domain.guest;
    if (!guest.system.interfaces) {
        node.children.push_back(growth.notRead(node.key, TreeWords::tr("interfaces inside"), why));
    } else if (TreeNode loose = looseInterfacesNode(growth, node, guest); !loose.children.empty()) {
        node.children.push_back(std::move(loose));
    }
    if (!guest.configs.isEmpty() || guest.configsRead)
        node.children.push_back(filesNode(growth, node.key, guest));
    else
        node.children.push_back(growth.notRead(node.key, TreeWords::tr("interface files"), why));
    if (!guest.engine.isEmpty())
        node.children.push_back(engineNode(growth, node.key, guest.engine));
    else
        node.children.push_back(
            growth.notRead(node.key, TreeWords::tr("containers"),
                           TreeWords::tr("no Docker engine answered, or nothing was collected from one")));
}

} // namespace tropo
