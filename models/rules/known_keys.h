#pragma once

#include "models/fleet/interface_config.h"

namespace tropo {

/// A key of an interface file that its format does not have.
struct UnknownKey
{
    const Setting *setting = nullptr;
    QString nearest; ///< the key that was probably meant; empty where none is near
};

/// The keys of a file that nothing is known to read.
///
/// ifcfg files are frozen: what neither the network scripts (sysconfig.txt), NetworkManager's plugin for them
/// nor SUSE's (ifcfg(5)) read is unknown. The other formats still grow, and ifupdown hands any option to its
/// scripts, so there only a key that is one or two slips away from a known one is called unknown: a typo.
QList<UnknownKey> unknownKeys(const InterfaceConfig &config);

/// The keys that ifcfg files have; each other one is unknown.
QStringList ifcfgKeyNames();

} // namespace tropo
