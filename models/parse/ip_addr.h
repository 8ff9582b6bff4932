#pragma once

#include "models/fleet/interface.h"

namespace tropo {

/// `ip -j -d addr` (iproute2 4.13 and later print JSON; -d adds linkinfo).
Parsed<InterfaceList> parseIpAddrJson(const QByteArray &text, const QString &document);
/// `ip [-d] addr`.
Parsed<InterfaceList> parseIpAddrText(const QByteArray &text, const QString &document);

} // namespace tropo
