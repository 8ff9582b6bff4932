#pragma once

#include "models/fleet/interface_config.h"

namespace tropo {

/// A file of /etc/netplan (netplan's YAML reference): one value an interface of ethernets, bridges, bonds,
/// vlans and the other kinds, in the file's order. With `match` the name in the file is only an id: `device`
/// is then set-name, or a match.name without patterns, else empty. Ports that the same file gives to a bridge
/// know it as `master`. Settings are named by their path ("match.macaddress"). Files above 1 MiB, 20,000
/// values or 32 levels are cut short.
Parsed<QList<InterfaceConfig>> parseNetplan(const QByteArray &text, const QString &document);

} // namespace tropo
