#pragma once

#include "models/rules/vm_index.h"

namespace tropo {

/// Two files of one guest that both configure one interface, by its name or by its MAC.
struct ConfigConflict
{
    const InterfaceConfig *first = nullptr; ///< in the order of the file names
    const InterfaceConfig *second = nullptr;
    QString about; ///< "ens5", or "the MAC 52:54:00:00:01:01"
};

/// Where it is chance which of two files wins. Not where a difference of priority chooses one, where one is
/// not brought up at boot or is bound to a MAC that no NIC has, where netplan merges what has one name, where
/// several stanzas of /etc/network/interfaces add to each other, or where several NICs bear the MAC.
QList<ConfigConflict> configConflicts(const VmView &vm);

} // namespace tropo
