#pragma once

#include "models/snapshot.h"

namespace tropo::sample {

/// trop02 of the notes (Acilamwen's four NICs with one MAC, its wrong ifcfg file, Eterathiel's services), an
/// unreachable trop03, and what the rules would say; built by hand, without parsers or rules.
Snapshot fleet();

/// A fleet of that many domains a hypervisor, for size.
Snapshot large(int hypervisors, int domains);

MacAddress mac(QStringView text);
Ipv4 ip(QStringView text);

} // namespace tropo::sample
