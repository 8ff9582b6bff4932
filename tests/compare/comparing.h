#pragma once

#include "models/compare/comparison.h"
#include "tests/rules/judging.h"

namespace tropo::build {

inline Snapshot snapshotOf(const Fleet &fleet, const Policy &policy = build::policy())
{
    Snapshot made;
    made.fleet = fleet;
    made.policy = policy;
    return made;
}

/// "kind what subject" of every change, the subject without trop02/vm/Acilamwen.
inline QStringList told(const Comparison &comparison)
{
    QStringList lines;
    for (const Change &change : comparison.changes) {
        QString at = change.subject;
        at.replace(QStringLiteral("trop02/vm/Acilamwen"), QStringLiteral("VM"));
        lines.append(QString(changeWord(change.kind) + u' ' + change.what + u' ' + at));
    }
    return lines;
}

inline QStringList leftOpen(const Comparison &comparison)
{
    QStringList lines;
    for (const NotCompared &one : comparison.notCompared)
        lines.append(QString(one.subject + QLatin1String(": ") + one.message));
    return lines;
}

inline Comparison compared(const Fleet &before, const Fleet &after)
{
    return compare(snapshotOf(before), snapshotOf(after));
}

/// Of two states of the one VM.
inline Comparison compared(const Domain &before, const Domain &after)
{
    return compared(fleetOf(before), fleetOf(after));
}

} // namespace tropo::build
