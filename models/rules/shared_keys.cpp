#include "models/rules/shared_keys.h"

#include <QHash>
#include <QMap>

namespace tropo {

namespace {

/// The first item of a group stands for it (disjoint sets, with path halving).
int first(QList<int> &parents, int item)
{
    while (parents[item] != item)
        item = parents[item] = parents[parents[item]];
    return item;
}

} // namespace

QList<QList<int>> groupsSharing(const QList<QStringList> &keys)
{
    QList<int> parents(keys.size());
    for (int i = 0; i < parents.size(); ++i)
        parents[i] = i;
    QHash<QString, int> bearers;
    for (int i = 0; i < keys.size(); ++i) {
        for (const QString &key : keys[i]) {
            const auto known = bearers.constFind(key);
            if (known == bearers.constEnd()) {
                bearers.insert(key, i);
                continue;
            }
            const int a = first(parents, *known);
            const int b = first(parents, i);
            parents[qMax(a, b)] = qMin(a, b);
        }
    }
    QMap<int, QList<int>> groups;
    for (int i = 0; i < parents.size(); ++i)
        groups[first(parents, i)].append(i);
    QList<QList<int>> shared;
    for (const QList<int> &group : groups)
        if (group.size() > 1)
            shared.append(group);
    return shared;
}

} // namespace tropo
