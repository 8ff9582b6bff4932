#include "models/text/near_word.h"

#include <algorithm>
#include <vector>

namespace tropo {

int slipsBetween(QStringView a, QStringView b, int most)
{
    if (qAbs(a.size() - b.size()) > most)
        return most + 1;
    // Rows of the usual table: to turn the first letters of `a` into the first letters of `b`.
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> before(width);
    std::vector<int> last(width);
    std::vector<int> row(width);
    for (std::size_t j = 0; j < width; ++j)
        last[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j < width; ++j) {
            const auto k = static_cast<qsizetype>(j);
            const bool same = a[i - 1] == b[k - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        if (*std::min_element(row.begin(), row.end()) > most)
            return most + 1;
        before.swap(last);
        last.swap(row);
    }
    return std::min(last.back(), most + 1);
}

QString nearestWord(const QStringList &words, const QString &written, int most)
{
    const QString lower = written.toLower();
    QString nearest;
    int fewest = most + 1;
    for (const QString &word : words) {
        const int slips = slipsBetween(lower, word.toLower(), fewest - 1);
        if (slips >= fewest)
            continue;
        fewest = slips;
        nearest = word;
    }
    return nearest;
}

} // namespace tropo
