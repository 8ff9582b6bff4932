#pragma once

#include "models/redact/stand_in.h"

#include <QList>

namespace tropo {

/// What is shown in place of what, a line each; for the author alone, never for a note.
QString replacedText(const QList<StandIn> &standIns);

/// A sentence that names what could not be hidden and is to be looked for by the author; empty where all is.
QString staysText(const QList<StandIn> &standIns);

} // namespace tropo
