#include "ssh/session/agent_filter.h"

#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tropo {

using Clock = std::chrono::steady_clock;

namespace {

constexpr char agentFailure = 5;
constexpr char identitiesAnswer = 12;
constexpr quint32 largestMessage = 256 * 1024;

quint32 numberAt(const QByteArray &text, qsizetype at)
{
    return qFromBigEndian<quint32>(text.constData() + at);
}

QByteArray number(quint32 value)
{
    QByteArray text(4, Qt::Uninitialized);
    qToBigEndian(value, text.data());
    return text;
}

/// A length-prefixed string; moves `at` past it. False: the text ends before.
bool takeString(const QByteArray &text, qsizetype &at, QByteArray &into)
{
    if (at + 4 > text.size())
        return false;
    const qsizetype size = numberAt(text, at);
    if (at + 4 + size > text.size())
        return false;
    into = text.sliced(at + 4, size);
    at += 4 + size;
    return true;
}

/// Waits for a socket; false when the deadline or a stop comes first.
bool await(int fd, short events, Clock::time_point deadline, const std::stop_token &stop)
{
    while (!stop.stop_requested() && Clock::now() < deadline) {
        pollfd wait{fd, events, 0};
        if (::poll(&wait, 1, 50) > 0)
            return true;
    }
    return false;
}

bool readExactly(int fd, char *into, std::size_t size, Clock::time_point deadline,
                 const std::stop_token &stop)
{
    while (size > 0) {
        if (!await(fd, POLLIN, deadline, stop))
            return false;
        const ssize_t got = ::recv(fd, into, size, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (got > 0) {
            into += got;
            size -= static_cast<std::size_t>(got);
        }
    }
    return true;
}

bool writeAll(int fd, const QByteArray &text, Clock::time_point deadline, const std::stop_token &stop)
{
    qsizetype at = 0;
    while (at < text.size()) {
        if (!await(fd, POLLOUT, deadline, stop))
            return false;
        const ssize_t put = ::send(fd, text.constData() + at, static_cast<std::size_t>(text.size() - at),
                                   MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        at += std::max<ssize_t>(put, 0);
    }
    return true;
}

/// A message without its length; empty: none came.
QByteArray readMessage(int fd, Clock::time_point deadline, const std::stop_token &stop)
{
    QByteArray head(4, Qt::Uninitialized);
    if (!readExactly(fd, head.data(), 4, deadline, stop))
        return {};
    const quint32 size = numberAt(head, 0);
    if (size == 0 || size > largestMessage)
        return {};
    QByteArray body(static_cast<qsizetype>(size), Qt::Uninitialized);
    return readExactly(fd, body.data(), size, deadline, stop) ? body : QByteArray();
}

int connectAgent(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.isEmpty() || name.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return -1;
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

} // namespace

QByteArray filteredIdentities(const QByteArray &answer, const QList<QByteArray> &preferred,
                              bool onlyPreferred, int most, AgentFilter::Seen *seen)
{
    struct Identity
    {
        QByteArray blob;
        QByteArray comment;
    };
    if (answer.size() < 5 || answer[0] != identitiesAnswer)
        return answer;
    QList<Identity> first;
    QList<Identity> others;
    qsizetype at = 5;
    for (quint32 left = numberAt(answer, 1); left > 0; --left) {
        Identity identity;
        if (!takeString(answer, at, identity.blob) || !takeString(answer, at, identity.comment))
            break;
        (preferred.contains(identity.blob) ? first : others).append(identity);
    }
    const qsizetype held = first.size() + others.size();
    // In the order of the configuration, as ssh would offer them.
    std::stable_sort(first.begin(), first.end(), [&preferred](const Identity &a, const Identity &b) {
        return preferred.indexOf(a.blob) < preferred.indexOf(b.blob);
    });
    if (!onlyPreferred)
        first += others;
    first = first.first(std::min<qsizetype>(first.size(), most));
    QByteArray text(1, identitiesAnswer);
    text += number(static_cast<quint32>(first.size()));
    for (const Identity &identity : std::as_const(first))
        text += number(static_cast<quint32>(identity.blob.size())) + identity.blob +
                number(static_cast<quint32>(identity.comment.size())) + identity.comment;
    if (seen) {
        *seen = {true, static_cast<int>(held), {}};
        for (const Identity &identity : std::as_const(first))
            seen->offered.append(identity.blob);
    }
    return text;
}

AgentFilter::AgentFilter(Options options) : m_options(std::move(options))
{
    int pair[2];
    if (m_options.socket.isEmpty() || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return;
    m_ours = pair[0];
    m_theirs = pair[1];
    m_thread = std::jthread([this] { serve(); });
}

AgentFilter::~AgentFilter()
{
    m_ending.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    for (int fd : {m_ours, m_theirs})
        if (fd >= 0)
            ::close(fd);
}

int AgentFilter::takeSocket()
{
    return std::exchange(m_theirs, -1);
}

AgentFilter::Seen AgentFilter::seen() const
{
    const std::scoped_lock lock(m_mutex);
    return m_seen;
}

void AgentFilter::serve()
{
    const std::stop_token ending = m_ending.get_token();
    const int agent = connectAgent(m_options.socket);
    // libssh is answered as long as it asks: it writes to its agent without care for SIGPIPE.
    while (!ending.stop_requested()) {
        const QByteArray request = readMessage(m_ours, Clock::now() + std::chrono::hours(24), ending);
        if (request.isEmpty())
            break;
        const QByteArray reply = answer(agent, request);
        if (!writeAll(m_ours, number(static_cast<quint32>(reply.size())) + reply,
                      Clock::now() + m_options.limit, ending))
            break;
    }
    if (agent >= 0)
        ::close(agent);
}

QByteArray AgentFilter::answer(int agent, const QByteArray &request)
{
    const Clock::time_point deadline = Clock::now() + m_options.limit;
    const QByteArray refused(1, agentFailure);
    // An answer that came too late would be taken for the next one's.
    if (agent < 0 || m_outOfStep)
        return refused;
    QByteArray reply;
    if (writeAll(agent, number(static_cast<quint32>(request.size())) + request, deadline, m_options.stop))
        reply = readMessage(agent, deadline, m_options.stop);
    m_outOfStep = reply.isEmpty();
    if (m_outOfStep)
        return refused;
    const std::scoped_lock lock(m_mutex);
    return filteredIdentities(reply, m_options.preferred, m_options.onlyPreferred, m_options.most, &m_seen);
}

} // namespace tropo
