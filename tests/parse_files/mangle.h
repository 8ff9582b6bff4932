#pragma once

#include <QByteArray>

#include <random>

namespace tropo::test {

/// Calls `read` on a text cut at every byte, and on `rounds` copies with a few bytes changed, dropped or
/// doubled. The seed is fixed: a failure comes again.
template <typename Read> void mangle(const QByteArray &text, Read read, int rounds = 300)
{
    for (qsizetype size = 0; size <= text.size(); ++size)
        read(text.first(size));
    std::mt19937 random(20210208);
    const auto below = [&random](qsizetype bound) {
        return static_cast<qsizetype>(random() % static_cast<std::uint32_t>(bound));
    };
    for (int round = 0; round < rounds && !text.isEmpty(); ++round) {
        QByteArray broken = text;
        for (qsizetype change = 1 + below(6); change > 0 && !broken.isEmpty(); --change) {
            const qsizetype at = below(broken.size());
            switch (below(4)) {
            case 0:
                broken[at] = static_cast<char>(broken[at] ^ (1 << below(8)));
                break;
            case 1:
                broken.remove(at, 1 + below(8));
                break;
            case 2:
                broken.insert(at, broken.sliced(at, qMin(broken.size() - at, 1 + below(40))));
                break;
            default:
                broken[at] = "\0\n\"'\\{}[]=:|#,\xff\xf0 $"[below(19)];
            }
        }
        read(broken);
    }
}

} // namespace tropo::test
