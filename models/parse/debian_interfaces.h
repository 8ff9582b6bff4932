#pragma once

#include "models/fleet/interface_config.h"

namespace tropo {

/// /etc/network/interfaces, as interfaces(5) of ifupdown and bridge-utils-interfaces(5) describe it; also
/// `iface NAME` without family as ifupdown2 and ifupdown-ng have it. One value a stanza, so an interface with
/// two families or aliases has several. What other files hold (source, mapping, inherits) is a problem "not
/// followed". `onBoot` is false for a stanza that no auto or allow- line names, unless such lines may be
/// elsewhere.
Parsed<QList<InterfaceConfig>> parseDebianInterfaces(const QByteArray &text, const QString &document);

} // namespace tropo
