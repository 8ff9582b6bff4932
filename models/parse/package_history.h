#pragma once

#include "models/fleet/machine.h"

namespace tropo {

/// The package manager's history, newest first: `yum history` (columns Login user or Command line), `dnf
/// history list` (4 with bars, 5 without), lines of dpkg.log. Of dpkg.log a transaction is an install,
/// upgrade, remove or purge of one package; where a cut log has none of these, a "status installed". Times
/// are the machine's own local times, kept as Qt::LocalTime with the digits printed.
Parsed<QList<PackageTransaction>> parsePackageHistory(const QByteArray &text, const QString &document);

} // namespace tropo
