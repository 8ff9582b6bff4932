#pragma once

#include "models/fleet/interface.h"

#include <QByteArray>

namespace tropo {

/// `ifconfig [-a]` of net-tools 1.60 ("Link encap:") and 2.x ("flags="). The addresses of an alias (eth0:1)
/// are those of its interface. What lines left out ("....") would have said is not known.
Parsed<InterfaceList> parseIfconfig(const QByteArray &text, const QString &document);

} // namespace tropo
