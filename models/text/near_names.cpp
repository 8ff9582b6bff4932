#include "models/text/near_names.h"

#include <algorithm>
#include <vector>

namespace tropo {

int slips(const QString &first, const QString &second, int most)
{
    const QString a = first.toLower();
    const QString b = second.toLower();
    if (qAbs(a.size() - b.size()) > most)
        return most + 1;
    // Optimal string alignment, a row at a time; the row before the last one is for swapped neighbours.
    const auto wide = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> before(wide);
    std::vector<int> last(wide);
    std::vector<int> row(wide);
    for (std::size_t j = 0; j < wide; ++j)
        last[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j < wide; ++j) {
            const auto at = static_cast<qsizetype>(j);
            const int changed = last[j - 1] + (a[i - 1] == b[at - 1] ? 0 : 1);
            row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[at - 2] && a[i - 2] == b[at - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        if (*std::min_element(row.begin(), row.end()) > most)
            return most + 1;
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[wide - 1], most + 1);
}

QStringList nearNames(const QString &written, const QStringList &known, int count)
{
    constexpr qsizetype longest = 100; // a longer text is no mistyped name
    if (written.size() > longest)
        return {};
    const int most = written.size() < 3 ? 0 : written.size() < 5 ? 1 : 2;
    std::vector<std::pair<int, QString>> found;
    for (const QString &name : known) {
        const int far = slips(written, name, most);
        if (far <= most &&
            std::none_of(found.begin(), found.end(), [&name](const auto &one) { return one.second == name; }))
            found.emplace_back(far, name);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList names;
    for (std::size_t i = 0; i < found.size() && names.size() < count; ++i)
        names.append(found[i].second);
    return names;
}

} // namespace tropo
