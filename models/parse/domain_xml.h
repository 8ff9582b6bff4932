#pragma once

#include "models/fleet/nic.h"

namespace tropo {

/// A domain's description as `virsh dumpxml` prints it, live or --inactive (libvirt, formatdomain). Also
/// takes elements cut out of one by hand (a list of <interface> or <disk>): then the form is marked partial,
/// since devices it lacks may exist.
Parsed<std::optional<DomainForm>> parseDomainXml(const QByteArray &text, const QString &document);

} // namespace tropo
