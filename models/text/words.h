#pragma once

#include <QString>
#include <QStringList>

namespace tropo {

/// "a", "a and b", "a, b and c"; of more than `most`, the first and "4 more".
QString listed(const QStringList &items, qsizetype most = 12);

/// "one" to "twelve", then digits.
QString numberWord(qsizetype number);

/// "first" to "twelfth", then "13th".
QString ordinalWord(qsizetype number);

/// "once", "twice", "four times".
QString timesWord(qsizetype number);

} // namespace tropo
