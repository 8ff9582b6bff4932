#pragma once

#include "models/policy/policy.h"
#include "models/rules/vm_index.h"

namespace tropo {

/// What a file for one interface is read beside: whatever else is known of that interface.
struct ConfigPlace
{
    QString file;                            ///< as a sentence names it: "ifcfg-ens5 in Acilamwen"
    QList<const InterfaceConfig *> siblings; ///< every file or stanza for this interface, itself included
    const Interface *running = nullptr;
    std::optional<Subnet> home; ///< the subnet that it belongs in, on a NAT network: see homeSubnet()
};

/// One thing that is wrong in a file: a whole sentence, and the lines it stands on.
struct ConfigFault
{
    QString sentence;
    QList<Source> sources;
};

/// "ifcfg-ens5", "/etc/network/interfaces", "the declared interfaces".
QString fileNameOf(const InterfaceConfig &config);

QList<ConfigFault> unknownKeyFaults(const InterfaceConfig &config, const ConfigPlace &place);
/// The gateway lies outside every subnet of the interface, or is not the floats' where a float's address
/// stands. Not where it is said to be reached without one (on-link, pointopoint, /32).
QList<ConfigFault> gatewayFaults(const InterfaceConfig &config, const ConfigPlace &place,
                                 const Policy &policy);
/// NETWORK or BROADCAST does not follow from address and mask.
QList<ConfigFault> networkFaults(const InterfaceConfig &config, const ConfigPlace &place);
/// A float's address in a file that is not brought up at boot.
QList<ConfigFault> onBootFaults(const InterfaceConfig &config, const ConfigPlace &place,
                                const Policy &policy);

} // namespace tropo
