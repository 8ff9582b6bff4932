#include "ssh/session/local_forward.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t pieceSize = 256 * 1024;

/// One way of the two: bytes read from one socket, not yet taken by the other.
struct Way
{
    int from;
    int to;
    std::vector<char> bytes;
    std::size_t at = 0; ///< of those, taken
    bool ended = false;

    bool isEmpty() const { return at == bytes.size(); }

    /// Moves what can be moved now. False: the side that takes is gone.
    bool move()
    {
        if (isEmpty() && !ended)
            read();
        while (!isEmpty()) {
            const ssize_t put = ::send(to, bytes.data() + at, bytes.size() - at, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (put <= 0)
                return put < 0 && (errno == EAGAIN || errno == EINTR);
            at += static_cast<std::size_t>(put);
        }
        return true;
    }

    void read()
    {
        bytes.resize(pieceSize);
        at = 0;
        const ssize_t got = ::recv(from, bytes.data(), bytes.size(), MSG_DONTWAIT);
        const bool later = got < 0 && (errno == EAGAIN || errno == EINTR);
        bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got <= 0 && !later) {
            ended = true;
            ::shutdown(to, SHUT_WR); // the other way may still be in use
        }
    }
};

/// Both ways until both have ended, a side is gone, or a stop.
void relay(int local, int remote, const std::stop_token &stop)
{
    Way up{local, remote, {}};
    Way down{remote, local, {}};
    while (!stop.stop_requested() && up.move() && down.move() &&
           !(up.ended && up.isEmpty() && down.ended && down.isEmpty())) {
        const auto events = [](const Way &reading, const Way &writing) {
            return static_cast<short>((reading.isEmpty() && !reading.ended ? POLLIN : 0) |
                                      (writing.isEmpty() ? 0 : POLLOUT));
        };
        std::array<pollfd, 2> wait{pollfd{local, events(up, down), 0}, pollfd{remote, events(down, up), 0}};
        ::poll(wait.data(), wait.size(), 1000);
        // Gone on both ways, and what it said has been read: nothing more can come of it.
        for (const pollfd &side : wait)
            if ((side.revents & (POLLHUP | POLLERR)) && !(side.events & POLLIN) && up.isEmpty() &&
                down.isEmpty())
                return;
    }
}

} // namespace

LocalForward::LocalForward(std::shared_ptr<SshSession> session, int remote)
    : m_session(std::move(session)), m_remote(remote)
{
}

LocalForward::~LocalForward()
{
    m_thread.request_stop();
    cut();
    if (m_thread.joinable())
        m_thread.join();
    ::close(m_remote);
    if (m_listening >= 0)
        ::close(m_listening);
}

Result<std::unique_ptr<LocalForward>> LocalForward::open(const std::shared_ptr<SshSession> &session,
                                                         const QString &remotePath,
                                                         std::chrono::milliseconds limit,
                                                         const std::stop_token &stop)
{
    const auto remote = session->openUnixSocket(remotePath, limit, stop);
    if (!remote)
        return tl::unexpected(remote.error());
    std::unique_ptr<LocalForward> forward(new LocalForward(session, *remote));
    if (!forward->listen())
        return failure(
            ErrorKind::Io, forward->path(),
            u"no local socket could be made: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno))));
    return forward;
}

QString LocalForward::path() const
{
    return m_folder.filePath(u"libvirt-sock"_s);
}

bool LocalForward::listen()
{
    const QByteArray name = QFile::encodeName(path());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!m_folder.isValid() || name.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return false;
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    m_listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (m_listening < 0 ||
        ::bind(m_listening, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::listen(m_listening, 1) != 0)
        return false;
    m_thread = std::jthread([this](const std::stop_token &stop) { serve(stop); });
    return true;
}

void LocalForward::serve(const std::stop_token &stop)
{
    int local = -1;
    while (local < 0 && !stop.stop_requested()) {
        pollfd wait{m_listening, POLLIN, 0};
        if (::poll(&wait, 1, 100) > 0)
            local = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
    }
    ::shutdown(m_listening, SHUT_RDWR); // a second client is refused, not kept waiting
    if (local >= 0)
        relay(local, m_remote, stop);
    ::shutdown(m_remote, SHUT_RDWR);
    if (local >= 0)
        ::close(local);
}

void LocalForward::cut()
{
    ::shutdown(m_remote, SHUT_RDWR);
}

} // namespace tropo
