#pragma once

#include "ssh/collect/remote.h"
#include "ssh/session/ssh_session.h"

namespace tropo {

struct SshOptions
{
    QString configFile; ///< empty: the user's ~/.ssh/config
    std::chrono::milliseconds connectLimit{10'000};
    HostKeyAsker asker;
};

/// Makes connections by libssh, as the user's own ssh would.
RemoteConnector sshConnector(const SshOptions &options);

} // namespace tropo
