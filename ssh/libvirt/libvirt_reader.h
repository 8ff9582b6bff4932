#pragma once

#include "models/evidence/harvest.h"

#include <functional>
#include <stop_token>

namespace tropo {

/// How a hypervisor's libvirt is read.
struct LibvirtRequest
{
    QString hypervisor; ///< its name in the fleet file
    QString uri;        ///< as libvirt opens it: a forwarded socket's, or another of its own transports
    std::chrono::milliseconds connectLimit{10'000}; ///< for opening
    std::chrono::milliseconds silenceLimit{20'000}; ///< for any single answer; keepalive uses it, too
    std::chrono::milliseconds storageLimit{5'000};  ///< for all storage pools together, which are read last
    int inFlight = 32;                              ///< calls under way at once on the one connection
    /// Ends the transport below libvirt, so that its calls return at once. May be empty. Called once at most,
    /// from the reading's own thread, on cancelling or when a limit has passed.
    std::function<void()> cut;
};

struct LibvirtReading
{
    Harvest harvest;     ///< source "libvirt"; the parts that failed stand in its errors, the rest is there
    bool opened = false; ///< libvirt answered; false: another socket may
    int calls = 0;       ///< made to libvirt, each one round trip, with the 6 that opening takes
};

/// Reads domains, networks and storage (`capture-format.md`, libvirt/) through one read-only connection,
/// never with VIR_DOMAIN_XML_SECURE. Blocks, at most until `stop` or a limit; a call that libvirt does not
/// give back is left to a thread of its own then, whose result nobody takes.
LibvirtReading readLibvirt(const LibvirtRequest &request, const std::stop_token &stop = {});

} // namespace tropo
