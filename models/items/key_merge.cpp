#include "models/items/key_merge.h"

namespace tropo {

namespace {

/// Removes what is not wanted, last run first so that positions stay valid.
QList<QString> appendRemovals(QList<RowChange> &changes, const QList<QString> &from,
                              const QSet<QString> &wanted)
{
    QList<QString> kept;
    for (const QString &key : from)
        if (wanted.contains(key))
            kept.append(key);
    for (qsizetype last = from.size() - 1; last >= 0; --last) {
        if (wanted.contains(from[last]))
            continue;
        qsizetype first = last;
        while (first > 0 && !wanted.contains(from[first - 1]))
            --first;
        changes.append({RowChange::What::Remove, static_cast<int>(first), static_cast<int>(last), 0});
        last = first;
    }
    return kept;
}

/// Moves the kept rows into their new order; those of a longest run that is in order already stay.
void appendMoves(QList<RowChange> &changes, QList<QString> &rows, const QList<QString> &order)
{
    QHash<QString, int> rank;
    for (int i = 0; i < order.size(); ++i)
        rank.insert(order[i], i);
    std::vector<int> ranks;
    for (const QString &key : rows)
        ranks.push_back(rank.value(key));
    if (std::is_sorted(ranks.begin(), ranks.end()))
        return;
    QSet<QString> settled;
    for (std::size_t i : longestIncreasing(ranks))
        settled.insert(rows[static_cast<qsizetype>(i)]);
    // In the new order, each row that moves goes right behind the one that precedes it there.
    QString before;
    for (const QString &key : order) {
        if (!settled.contains(key)) {
            const qsizetype at = rows.indexOf(key);
            rows.removeAt(at);
            const qsizetype to = before.isNull() ? 0 : rows.indexOf(before) + 1;
            rows.insert(to, key);
            if (at != to)
                changes.append({RowChange::What::Move, static_cast<int>(at), static_cast<int>(at),
                                static_cast<int>(to)});
        }
        before = key;
    }
}

} // namespace

std::vector<std::size_t> longestIncreasing(const std::vector<int> &values)
{
    std::vector<std::size_t> tails;
    std::vector<std::size_t> previous(values.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at =
            std::lower_bound(tails.begin(), tails.end(), values[i],
                             [&values](std::size_t tail, int value) { return values[tail] < value; });
        if (at != tails.begin())
            previous[i] = *(at - 1);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
    }
    std::vector<std::size_t> result;
    for (std::size_t i = tails.empty() ? values.size() : tails.back(); i < values.size(); i = previous[i])
        result.push_back(i);
    std::reverse(result.begin(), result.end());
    return result;
}

QList<RowChange> keyMerge(const QList<QString> &from, const QList<QString> &to)
{
    QList<RowChange> changes;
    if (from == to)
        return changes;
    const QSet<QString> wanted(to.begin(), to.end());
    QList<QString> rows = appendRemovals(changes, from, wanted);
    const QSet<QString> present(rows.begin(), rows.end());
    QList<QString> order;
    for (const QString &key : to)
        if (present.contains(key))
            order.append(key);
    appendMoves(changes, rows, order);
    for (qsizetype first = 0; first < to.size(); ++first) {
        if (present.contains(to[first]))
            continue;
        qsizetype last = first;
        while (last + 1 < to.size() && !present.contains(to[last + 1]))
            ++last;
        changes.append({RowChange::What::Insert, static_cast<int>(first), static_cast<int>(last), 0});
        first = last;
    }
    return changes;
}

} // namespace tropo
