#pragma once

#include "models/fixes/condition.h"
#include "models/result.h"

#include <QDateTime>
#include <QJsonObject>

namespace tropo {

/// One step of a plan: what it does, what must be true before, how it is read back, and the way back, all
/// made before anything happens (fix-plans.md).
struct Step
{
    QString id;      ///< stable within the plan: "release-1"
    QString title;   ///< one sentence
    QString machine; ///< subject: "trop02", "trop02/vm/Acilamwen"
    QString command; ///< the same as one would type it; may have several lines
    Action action;
    QString diff; ///< unified; empty where nothing textual changes
    QList<Condition> before;
    QList<Condition> verify;
    std::chrono::milliseconds verifyLimit{20'000}; ///< how long the read-back may take to become true
    QString undoText;                              ///< the way back as one would type it; why there is none
    QList<Action> undo;                            ///< in order; empty: nothing to take back, or no way back
    QList<Condition> undone;                       ///< what is true again after it; empty: as `before`
    /// Where all hold, nothing is to be done, and nothing read back.
    std::optional<QList<Condition>> needless;
    /// Id of the step, this one or a later, from which on it stays as it is.
    std::optional<QString> finalAfter;
    bool disruptive = false; ///< cuts off something that serves
    QString outage;          ///< what is cut off, and for how long; empty: nothing

    bool operator==(const Step &) const = default;
};

/// A fix: ordered steps made from a fresh Fleet by a pure function.
struct Plan
{
    QString name;          ///< "float-reassign"
    QString intent;        ///< "Move float1 from trop02/vm/Acilamwen to trop03/vm/Larithiel"
    QStringList arguments; ///< as on the command line: {"float1", "trop03/Larithiel"}
    QDateTime read;        ///< when the fleet that it was made from was read
    QList<Step> steps;
    QStringList warnings;
    QStringList blast;       ///< what it touches: float → NIC → VM → containers → published ports
    QStringList touches;     ///< subjects that are locked while it runs
    QStringList confirm;     ///< names that must be typed because a live service is cut; empty: none
    QStringList hypervisors; ///< that need a writable connection

    bool operator==(const Plan &) const = default;
    bool isDisruptive() const;
};

/// As command-line.md says: {"plan", "intent", "steps", "warnings"}.
QJsonObject planJson(const Plan &plan);
QString planText(const Plan &plan);
/// A shell runbook: every step with its check and its undo as comments; passes `bash -n` and runs by hand.
QString planRunbook(const Plan &plan);

} // namespace tropo
