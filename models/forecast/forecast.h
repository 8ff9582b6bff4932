#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

namespace tropo {

/// What a restart would do to whoever uses the thing; ordered.
enum class ForecastWeight {
    Note,   ///< nothing changes, but it does not come up either
    Change, ///< something is other than now
    Lost,   ///< what works now would not
};

/// "lost", "change", "note".
QString weightName(ForecastWeight weight);

/// One thing that a restart would do.
struct ForecastItem
{
    QString kind; ///< stable: "nic-appears", "float-lost", … (README.md lists them)
    ForecastWeight weight = ForecastWeight::Change;
    QString subject; ///< what it is about, as findings name it
    QString message; ///< one sentence with the actual values
    QList<Source> sources;

    bool operator==(const ForecastItem &) const = default;
};

/// What would happen if one hypervisor or VM restarted now. A restart of a VM is a shutdown and a start,
/// which takes the persistent description; a reboot from inside keeps the devices that it has.
struct Forecast
{
    QString subject;           ///< "trop02" or "trop02/vm/Acilamwen"
    QList<ForecastItem> items; ///< what is lost first
    QStringList notKnown;      ///< what could not be told and why, one sentence each

    bool operator==(const Forecast &) const = default;
    int count(ForecastWeight weight) const;
    /// "one loss and 2 changes", or that nothing would change, or that nothing of what was read would.
    QString summary() const;
};

/// Of every hypervisor and each of its VMs, in the order of the fleet.
QList<Forecast> forecastAll(const Fleet &fleet, const Policy &policy);
/// Of one of them; nothing where the subject is neither. Reads that hypervisor alone.
std::optional<Forecast> forecastOf(const QString &subject, const Fleet &fleet, const Policy &policy);

} // namespace tropo
