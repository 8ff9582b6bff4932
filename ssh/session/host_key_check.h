#pragma once

#include "models/collect/host_key.h"
#include "ssh/session/known_hosts.h"
#include "ssh/session/public_key.h"
#include "ssh/session/ssh_target.h"

#include <functional>

namespace tropo {

/// Whether a machine is who it should be, by all known_hosts files of its target. They are read once.
class HostKeyCheck
{
public:
    using Ask = std::function<HostKeyAnswer(const HostKeyQuestion &)>;

    explicit HostKeyCheck(const SshTarget &target);

    /// The algorithms to ask for: those that a key is known for come first, since any other key of the same
    /// machine would look unknown.
    QByteArray algorithms() const;

    /// Known keys pass. Unknown ones are asked about, changed and revoked ones never. Without `ask`, or with
    /// StrictHostKeyChecking yes, unknown ones are refused. Writes to known_hosts when told to remember.
    Result<void> check(const PublicKey &key, const Ask &ask) const;

private:
    HostKeyVerdict judge(const PublicKey &key) const;
    Result<void> checkRevoked(const PublicKey &key) const;
    Result<void> askAbout(const PublicKey &key, const Ask &ask) const;
    tl::unexpected<Error> refused(const QString &why) const;

    const SshTarget &m_target;
    QList<KnownHostsFile> m_files;
};

} // namespace tropo
