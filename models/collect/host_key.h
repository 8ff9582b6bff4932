#pragma once

#include <QString>

namespace tropo {

/// A machine showed a host key that known_hosts does not have: the operator is asked, once. A changed or
/// revoked key is never asked about; it is refused.
struct HostKeyQuestion
{
    QString machine;     ///< "trop02", or "Acilamwen via trop02"
    QString host;        ///< the name that would stand in known_hosts
    QString keyType;     ///< ssh-ed25519, …
    QString fingerprint; ///< SHA256:…, as ssh prints it
    QString file;        ///< the known_hosts file that it would be written to

    bool operator==(const HostKeyQuestion &) const = default;
};

enum class HostKeyAnswer { Refuse, Once, Remember };

} // namespace tropo
