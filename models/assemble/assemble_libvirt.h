#pragma once

#include "models/assemble/document_reader.h"
#include "models/fleet/fleet.h"

namespace tropo {

/// Domains and networks of a hypervisor's libvirt documents in `folder` ("trop02"), into `hypervisor`.
/// Domains that only an XML, or a guest's folder, tells of are there too, with what is known of them.
void assembleLibvirt(DocumentReader &reader, const QString &folder, Hypervisor &hypervisor);

} // namespace tropo
