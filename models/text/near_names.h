#pragma once

#include <QStringList>

namespace tropo {

/// How many slips of the hand (a letter changed, left out, added, or two neighbours swapped) turn one text
/// into the other; never more than `most` + 1. Upper and lower case are one.
int slips(const QString &a, const QString &b, int most);

/// Those of `known` that `written` was probably meant to be, the nearest first, each once: at most two slips
/// away, fewer where the text is short. At most `count`.
QStringList nearNames(const QString &written, const QStringList &known, int count = 3);

} // namespace tropo
