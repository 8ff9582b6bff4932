#pragma once

#include <QString>
#include <QStringList>
#include <QStringView>

namespace tropo {

/// How many slips of the hand lie between two words: a letter more, less or changed, or two neighbours
/// swapped. `most` + 1 where it is more than that.
int slipsBetween(QStringView a, QStringView b, int most);

/// The one of several words that was probably meant: the fewest slips away, at most `most`; of several
/// equally near the first. Case is not looked at. Empty: none is near.
QString nearestWord(const QStringList &words, const QString &written, int most);

} // namespace tropo
