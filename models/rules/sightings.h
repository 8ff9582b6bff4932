#pragma once

#include "models/evidence/evidence.h"
#include "models/rules/finding.h"

#include <QHash>

#include <chrono>

namespace tropo {

/// What is normal for a moment counts when it is seen again this much later.
constexpr std::chrono::seconds secondReadingAfter{20};

/// What earlier readings saw once, and when: remembered from one judgement to the next.
struct Sightings
{
    struct Seen
    {
        QDateTime read;      ///< when the last of the documents was read that it was first seen in
        QStringList related; ///< what it was about, sorted: other containers are another case
        bool confirmed = false;

        bool operator==(const Seen &) const = default;
    };
    QHash<QString, Seen> byId; ///< by finding

    bool operator==(const Sightings &) const = default;
};

/// Marks those findings that one reading cannot tell as seen once or confirmed, and returns what to remember.
/// Confirmed is what every document of it shows again, each read at least `secondReadingAfter` after all of
/// those of the first time. What is no longer found is forgotten. Times are those of the evidence's
/// documents.
Sightings sighted(const Sightings &earlier, QList<Finding> &findings, const Evidence &evidence);

/// The documents of a finding: when the first and when the last of them was read; invalid where not known.
std::pair<QDateTime, QDateTime> readingOf(const Finding &finding, const Evidence &evidence);

/// "once", "confirmed"; empty for what one reading settles.
QString sightingName(Sighting sighting);
/// What to tell people of it, in a sentence or two; empty for what one reading settles.
QString sightingText(Sighting sighting);

} // namespace tropo
