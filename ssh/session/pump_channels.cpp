// What the pump does with one channel: each function does what can be done now and says whether it did
// anything.
#include "ssh/session/pump.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int mostAttempts = 8;
constexpr auto retryAfter = std::chrono::milliseconds(150);
constexpr qsizetype mostQueued = 8 * 1024 * 1024; ///< of one channel; more waits in the SSH window
constexpr qsizetype sendPiece = 128 * 1024;

} // namespace

bool Pump::step(const Job &job)
{
    bool abandoned = false;
    {
        const std::scoped_lock lock(job->mutex);
        abandoned = job->abandoned;
    }
    // A channel that is being opened cannot be taken back: the answer is awaited, then it is closed.
    if (abandoned && job->state != ChannelJob::Opening) {
        giveUp(job);
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

/// sshd keeps a closed session while its command runs: the command is asked to end, too. sshd passes that on
/// for any user but root.
void Pump::giveUp(const Job &job)
{
    if (job->kind == ChannelJob::Exec && job->channel && ssh_channel_is_open(job->channel)) {
        ssh_channel_request_send_signal(job->channel, "TERM");
        m_gaveUp = true;
    }
    finish(job, Error{ErrorKind::Cancelled, m_machine, u"cancelled"_s});
}

std::ptrdiff_t Pump::execsUnderWay() const
{
    return std::count_if(m_jobs.begin(), m_jobs.end(), [](const Job &job) {
        return job->kind == ChannelJob::Exec && job->state != ChannelJob::Waiting;
    });
}

bool Pump::start(const Job &job)
{
    if (Clock::now() < job->notBefore || (job->kind == ChannelJob::Exec && execsUnderWay() >= m_mostExecs))
        return false;
    job->channel = ssh_channel_new(m_session.get());
    if (!job->channel) {
        finish(job, Error{ErrorKind::Io, m_machine, lastError()});
        return true;
    }
    ++job->attempts;
    ++m_roundTrips;
    job->state = ChannelJob::Opening;
    const std::scoped_lock lock(job->mutex);
    job->started = true;
    job->changed.notify_all();
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
        if (job->kind != ChannelJob::Exec || !retryLater(job))
            refuse(job);
        return true;
    }
    if (job->kind == ChannelJob::Exec) {
        job->state = ChannelJob::Requesting;
        ++m_roundTrips;
        return true;
    }
    job->state = ChannelJob::Running;
    markOpened(job);
    return true;
}

/// Commands that were given up and run on may have used up the connection: the next one is a new one.
void Pump::refuse(const Job &job)
{
    const bool usedUp = job->kind == ChannelJob::Exec && m_gaveUp;
    const QString why =
        usedUp ? u"it takes no more commands here, as earlier ones still run: connect anew"_s : lastError();
    if (usedUp)
        cut();
    finish(job, Error{ErrorKind::Unreachable, m_machine, why});
}

void Pump::markOpened(const Job &job)
{
    const std::scoped_lock lock(job->mutex);
    job->opened = true;
    job->changed.notify_all();
}

/// sshd counts sessions that are still closing: what it refuses now it may take in a moment. While others of
/// ours run, theirs is the place that is missing.
bool Pump::retryLater(const Job &job)
{
    const std::ptrdiff_t others = execsUnderWay() - 1;
    if (others > 0) {
        m_mostExecs = std::min(m_mostExecs, others); // until one of them is done
        --job->attempts;
    }
    if (job->attempts >= mostAttempts)
        return false;
    ssh_channel_free(job->channel);
    job->channel = nullptr;
    job->state = ChannelJob::Waiting;
    job->notBefore = Clock::now() + retryAfter;
    const std::scoped_lock lock(job->mutex);
    job->started = false;
    return true;
}

bool Pump::request(const Job &job)
{
    const int state = ssh_channel_request_exec(job->channel, job->command.constData());
    if (state == SSH_AGAIN)
        return false;
    if (state == SSH_OK) {
        job->state = ChannelJob::Running;
        markOpened(job);
    } else {
        finish(job, Error{ErrorKind::Refused, m_machine,
                          u"it does not run commands for this user: %1"_s.arg(lastError())});
    }
    return true;
}

/// Sends what is there to send, then the end: for a command after its input, for a stream when the local side
/// ended.
bool Pump::sendInput(const Job &job)
{
    if (job->toSend.isEmpty()) {
        if (job->eofSent || (job->kind != ChannelJob::Exec && !job->localEnded))
            return false;
        ssh_channel_send_eof(job->channel);
        job->eofSent = true;
        return true;
    }
    const auto room = std::min<qsizetype>(
        {static_cast<qsizetype>(ssh_channel_window_size(job->channel)), job->toSend.size(), sendPiece});
    if (room <= 0)
        return false;
    // It takes less, even nothing, while keys are being exchanged anew.
    const int put =
        ssh_channel_write(job->channel, job->toSend.constData(), static_cast<std::uint32_t>(room));
    if (put <= 0)
        return false;
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
    // Every channel of a lost connection looks ended: the command must not pass for one that was done.
    if (!isConnected())
        return false;
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
    m_mostExecs = std::min(m_mostExecs + 1, execsAtOnce);
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
    if (job->localEnded || !job->toSend.isEmpty() || ssh_channel_window_size(job->channel) == 0)
        return false;
    const ssize_t got = ::recv(job->fd, m_buffer.data(), static_cast<std::size_t>(sendPiece), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got > 0)
        job->toSend = QByteArray(m_buffer.constData(), got);
    else
        job->localEnded = true;
    return true;
}

/// The far side sends no more: the local one is told, and may still send.
void Pump::endLocal(const Job &job)
{
    ::shutdown(job->fd, SHUT_WR);
    job->remoteEnded = true;
}

bool Pump::moveStream(const Job &job)
{
    bool progress = toLocal(job);
    if (job->fd < 0)
        return true;
    progress = fromLocal(job) || progress;
    progress = sendInput(job) || progress;
    if (progress || !job->toLocal.isEmpty() || ssh_channel_poll(job->channel, 0) > 0)
        return progress;
    if (ssh_channel_is_closed(job->channel) || (job->localGone && job->eofSent) ||
        (job->remoteEnded && job->eofSent)) {
        finish(job, {});
        return true;
    }
    if (!job->remoteEnded && ssh_channel_is_eof(job->channel)) {
        endLocal(job);
        return true;
    }
    return false;
}

} // namespace tropo
