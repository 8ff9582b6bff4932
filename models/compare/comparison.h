#pragma once

#include "models/snapshot.h"

namespace tropo {

enum class ChangeKind { Added, Removed, Changed };

QString changeWord(ChangeKind kind); ///< "added", "removed", "changed"

/// One thing that differs between two readings of a fleet.
struct Change
{
    QString subject; ///< what it is about, as findings name it
    ChangeKind kind = ChangeKind::Changed;
    QString what;                ///< stable: "state", "nic", "reservation", "setting", "finding", …
    QString message;             ///< one sentence
    QString before;              ///< empty where it was not there
    QString after;               ///< empty where it is not there
    QList<Source> sourcesBefore; ///< places in the earlier evidence
    QList<Source> sourcesAfter;  ///< and in the later

    bool operator==(const Change &) const = default;
};

/// What was read in only one of the two, so that it cannot be said whether it changed.
struct NotCompared
{
    QString subject;
    QString message;

    bool operator==(const NotCompared &) const = default;
};

struct Comparison
{
    QList<Change> changes; ///< in the order of the fleet
    QList<NotCompared> notCompared;

    bool operator==(const Comparison &) const = default;
    int count(ChangeKind kind) const;
};

/// What changed from one snapshot to another, by object: hypervisors, networks, domains, what is inside
/// guests, engines, floats and findings. What only passes (a lease's end, ages, clocks, taps' numbers) is no
/// change.
Comparison compare(const Snapshot &before, const Snapshot &after);

} // namespace tropo
