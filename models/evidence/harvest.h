#pragma once

#include "models/evidence/evidence.h"

namespace tropo {

/// What one reading of one source gave: a hypervisor's libvirt, a hypervisor's own system, a guest. Merging
/// harvests into the evidence at hand is how partial results arrive, and how a refresh of one machine leaves
/// the others alone.
struct Harvest
{
    QString hypervisor;
    QString source;      ///< "libvirt", "host", "guest NAME"
    QStringList folders; ///< what it speaks for: "trop02/libvirt", or "trop02/host" and "trop02/declared"
    QMap<QString, Document> documents; ///< by full path
    QList<SourceError> errors;
    bool answered =
        false; ///< false: the source as a whole gave nothing, what was known before stays and ages
    /// Of a libvirt harvest: the domains that exist; evidence of other guests of this hypervisor is dropped.
    std::optional<QStringList> domains;

    bool operator==(const Harvest &) const = default;
};

/// Takes a harvest in. An answered harvest replaces its folders, except documents that it names in `errors`,
/// which stay as they were and age. Its errors replace all earlier ones of the same source.
void merge(Evidence &evidence, const Harvest &harvest);

} // namespace tropo
