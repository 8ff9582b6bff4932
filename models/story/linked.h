#pragma once

#include "models/rules/finding.h"

#include <QSet>

#include <functional>

namespace tropo {

/// Findings that are linked by what they speak of.
struct Linked
{
    QSet<QString> objects;
    QList<const Finding *> findings; ///< in the order in which they came
};

/// Puts findings together that share an object, directly or through others, in the order of the first of
/// each.
QList<Linked> linked(const QList<const Finding *> &findings,
                     const std::function<QSet<QString>(const Finding &)> &objectsOf);

} // namespace tropo
