#pragma once

#include "models/redact/stand_in.h"

#include <QList>

class QWidget;

namespace tropo {

/// Shows the author what is hidden and how it is shown, and what could not be hidden with why. The list is
/// the author's alone: it goes into no note.
void showReplaced(const QList<StandIn> &standIns, QWidget *parent);

} // namespace tropo
