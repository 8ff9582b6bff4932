#pragma once

#include "models/items/tree_node.h"

#include <QFont>
#include <QPalette>
#include <QRect>

class QPainter;

namespace tropo {

/// Draws "icon number" for each severity that occurs, from the left of `area`; returns the width used.
int paintBadges(QPainter &painter, const QRect &area, const FindingCounts &counts, const QPalette &palette,
                const QFont &font, bool selected);
int badgesWidth(const FindingCounts &counts, const QFont &font);

/// The sign that not all was read.
void paintUnread(QPainter &painter, const QRect &area, const QPalette &palette);

} // namespace tropo
