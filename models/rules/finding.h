#pragma once

#include "models/severity.h"
#include "models/source.h"

#include <QStringList>

#include <optional>

namespace tropo {

/// Lines of a document that a finding stands on.
struct Quote
{
    Source source;
    QString text; ///< the lines as they stand, bounded

    bool operator==(const Quote &) const = default;
};

/// Whether one reading can tell. What is normal for a moment, such as two tasks of one slot during an update,
/// counts as confirmed only when a second reading, at least 20 s later, shows it too.
enum class Sighting {
    Settled,   ///< one reading is enough
    Once,      ///< seen in one reading
    Confirmed, ///< seen again
};

/// Something that is wrong, or worth knowing, with its proof.
struct Finding
{
    QString rule;
    QString subject; ///< as rule-catalogue.md writes subjects: "trop02/vm/Acilamwen/if/ens5"
    Severity severity = Severity::Info;
    QString message;     ///< one sentence with the actual values
    QStringList related; ///< other subjects that it concerns
    QList<Quote> evidence;
    QStringList fixes;               ///< names of plans that apply
    std::optional<QString> accepted; ///< the reason, where the fleet file accepts it
    Sighting sighting = Sighting::Settled;

    bool operator==(const Finding &) const = default;
    /// Stable between runs on the same state.
    QString id() const { return QString(rule + QLatin1Char(':') + subject); }
};

} // namespace tropo
