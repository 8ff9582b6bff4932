#pragma once

#include "models/fixes/plan.h"

namespace tropo {

/// "float-reassign – Acilamwen on trop02, Ulov on trop03": the title of a plan's dialog.
QString planTitle(const Plan &plan, bool simulation);

/// What it touches, what it cuts off and for how long, and what to mind, as paragraphs.
QString planSummary(const Plan &plan);

/// Text from machines as lines with a bullet each.
QString bulletLines(const QStringList &lines);

} // namespace tropo
