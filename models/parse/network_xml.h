#pragma once

#include "models/fleet/network.h"

#include <QByteArray>

namespace tropo {

/// `virsh net-dumpxml` or a declared network (formatnetwork). Nothing, with a problem, where it is not
/// well-formed or no network.
Parsed<std::optional<NetworkForm>> parseNetworkXml(const QByteArray &text, const QString &document);

} // namespace tropo
