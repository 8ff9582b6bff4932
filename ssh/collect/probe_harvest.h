#pragma once

#include "models/evidence/harvest.h"
#include "ssh/collect/probe_reader.h"

namespace tropo {

/// Whose documents a probe printed.
struct ProbePlace
{
    QString hypervisor;
    QString guest;             ///< the domain; empty for the hypervisor's own system
    bool readsDeclared = true; ///< of a hypervisor: the probe was asked for the declared configuration
    int limitSeconds = 20;     ///< of a single command, for the messages

    QString source() const { return guest.isEmpty() ? QStringLiteral("host") : QString(u"guest " + guest); }
};

/// What the probe has printed, as a harvest. A command that failed is that document's error, with what it
/// printed kept where it is of use. Where Docker itself does not answer, the error is that of all its
/// documents, so that what was known of them stays and ages.
/// `ended` says why the probe did not come to its end; nothing where reader.done().
Harvest probeHarvest(const ProbePlace &place, const ProbeReader &reader, const std::optional<Error> &ended);

/// A first part, delivered while the probe still runs: what has come, speaking only for the folders that are
/// complete. It drops nothing else.
Harvest firstPart(const ProbePlace &place, const ProbeReader &reader);

} // namespace tropo
