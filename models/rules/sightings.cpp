#include "models/rules/sightings.h"

namespace tropo {

namespace {

bool isSecondReading(const Sightings::Seen &first, const QDateTime &earliest)
{
    return first.read.isValid() && earliest.isValid() &&
           std::chrono::milliseconds(first.read.msecsTo(earliest)) >= secondReadingAfter;
}

} // namespace

std::pair<QDateTime, QDateTime> readingOf(const Finding &finding, const Evidence &evidence)
{
    std::pair<QDateTime, QDateTime> reading;
    for (const Quote &quote : finding.evidence) {
        const Document *document = evidence.find(quote.source.document);
        if (!document || !document->taken.isValid())
            return {};
        if (!reading.first.isValid() || document->taken < reading.first)
            reading.first = document->taken;
        if (!reading.second.isValid() || document->taken > reading.second)
            reading.second = document->taken;
    }
    return reading;
}

Sightings sighted(const Sightings &earlier, QList<Finding> &findings, const Evidence &evidence)
{
    Sightings memory;
    for (Finding &finding : findings) {
        if (finding.sighting == Sighting::Settled)
            continue;
        const auto [earliest, latest] = readingOf(finding, evidence);
        Sightings::Seen seen{latest, finding.related, false};
        seen.related.sort();
        const auto known = earlier.byId.constFind(finding.id());
        if (known != earlier.byId.constEnd() && known->related == seen.related) {
            seen = *known;
            seen.confirmed = seen.confirmed || isSecondReading(seen, earliest);
        }
        finding.sighting = seen.confirmed ? Sighting::Confirmed : Sighting::Once;
        memory.byId.insert(finding.id(), seen);
    }
    return memory;
}

QString sightingName(Sighting sighting)
{
    switch (sighting) {
    case Sighting::Settled:
        return {};
    case Sighting::Once:
        return QStringLiteral("once");
    case Sighting::Confirmed:
        return QStringLiteral("confirmed");
    }
    return {};
}

QString sightingText(Sighting sighting)
{
    switch (sighting) {
    case Sighting::Settled:
        return {};
    case Sighting::Once:
        return QStringLiteral(
                   "Seen in one reading: during an update it may be so for a moment. A second reading, "
                   "at least %1 s later, confirms it.")
            .arg(secondReadingAfter.count());
    case Sighting::Confirmed:
        return QStringLiteral("Confirmed by a second reading, at least %1 s later.")
            .arg(secondReadingAfter.count());
    }
    return {};
}

} // namespace tropo
