#pragma once

#include "ssh/session/ssh_session.h"

#include <libssh/libssh.h>

namespace tropo {

struct SessionCloser
{
    void operator()(ssh_session session) const { ssh_free(session); }
};
/// With a given descriptor, ssh_free closes it and ssh_disconnect must never be called (libssh 0.10).
using SessionHandle = std::unique_ptr<ssh_session_struct, SessionCloser>;

struct Handshake
{
    std::unique_ptr<ssh_counter_struct>
        counter; ///< bytes on the wire; libssh counts in it until the session ends
    SessionHandle session;
    int roundTrips = 0;
};

/// Key exchange, host key and authentication over a connected socket, which becomes the session's. Blocks up
/// to the limit; a stop or the limit cuts the socket, which ends whatever libssh waits for.
Result<Handshake> handshake(int fd, const SshTarget &target, const ConnectOptions &options);

} // namespace tropo
