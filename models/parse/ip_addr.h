#pragma once

#include "models/fleet/interface.h"

#include <QByteArray>

namespace tropo {

/// `ip -j [-d] addr`. A broken entry is left out with a problem, and then the list counts as elided.
Parsed<InterfaceList> parseIpAddrJson(const QByteArray &text, const QString &document);
/// `ip [-d] addr`.
Parsed<InterfaceList> parseIpAddrText(const QByteArray &text, const QString &document);

} // namespace tropo
