#pragma once

#include "models/fleet/network.h"

namespace tropo {

/// A network's description as `virsh net-dumpxml` prints it, or as a repository declares it (libvirt,
/// formatnetwork).
Parsed<std::optional<NetworkForm>> parseNetworkXml(const QByteArray &text, const QString &document);

} // namespace tropo
