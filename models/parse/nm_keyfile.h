#pragma once

#include "models/fleet/interface_config.h"

namespace tropo {

/// A NetworkManager keyfile, /etc/NetworkManager/system-connections/NAME.nmconnection (nm-settings-keyfile).
/// Settings are named SECTION.KEY, as nmcli does. `device` is connection.interface-name; `method` Dhcp is
/// "auto".
Parsed<InterfaceConfig> parseKeyfile(const QByteArray &text, const QString &document);

} // namespace tropo
