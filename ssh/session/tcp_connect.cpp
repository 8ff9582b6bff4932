#include "ssh/session/tcp_connect.h"

#include <QList>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;
using Clock = std::chrono::steady_clock;

namespace {

struct Endpoint
{
    int family = AF_UNSPEC;
    sockaddr_storage address{};
    socklen_t length = 0;
};

/// Shared by the resolving thread and the one that waits for it; whoever comes last lets it go.
struct Resolution
{
    std::mutex mutex;
    std::condition_variable_any changed;
    bool done = false;
    int status = 0;
    QList<Endpoint> endpoints;
};

void resolve(const std::shared_ptr<Resolution> &resolution, const std::string &host, const std::string &port,
             int family)
{
    addrinfo hints{};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo *list = nullptr;
    int status = getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
    if (status == EAI_NONAME || status == EAI_ADDRFAMILY) {
        // AI_ADDRCONFIG hides loopback addresses on a machine that has no others.
        hints.ai_flags = AI_NUMERICSERV;
        status = getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
    }
    const std::scoped_lock lock(resolution->mutex);
    for (const addrinfo *entry = list; entry; entry = entry->ai_next) {
        Endpoint endpoint;
        endpoint.family = entry->ai_family;
        endpoint.length = entry->ai_addrlen;
        std::memcpy(&endpoint.address, entry->ai_addr, entry->ai_addrlen);
        resolution->endpoints.append(endpoint);
    }
    if (list)
        freeaddrinfo(list);
    resolution->status = status;
    resolution->done = true;
    resolution->changed.notify_all();
}

Error stoppedOrLate(const QString &host, const std::stop_token &stop, const QString &late)
{
    if (stop.stop_requested())
        return {ErrorKind::Cancelled, host, u"cancelled"_s};
    return {ErrorKind::Timeout, host, late};
}

/// One address; the error number when it fails, ETIMEDOUT when the deadline or a stop comes first.
int connectOne(const Endpoint &endpoint, Clock::time_point deadline, const std::stop_token &stop,
               int &socketOut)
{
    const int fd = ::socket(endpoint.family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return errno;
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    int status = ::connect(fd, reinterpret_cast<const sockaddr *>(&endpoint.address), endpoint.length) == 0
                     ? 0
                     : errno;
    while (status == EINPROGRESS && !stop.stop_requested() && Clock::now() < deadline) {
        pollfd wait{fd, POLLOUT, 0};
        if (::poll(&wait, 1, 50) > 0) {
            socklen_t size = sizeof status;
            ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &status, &size);
        }
    }
    if (status == 0) {
        socketOut = fd;
        return 0;
    }
    ::close(fd);
    return status == EINPROGRESS ? ETIMEDOUT : status;
}

} // namespace

Result<int> connectTcp(const QString &host, int port, const QString &family, std::chrono::milliseconds limit,
                       const std::stop_token &stop)
{
    const Clock::time_point deadline = Clock::now() + limit;
    const auto resolution = std::make_shared<Resolution>();
    const int wanted = family == u"inet" ? AF_INET : family == u"inet6" ? AF_INET6 : AF_UNSPEC;
    std::thread(resolve, resolution, host.toStdString(), std::to_string(port), wanted).detach();
    {
        std::unique_lock lock(resolution->mutex);
        resolution->changed.wait_until(lock, stop, deadline, [&] { return resolution->done; });
        if (!resolution->done)
            return tl::unexpected(
                stoppedOrLate(host, stop, u"its name was not resolved in time; check DNS or /etc/hosts"_s));
        if (resolution->status != 0)
            return failure(ErrorKind::Unreachable, host,
                           u"its name cannot be resolved (%1); check the name, DNS or /etc/hosts"_s.arg(
                               QString::fromLocal8Bit(gai_strerror(resolution->status))));
    }
    int status = ETIMEDOUT;
    auto left = static_cast<int>(resolution->endpoints.size());
    for (const Endpoint &endpoint : std::as_const(resolution->endpoints)) {
        int fd = -1;
        // An address that does not answer leaves the others their share of the time.
        const Clock::time_point now = Clock::now();
        status = connectOne(endpoint, now + (deadline - now) / left--, stop, fd);
        if (status == 0)
            return fd;
        if (stop.stop_requested() || Clock::now() >= deadline)
            break;
    }
    if (stop.stop_requested() || status == ETIMEDOUT)
        return tl::unexpected(stoppedOrLate(
            host, stop,
            u"port %1 did not answer within %2 s; is the machine up and the network whole?"_s.arg(port).arg(
                limit.count() / 1000)));
    return failure(ErrorKind::Unreachable, host,
                   u"port %1: %2"_s.arg(port).arg(QString::fromLocal8Bit(std::strerror(status))));
}

void acknowledgeAtOnce(int fd)
{
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

} // namespace tropo
