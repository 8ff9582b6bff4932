#include "models/evidence/harvest.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool lies(const QString &path, const QString &folder)
{
    return path.size() > folder.size() && path[folder.size()] == u'/' && path.startsWith(folder);
}

bool isOrLies(const QString &path, const QString &place)
{
    return path == place || lies(path, place);
}

/// The places below which what is not brought anew stays: documents and folders that an error names, and all
/// the harvest's folders when an error names the source itself (a reading that was cut short).
QStringList agingPlaces(const Harvest &harvest)
{
    const QString top = escapedName(harvest.hypervisor) + u'/';
    QStringList places;
    for (const SourceError &error : harvest.errors) {
        if (error.source == harvest.source)
            return harvest.folders;
        places.append(top + error.source);
    }
    return places;
}

void replaceDocuments(Evidence &evidence, const Harvest &harvest)
{
    const QStringList aging = agingPlaces(harvest);
    const auto ages = [&](const QString &path) {
        return std::any_of(aging.cbegin(), aging.cend(), [&](const QString &p) { return isOrLies(path, p); });
    };
    for (const QString &folder : harvest.folders)
        for (const QString &path : evidence.below(folder))
            if (!harvest.documents.contains(path) && !ages(path))
                evidence.documents.remove(path);
    for (auto it = harvest.documents.cbegin(); it != harvest.documents.cend(); ++it) {
        evidence.documents.insert(it.key(), it.value());
        if (it->taken.isValid() && (!evidence.taken.isValid() || it->taken > evidence.taken))
            evidence.taken = it->taken;
    }
}

/// An error is of the harvest's source when it names it, or a document that the harvest speaks for or brings.
bool ofSameSource(const SourceError &error, const Harvest &harvest)
{
    if (error.hypervisor != harvest.hypervisor)
        return false;
    if (error.source == harvest.source)
        return true;
    const QString path = escapedName(error.hypervisor) + u'/' + error.source;
    return harvest.documents.contains(path) ||
           std::any_of(harvest.folders.cbegin(), harvest.folders.cend(),
                       [&](const QString &folder) { return isOrLies(path, folder); });
}

void replaceErrors(Evidence &evidence, const Harvest &harvest)
{
    evidence.errors.removeIf([&](const SourceError &error) { return ofSameSource(error, harvest); });
    evidence.errors += harvest.errors;
}

/// Guests that libvirt no longer knows leave nothing behind.
void dropGoneGuests(Evidence &evidence, const QString &hypervisor, const QStringList &domains)
{
    const QString top = escapedName(hypervisor);
    const QString guests = top + "/guests"_L1;
    QSet<QString> parts;
    for (const QString &domain : domains)
        parts.insert(escapedName(domain));
    for (const QString &path : evidence.below(guests))
        if (!parts.contains(path.section(u'/', 2, 2)))
            evidence.documents.remove(path);
    evidence.errors.removeIf([&](const SourceError &error) {
        if (error.hypervisor != hypervisor)
            return false;
        if (error.source.startsWith("guest "_L1))
            return !domains.contains(error.source.mid(6));
        return error.source.startsWith("guests/"_L1) && !parts.contains(error.source.section(u'/', 1, 1));
    });
}

} // namespace

void merge(Evidence &evidence, const Harvest &harvest)
{
    if (harvest.answered)
        replaceDocuments(evidence, harvest);
    replaceErrors(evidence, harvest);
    if (harvest.answered && harvest.domains)
        dropGoneGuests(evidence, harvest.hypervisor, *harvest.domains);
}

} // namespace tropo
