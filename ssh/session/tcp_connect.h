#pragma once

#include "models/result.h"

#include <QString>

#include <chrono>
#include <stop_token>

namespace tropo {

/// A connected, non-blocking TCP socket with TCP_NODELAY, the caller's to close. Every address of the name,
/// of `family` "inet" or "inet6" where it says so, is tried within the limit. Name resolution cannot be
/// interrupted, so it runs on a thread that is left behind when the limit or a stop comes first.
Result<int> connectTcp(const QString &host, int port, const QString &family, std::chrono::milliseconds limit,
                       const std::stop_token &stop);

/// Has what came in acknowledged now: sshd holds its next small packet back until then (40 ms otherwise). For
/// what has been read only, so to be called again. Does nothing to a socket that is not TCP.
void acknowledgeAtOnce(int fd);

} // namespace tropo
