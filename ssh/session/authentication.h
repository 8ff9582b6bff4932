#pragma once

#include "ssh/session/agent_filter.h"
#include "ssh/session/ssh_target.h"

#include <libssh/libssh.h>

#include <chrono>

namespace tropo {

/// Proves who the user is: the agent's keys, then the identity files that have no passphrase. Never a
/// password.
class Authentication
{
public:
    enum Outcome {
        Accepted,
        Denied, ///< the machine answered, and took no key
        Broken, ///< the connection ended, or was cut
    };

    /// `limit` for what the agent may take to answer once. The session is one that does not block.
    Authentication(ssh_session session, const SshTarget &target, std::chrono::milliseconds limit,
                   std::stop_token stop);

    /// Blocks until it is settled, or the stop is asked for.
    Outcome run();
    /// Why it was denied, and what to do.
    QString denial() const;
    int roundTrips() const { return m_roundTrips; }

private:
    int byAgent();
    int byFile(const QString &path);
    QList<QByteArray> identityBlobs() const;
    bool isOver(int state) const;

    ssh_session m_session;
    const SshTarget &m_target;
    std::chrono::milliseconds m_limit;
    std::stop_token m_stop;
    AgentFilter::Seen m_seen;
    QStringList m_tried;
    QStringList m_locked; ///< identity files that need ssh-add
    bool m_partial = false;
    int m_roundTrips = 1; ///< asking for the service
};

} // namespace tropo
