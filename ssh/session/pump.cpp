#include "ssh/session/pump.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int execsAtOnce = 6; ///< sshd's MaxSessions is 10, and counts channels that are still closing
constexpr int mostAttempts = 8;
constexpr auto retryAfter = std::chrono::milliseconds(150);
constexpr qsizetype pieceSize = 1024 * 1024;
constexpr qsizetype mostQueued = 8 * 1024 * 1024; ///< of one channel; more waits in the SSH window

} // namespace

Pump::Pump(Handshake handshake, int watchFd, QString machine)
    : m_session(std::move(handshake.session)),
      m_event(ssh_event_new()),
      m_fd(watchFd),
      m_wakeFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_machine(std::move(machine)),
      m_buffer(pieceSize, Qt::Uninitialized),
      m_roundTrips(handshake.roundTrips)
{
    ssh_set_blocking(m_session.get(), 0);
    ssh_event_add_session(m_event, m_session.get());
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

Pump::~Pump()
{
    m_thread.request_stop();
    wake();
    m_thread.join();
    ssh_event_remove_session(m_event, m_session.get());
    ssh_event_free(m_event);
    m_session.reset();
    ::close(m_wakeFd);
    ::close(m_fd);
}

void Pump::submit(const Job &job)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_lost) {
            m_new.push_back(job);
            wake();
            return;
        }
    }
    finish(job, Error{ErrorKind::Unreachable, m_machine, u"the connection was lost"_s});
}

void Pump::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t put = ::write(m_wakeFd, &one, sizeof one);
}

void Pump::cut()
{
    ::shutdown(m_fd, SHUT_RDWR);
}

SshTraffic Pump::traffic() const
{
    return {1, m_roundTrips, m_received, m_sent};
}

QString Pump::lastError() const
{
    return QString::fromUtf8(ssh_get_error(m_session.get())).trimmed().left(500);
}

void Pump::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        takeNew();
        ssh_event_dopoll(m_event, 0); // takes in and sends out what it can, for all channels
        bool progress = false;
        if (!ssh_is_connected(m_session.get())) {
            failAll(u"the connection was lost"_s);
            break;
        }
        for (auto it = m_jobs.begin(); it != m_jobs.end();) {
            const Job job = *it;
            progress = step(job) || progress;
            bool ended = false;
            {
                const std::scoped_lock lock(job->mutex);
                ended = job->done;
            }
            it = ended ? m_jobs.erase(it) : std::next(it);
        }
        if (!progress)
            waitForWork();
    }
    failAll(u"the connection was closed"_s);
}

void Pump::takeNew()
{
    const std::scoped_lock lock(m_mutex);
    for (; !m_new.empty(); m_new.pop_front())
        m_jobs.push_back(m_new.front());
}

void Pump::waitForWork()
{
    std::vector<pollfd> fds;
    const int flags = ssh_get_poll_flags(m_session.get());
    const short sending = (flags & SSH_WRITE_PENDING) ? POLLOUT : short(0);
    fds.push_back({ssh_get_fd(m_session.get()), static_cast<short>(POLLIN | sending), 0});
    fds.push_back({m_wakeFd, POLLIN, 0});
    int timeout = 1000;
    for (const Job &job : m_jobs) {
        if (job->state == ChannelJob::Waiting)
            timeout = 50;
        if (job->state != ChannelJob::Running || job->fd < 0)
            continue;
        short events = 0;
        if (!job->localEnded && ssh_channel_window_size(job->channel) > 0)
            events = POLLIN;
        if (!job->toLocal.isEmpty())
            events = static_cast<short>(events | POLLOUT);
        if (events)
            fds.push_back({job->fd, events, 0});
    }
    ::poll(fds.data(), fds.size(), timeout);
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(m_wakeFd, &count, sizeof count);
}

bool Pump::step(const Job &job)
{
    bool abandoned = false;
    {
        const std::scoped_lock lock(job->mutex);
        abandoned = job->abandoned;
    }
    if (abandoned) {
        finish(job, Error{ErrorKind::Cancelled, m_machine, u"cancelled"_s});
        return true;
    }
    switch (job->state) {
    case ChannelJob::Waiting:
        return start(job);
    case ChannelJob::Opening:
        return open(job);
    case ChannelJob::Requesting:
        return request(job);
    case ChannelJob::Running:
        return job->kind == ChannelJob::Exec ? moveExec(job) : moveStream(job);
    }
    return false;
}

bool Pump::start(const Job &job)
{
    if (Clock::now() < job->notBefore)
        return false;
    const auto running = std::count_if(m_jobs.begin(), m_jobs.end(), [](const Job &other) {
        return other->kind == ChannelJob::Exec && other->state != ChannelJob::Waiting;
    });
    if (job->kind == ChannelJob::Exec && running >= execsAtOnce)
        return false;
    job->channel = ssh_channel_new(m_session.get());
    if (!job->channel) {
        finish(job, Error{ErrorKind::Io, m_machine, lastError()});
        return true;
    }
    ++job->attempts;
    ++m_roundTrips;
    job->state = ChannelJob::Opening;
    return true;
}

bool Pump::open(const Job &job)
{
    int state = SSH_ERROR;
    if (job->kind == ChannelJob::Exec)
        state = ssh_channel_open_session(job->channel);
    else if (job->kind == ChannelJob::Tcp)
        state = ssh_channel_open_forward(job->channel, job->command.constData(), job->port, "127.0.0.1", 0);
    else
        state = ssh_channel_open_forward_unix(job->channel, job->command.constData(), "127.0.0.1", 0);
    if (state == SSH_AGAIN)
        return false;
    if (state != SSH_OK) {
        if (job->kind == ChannelJob::Exec && retryLater(job))
            return true;
        finish(job, Error{ErrorKind::Unreachable, m_machine, lastError()});
        return true;
    }
    if (job->kind == ChannelJob::Exec) {
        job->state = ChannelJob::Requesting;
        ++m_roundTrips;
        return true;
    }
    job->state = ChannelJob::Running;
    const std::scoped_lock lock(job->mutex);
    job->opened = true;
    job->changed.notify_all();
    return true;
}

/// sshd counts sessions that are still closing: what it refuses now it may take in a moment.
bool Pump::retryLater(const Job &job)
{
    if (job->attempts >= mostAttempts)
        return false;
    ssh_channel_free(job->channel);
    job->channel = nullptr;
    job->state = ChannelJob::Waiting;
    job->notBefore = Clock::now() + retryAfter;
    return true;
}

bool Pump::request(const Job &job)
{
    const int state = ssh_channel_request_exec(job->channel, job->command.constData());
    if (state == SSH_AGAIN)
        return false;
    if (state == SSH_OK)
        job->state = ChannelJob::Running;
    else
        finish(job, Error{ErrorKind::Refused, m_machine,
                          u"it does not run commands for this user: %1"_s.arg(lastError())});
    return true;
}

bool Pump::sendInput(const Job &job)
{
    if (job->toSend.isEmpty()) {
        if (!job->eofSent && job->kind == ChannelJob::Exec) {
            ssh_channel_send_eof(job->channel);
            job->eofSent = true;
            return true;
        }
        return false;
    }
    const auto room = std::min<qsizetype>({static_cast<qsizetype>(ssh_channel_window_size(job->channel)),
                                           job->toSend.size(), qsizetype(128) * 1024});
    if (room <= 0)
        return false;
    const int put =
        ssh_channel_write(job->channel, job->toSend.constData(), static_cast<std::uint32_t>(room));
    if (put <= 0)
        return false;
    m_sent += put;
    job->toSend.remove(0, put);
    return true;
}

bool Pump::receive(const Job &job, bool isError)
{
    {
        const std::scoped_lock lock(job->mutex);
        if (job->out.size() + job->error.size() > mostQueued)
            return false;
    }
    const int got = ssh_channel_read_nonblocking(
        job->channel, m_buffer.data(), static_cast<std::uint32_t>(m_buffer.size()), isError ? 1 : 0);
    if (got <= 0)
        return false;
    m_received += got;
    const std::scoped_lock lock(job->mutex);
    (isError ? job->error : job->out).append(m_buffer.constData(), got);
    job->changed.notify_all();
    return true;
}

bool Pump::moveExec(const Job &job)
{
    bool progress = sendInput(job);
    progress = receive(job, false) || progress;
    progress = receive(job, true) || progress;
    if (progress || ssh_channel_poll(job->channel, 0) > 0 || ssh_channel_poll(job->channel, 1) > 0)
        return progress;
    const bool ended = ssh_channel_is_eof(job->channel) != 0 || ssh_channel_is_closed(job->channel) != 0;
    if (!ended)
        return false;
    const int status = ssh_channel_get_exit_status(job->channel);
    if (status < 0 && !ssh_channel_is_closed(job->channel))
        return false;
    {
        const std::scoped_lock lock(job->mutex);
        job->status = status;
    }
    finish(job, {});
    return true;
}

bool Pump::toLocal(const Job &job)
{
    if (job->toLocal.isEmpty()) {
        const int got = ssh_channel_read_nonblocking(job->channel, m_buffer.data(),
                                                     static_cast<std::uint32_t>(m_buffer.size()), 0);
        if (got <= 0)
            return false;
        m_received += got;
        job->toLocal = QByteArray(m_buffer.constData(), got);
    }
    const ssize_t put = ::send(job->fd, job->toLocal.constData(),
                               static_cast<std::size_t>(job->toLocal.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put < 0 && errno != EAGAIN && errno != EINTR) {
        finish(job, {}); // nobody reads any more
        return true;
    }
    job->toLocal.remove(0, std::max<ssize_t>(put, 0));
    return put > 0;
}

bool Pump::fromLocal(const Job &job)
{
    const auto room = std::min<qsizetype>(static_cast<qsizetype>(ssh_channel_window_size(job->channel)),
                                          qsizetype(128) * 1024);
    if (job->localEnded || room <= 0)
        return false;
    const ssize_t got = ::recv(job->fd, m_buffer.data(), static_cast<std::size_t>(room), MSG_DONTWAIT);
    if (got < 0)
        return false;
    if (got == 0) {
        job->localEnded = true;
        ssh_channel_send_eof(job->channel);
        return true;
    }
    m_sent += got;
    ssh_channel_write(job->channel, m_buffer.constData(), static_cast<std::uint32_t>(got));
    return true;
}

bool Pump::moveStream(const Job &job)
{
    bool progress = toLocal(job);
    if (job->fd < 0)
        return true;
    progress = fromLocal(job) || progress;
    const bool remoteEnded =
        ssh_channel_is_eof(job->channel) != 0 || ssh_channel_is_closed(job->channel) != 0;
    if (!progress && remoteEnded && job->toLocal.isEmpty() && ssh_channel_poll(job->channel, 0) <= 0) {
        finish(job, {});
        return true;
    }
    return progress;
}

void Pump::finish(const Job &job, std::optional<Error> error)
{
    if (job->channel) {
        // A channel that the peer refused has no number there: closing it would close another's, and sshd hangs up.
        if (ssh_channel_is_open(job->channel))
            ssh_channel_close(job->channel);
        ssh_channel_free(job->channel);
        job->channel = nullptr;
    }
    if (job->fd >= 0)
        ::close(std::exchange(job->fd, -1));
    const std::scoped_lock lock(job->mutex);
    job->failed = std::move(error);
    job->done = true;
    job->changed.notify_all();
}

void Pump::failAll(const QString &why)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_lost = true;
    }
    takeNew();
    for (const Job &job : m_jobs)
        finish(job, Error{ErrorKind::Unreachable, m_machine, why});
    m_jobs.clear();
}

} // namespace tropo
