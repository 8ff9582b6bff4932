#include "models/text/line_diff.h"

#include <QHash>

#include <algorithm>
#include <limits>

namespace tropo {

namespace {

/// A part of both texts that is still to be compared.
struct Box
{
    int a0 = 0, a1 = 0; ///< lines of the text before
    int b0 = 0, b1 = 0; ///< lines of the text after
};

struct Point
{
    int a = 0;
    int b = 0;
};

using Numbers = std::vector<int>;

/// Equal lines get equal numbers.
class Numbering
{
public:
    Numbers of(const std::vector<QByteArrayView> &lines)
    {
        Numbers numbers;
        numbers.reserve(lines.size());
        for (const QByteArrayView line : lines) {
            const auto known = m_numbers.constFind(line);
            const int number = known != m_numbers.cend() ? *known : int(m_numbers.size());
            if (known == m_numbers.cend())
                m_numbers.insert(line, number);
            numbers.push_back(number);
        }
        return numbers;
    }

private:
    QHash<QByteArrayView, int> m_numbers;
};

class Differ
{
public:
    Differ(const Numbers &a, const Numbers &b)
        : m_a(a),
          m_b(b),
          m_goneA(a.size()),
          m_newB(b.size()),
          m_forward(a.size() + b.size() + 3),
          m_backward(a.size() + b.size() + 3),
          m_origin(int(b.size()) + 1)
    {
    }

    void run()
    {
        std::vector<Box> boxes{{0, int(m_a.size()), 0, int(m_b.size())}};
        while (!boxes.empty()) {
            Box box = boxes.back();
            boxes.pop_back();
            trim(box);
            if (box.a0 == box.a1 || box.b0 == box.b1) {
                mark(box);
                continue;
            }
            const Point middle = split(box);
            boxes.push_back({middle.a, box.a1, middle.b, box.b1});
            boxes.push_back({box.a0, middle.a, box.b0, middle.b});
        }
    }

    std::vector<LineChange> changes() const
    {
        std::vector<LineChange> changes;
        const int sizeA = int(m_a.size());
        const int sizeB = int(m_b.size());
        for (int a = 0, b = 0; a < sizeA || b < sizeB;) {
            const int a0 = a;
            const int b0 = b;
            while (a < sizeA && m_goneA[size_t(a)])
                ++a;
            while (b < sizeB && m_newB[size_t(b)])
                ++b;
            if (a > a0 || b > b0) {
                changes.push_back({a0, a, b0, b});
            } else {
                ++a;
                ++b;
            }
        }
        return changes;
    }

private:
    static constexpr int mostRounds = 256;
    static constexpr int unreached = std::numeric_limits<int>::max();

    bool same(int a, int b) const { return m_a[size_t(a)] == m_b[size_t(b)]; }
    int &forward(int diagonal) { return m_forward[size_t(m_origin + diagonal)]; }
    int &backward(int diagonal) { return m_backward[size_t(m_origin + diagonal)]; }

    void trim(Box &box) const
    {
        while (box.a0 < box.a1 && box.b0 < box.b1 && same(box.a0, box.b0)) {
            ++box.a0;
            ++box.b0;
        }
        while (box.a0 < box.a1 && box.b0 < box.b1 && same(box.a1 - 1, box.b1 - 1)) {
            --box.a1;
            --box.b1;
        }
    }

    void mark(const Box &box)
    {
        std::fill(m_goneA.begin() + box.a0, m_goneA.begin() + box.a1, true);
        std::fill(m_newB.begin() + box.b0, m_newB.begin() + box.b1, true);
    }

    /// A point that a shortest way from one corner of the box to the other goes through: searched from both
    /// corners at once. A diagonal is a - b; for each, how far `a` has come.
    Point split(const Box &box)
    {
        const int start = box.a0 - box.b0;
        const int end = box.a1 - box.b1;
        const bool odd = (start - end) & 1;
        forward(start) = box.a0;
        backward(end) = box.a1;
        for (int round = 1; round <= mostRounds; ++round) {
            for (int k = lowest(box, start, round); k <= start + round && k <= box.a1 - box.b0; k += 2) {
                advance(box, k, start, round);
                const bool meets = odd && k >= end - round + 1 && k <= end + round - 1;
                if (meets && forward(k) >= 0 && forward(k) >= backward(k))
                    return {forward(k), forward(k) - k};
            }
            for (int k = lowest(box, end, round); k <= end + round && k <= box.a1 - box.b0; k += 2) {
                retreat(box, k, end, round);
                const bool meets = !odd && k >= start - round && k <= start + round;
                if (meets && backward(k) < unreached && backward(k) <= forward(k))
                    return {backward(k), backward(k) - k};
            }
        }
        return farthest(box, start, end);
    }

    /// The first diagonal of a round that lies in the box.
    static int lowest(const Box &box, int from, int round)
    {
        const int k = from - round;
        const int least = box.a0 - box.b1;
        return k >= least ? k : least + ((least - k) & 1);
    }

    /// One step from the diagonals beside `k`, then along it. -1 where no way leads there.
    void advance(const Box &box, int k, int start, int round)
    {
        const auto reached = [&](int beside) {
            const bool searched = beside > start - round && beside < start + round &&
                                  beside >= box.a0 - box.b1 && beside <= box.a1 - box.b0;
            return searched ? forward(beside) : -1;
        };
        int a = reached(k + 1);
        if (a - k > box.b1)
            a = -1;
        if (const int left = reached(k - 1); left >= 0 && left < box.a1)
            a = qMax(a, left + 1);
        while (a >= 0 && a < box.a1 && a - k < box.b1 && same(a, a - k))
            ++a;
        forward(k) = a;
    }

    void retreat(const Box &box, int k, int end, int round)
    {
        const auto reached = [&](int beside) {
            const bool searched = beside > end - round && beside < end + round && beside >= box.a0 - box.b1 &&
                                  beside <= box.a1 - box.b0;
            return searched ? backward(beside) : unreached;
        };
        int a = reached(k - 1);
        if (a < unreached && a - k < box.b0)
            a = unreached;
        if (const int right = reached(k + 1); right < unreached && right > box.a0)
            a = qMin(a, right - 1);
        while (a < unreached && a > box.a0 && a - k > box.b0 && same(a - 1, a - 1 - k))
            --a;
        backward(k) = a;
    }

    /// Where the search has come furthest from either corner, when it may go on no longer.
    Point farthest(const Box &box, int start, int end)
    {
        Point best{box.a0, box.b0};
        int most = 0;
        const int last = box.a1 - box.b0;
        for (int k = lowest(box, start, mostRounds); k <= start + mostRounds && k <= last; k += 2) {
            const int a = forward(k);
            if (const int way = 2 * a - k - box.a0 - box.b0; a >= 0 && way > most) {
                best = {a, a - k};
                most = way;
            }
        }
        for (int k = lowest(box, end, mostRounds); k <= end + mostRounds && k <= last; k += 2) {
            const int a = backward(k);
            if (a < unreached && box.a1 + box.b1 - 2 * a + k > most) {
                best = {a, a - k};
                most = box.a1 + box.b1 - 2 * a + k;
            }
        }
        return best;
    }

    const Numbers &m_a;
    const Numbers &m_b;
    std::vector<bool> m_goneA;
    std::vector<bool> m_newB;
    Numbers m_forward;
    Numbers m_backward;
    int m_origin;
};

/// An insertion or removal between equal lines may stand in several places: moves each up, where it may join
/// the one before, then down as far as it goes, where it may join the one after.
class Sliding
{
public:
    Sliding(const Numbers &a, const Numbers &b) : m_a(a), m_b(b) {}

    std::vector<LineChange> slid(const std::vector<LineChange> &changes) const
    {
        std::vector<LineChange> done;
        for (LineChange change : changes) {
            up(change, done);
            done.push_back(change);
        }
        std::vector<LineChange> settled;
        while (!done.empty()) {
            LineChange change = done.back();
            done.pop_back();
            down(change, settled);
            settled.push_back(change);
        }
        std::reverse(settled.begin(), settled.end());
        return settled;
    }

private:
    static void shift(LineChange &change, int by)
    {
        change.firstBefore += by;
        change.lastBefore += by;
        change.firstAfter += by;
        change.lastAfter += by;
    }

    /// Towards the beginning; `earlier` ends with the change before.
    void up(LineChange &change, std::vector<LineChange> &earlier) const
    {
        for (;;) {
            if (!earlier.empty() && earlier.back().lastBefore == change.firstBefore &&
                earlier.back().lastAfter == change.firstAfter) {
                change.firstBefore = earlier.back().firstBefore;
                change.firstAfter = earlier.back().firstAfter;
                earlier.pop_back();
            } else if (mayRise(change)) {
                shift(change, -1);
            } else {
                return;
            }
        }
    }

    /// Towards the end; `later` ends with the change after.
    void down(LineChange &change, std::vector<LineChange> &later) const
    {
        for (;;) {
            if (!later.empty() && later.back().firstBefore == change.lastBefore &&
                later.back().firstAfter == change.lastAfter) {
                change.lastBefore = later.back().lastBefore;
                change.lastAfter = later.back().lastAfter;
                later.pop_back();
            } else if (maySink(change)) {
                shift(change, 1);
            } else {
                return;
            }
        }
    }

    static bool removes(const LineChange &change) { return change.firstAfter == change.lastAfter; }
    static bool inserts(const LineChange &change) { return change.firstBefore == change.lastBefore; }

    bool mayRise(const LineChange &c) const
    {
        if (c.firstBefore == 0 || c.firstAfter == 0)
            return false;
        if (removes(c))
            return m_a[size_t(c.firstBefore - 1)] == m_a[size_t(c.lastBefore - 1)];
        return inserts(c) && m_b[size_t(c.firstAfter - 1)] == m_b[size_t(c.lastAfter - 1)];
    }

    bool maySink(const LineChange &c) const
    {
        if (size_t(c.lastBefore) == m_a.size() || size_t(c.lastAfter) == m_b.size())
            return false;
        if (removes(c))
            return m_a[size_t(c.firstBefore)] == m_a[size_t(c.lastBefore)];
        return inserts(c) && m_b[size_t(c.firstAfter)] == m_b[size_t(c.lastAfter)];
    }

    const Numbers &m_a;
    const Numbers &m_b;
};

} // namespace

std::vector<QByteArrayView> linesWithEnds(const QByteArray &text)
{
    std::vector<QByteArrayView> lines;
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype newline = text.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        lines.push_back(QByteArrayView(text).sliced(begin, end - begin));
        begin = end;
    }
    return lines;
}

std::vector<LineChange> lineChanges(const std::vector<QByteArrayView> &before,
                                    const std::vector<QByteArrayView> &after)
{
    Numbering numbering;
    const Numbers a = numbering.of(before);
    const Numbers b = numbering.of(after);
    Differ differ(a, b);
    differ.run();
    return Sliding(a, b).slid(differ.changes());
}

} // namespace tropo
