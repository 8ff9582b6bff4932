#pragma once

#include "models/evidence/harvest.h"

namespace tropo {

/// Where the declared configuration lies on this computer.
struct DeclaredPlace
{
    QString repository; ///< a clone or a bare repository
    QString path;       ///< below its root, with {hypervisor}
};

/// The declared configuration of one hypervisor at HEAD: etc/network/interfaces and the networks' XML.
/// Nothing is checked out, fetched or run; links are not followed, a file holds 1 MiB at most, a folder 1,000
/// files. Source and folder are "declared", so that it stands beside a host that cannot be reached. Secrets
/// are withheld as the probe does. Who owns the repository does not matter, as none of its configuration acts
/// here: libgit2's check of it is switched off for the whole process.
Harvest readDeclared(const QString &hypervisor, const DeclaredPlace &place);

} // namespace tropo
