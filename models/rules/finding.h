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

    bool operator==(const Finding &) const = default;
    /// Stable between runs on the same state.
    QString id() const { return QString(rule + QLatin1Char(':') + subject); }
};

} // namespace tropo
