#pragma once

#include "ssh/apply/reach.h"

namespace tropo {

/// The MACs that answer ARP for an address on a bridge, asked from its hypervisor; sorted. Empty: nobody
/// within three seconds. Errors: Refused where nobody can be asked there.
Result<QStringList> arpAnswers(LiveExecutor::Reach &reach, const QString &hypervisor, const QString &bridge,
                               Ipv4 address, const std::stop_token &stop);

/// The MACs in what an arping printed, of iputils, busybox or Thomas Habets; lower case, two digits an octet,
/// sorted.
QStringList macsOfArping(const QByteArray &out);

} // namespace tropo
