#pragma once

#include <QString>

namespace tropo {

/// Tables cut ids to 12 of 25 characters; shorter beginnings say too little to join by.
constexpr qsizetype shortestSwarmId = 12;

/// Whether two ids, either of them possibly cut, mean the same.
inline bool sameSwarmId(const QString &a, const QString &b)
{
    if (qMin(a.size(), b.size()) < shortestSwarmId)
        return !a.isEmpty() && a == b;
    return a.startsWith(b) || b.startsWith(a);
}

/// What the ids of one thing have in common, to look them up by; empty for an empty one.
inline QString swarmIdKey(const QString &id)
{
    return id.first(qMin(id.size(), shortestSwarmId));
}

} // namespace tropo
