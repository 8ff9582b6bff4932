#pragma once

#include "models/rules/reading_gaps.h"
#include "models/rules/rule.h"

#include <QSet>

namespace tropo {

/// A network where it stands.
struct NetworkView
{
    const Hypervisor *hypervisor = nullptr;
    const Network *network = nullptr;
    QString subject;

    /// "default on trop02"
    QString text() const { return QString(network->name + QLatin1String(" on ") + hypervisor->name); }
};

/// Every network that any document names, by subject.
QList<NetworkView> networksOf(const Fleet &fleet);

/// Whether libvirt's own list of networks was read, so that what is not on it is not defined.
bool networksListed(const Hypervisor &hypervisor, const ReadingGaps &gaps);
/// Whether libvirt knows the network: one that only the declared configuration names is not defined.
bool isDefined(const Network &network);
/// The VMs with a NIC on a network, live or persistent.
QStringList usersOf(const NetworkView &view);
/// Whether the network is meant to run: expected, declared, started with the host, or used by a VM. libvirt's
/// stock network that somebody turned off is not.
bool isWanted(const NetworkView &view, const Policy &policy);

/// Whether libvirt makes the bridge itself and gives it an address, rather than taking one of the host's.
bool ownsBridge(const NetworkForm &form);
/// Whether its VMs reach the outside through the host's address.
inline bool isNat(const NetworkForm &form)
{
    return form.forward == QLatin1String("nat");
}

/// A network whose subnet is another's.
struct SubnetFault
{
    NetworkView view;
    QString message;
    QList<Source> sources;
    QStringList related; ///< networks that it overlaps
};

/// What network-subnet-overlap says. Other rules keep quiet about what follows from a wrong subnet.
QList<SubnetFault> subnetFaults(const RuleInput &input);
/// Subjects of the networks whose subnet is at fault.
QSet<QString> networksOffTheirSubnet(const RuleInput &input);

} // namespace tropo
