#pragma once

#include "models/fleet/interface_config.h"

namespace tropo {

/// /etc/sysconfig/network-scripts/ifcfg-NAME (initscripts' sysconfig.txt, NetworkManager's
/// nm-settings-ifcfg-rh). Assignments as a shell reads them, of which nothing is evaluated: `$…` stays as
/// text, with a problem. `device` is DEVICE; without it the NAME of the file, unless HWADDR binds it. An
/// alias keeps its ":1".
Parsed<InterfaceConfig> parseIfcfg(const QByteArray &text, const QString &document);

} // namespace tropo
