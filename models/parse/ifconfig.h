#pragma once

#include "models/fleet/interface.h"

namespace tropo {

/// `ifconfig [-a]` of net-tools 1.60 ("Link encap:") and 2.x ("flags="). "...." in a listing pasted by hand
/// marks it elided.
Parsed<InterfaceList> parseIfconfig(const QByteArray &text, const QString &document);

} // namespace tropo
