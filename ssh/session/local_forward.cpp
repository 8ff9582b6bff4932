#include "ssh/session/local_forward.h"

#include <QFile>

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

/// Moves what one side sent to the other; false when that side has ended.
bool move(int from, int to, std::vector<char> &buffer)
{
    const ssize_t got = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR;
    ssize_t at = 0;
    while (at < got) {
        // Blocks where the other side is slow, which slows down this one: as a pipe would.
        const ssize_t put = ::send(to, buffer.data() + at, static_cast<std::size_t>(got - at), MSG_NOSIGNAL);
        if (put <= 0)
            return false;
        at += put;
    }
    return got > 0;
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
    std::vector<char> buffer(256 * 1024);
    bool open = local >= 0;
    while (open && !stop.stop_requested()) {
        std::array<pollfd, 2> wait{pollfd{local, POLLIN, 0}, pollfd{m_remote, POLLIN, 0}};
        ::poll(wait.data(), wait.size(), 1000);
        if (wait[0].revents)
            open = move(local, m_remote, buffer);
        if (open && wait[1].revents)
            open = move(m_remote, local, buffer);
    }
    ::shutdown(m_remote, SHUT_RDWR);
    if (local >= 0)
        ::close(local);
}

void LocalForward::cut()
{
    ::shutdown(m_remote, SHUT_RDWR);
}

} // namespace tropo
