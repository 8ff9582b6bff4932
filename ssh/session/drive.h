#pragma once

#include "ssh/session/tcp_connect.h"

#include <libssh/libssh.h>

#include <poll.h>
#include <stop_token>

namespace tropo {

/// Repeats a call on a session that does not block until it answers something other than `again`, or `stop`
/// is asked for. libssh's own waiting would not do: it sleeps on after a write that failed.
template <typename Call>
int drive(ssh_session session, const std::stop_token &stop, int again, const Call &call)
{
    for (;;) {
        const int state = call();
        if (state != again)
            return state;
        if (stop.stop_requested() || ssh_get_fd(session) < 0)
            return SSH_ERROR; // also SSH_AUTH_ERROR
        const bool sending = (ssh_get_poll_flags(session) & SSH_WRITE_PENDING) != 0;
        pollfd wait{ssh_get_fd(session), static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
        ::poll(&wait, 1, 50);
        acknowledgeAtOnce(ssh_get_fd(session));
    }
}

} // namespace tropo
