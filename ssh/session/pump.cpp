#include "ssh/session/pump.h"

#include "ssh/session/tcp_connect.h"

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace tropo {

using namespace Qt::Literals::StringLiterals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr qsizetype pieceSize = 1024 * 1024;
constexpr int readsInARow = 64;                      ///< libssh reads 4 KiB at a time
constexpr auto quietFor = std::chrono::seconds(5);   ///< then it is asked whether it is still there
constexpr auto answersIn = std::chrono::seconds(10); ///< or it counts as gone
constexpr int longestWait = 10'000;                  ///< milliseconds
constexpr int retryWait = 50;

} // namespace

Pump::Pump(Handshake handshake, int watchFd, QString machine)
    : m_counter(std::move(handshake.counter)),
      m_session(std::move(handshake.session)),
      m_event(ssh_event_new()),
      m_fd(watchFd),
      m_wakeFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_machine(std::move(machine)),
      m_buffer(pieceSize, Qt::Uninitialized),
      m_mostExecs(execsAtOnce),
      m_heard(Clock::now()),
      m_roundTrips(handshake.roundTrips)
{
    ssh_set_blocking(m_session.get(), 0);
    // libssh makes the socket itself blocking: a peer that reads nothing would hold the thread in a send.
    ::fcntl(m_fd, F_SETFL, ::fcntl(m_fd, F_GETFL) | O_NONBLOCK);
    ssh_event_add_session(m_event, m_session.get());
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

Pump::~Pump()
{
    m_thread.request_stop();
    cut();
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
    m_lost = true;
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

std::uint64_t Pump::bytesMoved() const
{
    return m_counter->in_bytes + m_counter->out_bytes;
}

bool Pump::isConnected() const
{
    return ssh_is_connected(m_session.get()) != 0 &&
           (ssh_get_status(m_session.get()) & (SSH_CLOSED | SSH_CLOSED_ERROR)) == 0;
}

void Pump::run(const std::stop_token &stop)
{
    QString why = u"the connection was closed"_s;
    while (!stop.stop_requested()) {
        // Any call into libssh may take in bytes for any channel: there is nothing to wait for only after a
        // whole round in which none came.
        const std::uint64_t before = bytesMoved();
        takeNew();
        takeIn();
        const bool progress = stepAll();
        if (!isConnected()) {
            why = u"the connection was lost"_s;
            break;
        }
        if (stopsAnswering()) {
            why = u"it stopped answering; is the machine up and the network whole?"_s;
            break;
        }
        if (!progress && bytesMoved() == before)
            waitForWork();
    }
    failAll(why);
}

void Pump::takeNew()
{
    const std::scoped_lock lock(m_mutex);
    for (; !m_new.empty(); m_new.pop_front())
        m_jobs.push_back(m_new.front());
}

void Pump::takeIn()
{
    const std::uint64_t atFirst = m_counter->in_bytes;
    std::uint64_t before = 0;
    int reads = 0;
    do {
        before = bytesMoved();
        ssh_event_dopoll(m_event, 0);
    } while (bytesMoved() != before && ++reads < readsInARow);
    if (m_counter->in_bytes != atFirst) {
        m_heard = Clock::now();
        acknowledgeAtOnce(m_fd);
    }
    m_received = static_cast<qint64>(m_counter->in_bytes);
    m_sent = static_cast<qint64>(m_counter->out_bytes);
}

bool Pump::stepAll()
{
    bool progress = false;
    for (auto it = m_jobs.begin(); it != m_jobs.end();) {
        const Job job = *it;
        progress = step(job) || progress;
        bool ended = false;
        {
            const std::scoped_lock lock(job->mutex);
            ended = job->done && !job->channel;
        }
        it = ended ? m_jobs.erase(it) : std::next(it);
    }
    return progress;
}

bool Pump::hasWorkThere() const
{
    return std::any_of(m_jobs.begin(), m_jobs.end(),
                       [](const Job &job) { return job->state != ChannelJob::Waiting; });
}

/// A machine that is silent while something runs there is asked for an answer: to cancel a forward that does
/// not exist, the one request of libssh's that every sshd answers.
bool Pump::stopsAnswering()
{
    const Clock::time_point now = Clock::now();
    if (!m_asking && (!hasWorkThere() || now < m_heard + quietFor))
        return false;
    if (!m_asking) {
        m_asking = true;
        m_asked = now;
    }
    if (ssh_channel_cancel_forward(m_session.get(), "127.0.0.1", 1) != SSH_AGAIN) {
        m_asking = false;
        m_heard = now;
    }
    return m_asking && now > m_asked + answersIn && m_heard < m_asked;
}

/// Milliseconds to wait at most.
int Pump::patience() const
{
    const bool retrying = std::any_of(m_jobs.begin(), m_jobs.end(), [](const Job &job) {
        return job->state == ChannelJob::Waiting && job->notBefore > Clock::time_point();
    });
    if (retrying)
        return retryWait;
    return hasWorkThere() ? 1'000 : longestWait;
}

void Pump::waitForWork()
{
    const int flags = ssh_get_poll_flags(m_session.get());
    const short sending = (flags & SSH_WRITE_PENDING) ? POLLOUT : short(0);
    std::vector<pollfd> fds{{ssh_get_fd(m_session.get()), static_cast<short>(POLLIN | sending), 0},
                            {m_wakeFd, POLLIN, 0}};
    std::vector<Job> local{nullptr, nullptr};
    for (const Job &job : m_jobs) {
        if (job->state != ChannelJob::Running || job->fd < 0 || job->localGone)
            continue;
        short events = 0;
        if (!job->localEnded && job->toSend.isEmpty() && ssh_channel_window_size(job->channel) > 0)
            events = POLLIN;
        if (!job->toLocal.isEmpty())
            events = static_cast<short>(events | POLLOUT);
        // Without events poll still tells of a far end that is gone, for which one waits after its last byte.
        if (events || job->localEnded) {
            fds.push_back({job->fd, events, 0});
            local.push_back(job);
        }
    }
    ::poll(fds.data(), fds.size(), patience());
    for (std::size_t i = 2; i < fds.size(); ++i)
        if (local[i]->localEnded && (fds[i].revents & (POLLHUP | POLLERR)))
            local[i]->localGone = true;
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(m_wakeFd, &count, sizeof count);
}

void Pump::finish(const Job &job, std::optional<Error> error)
{
    if (job->channel) {
        // libssh would send the end of a channel that the machine has not accepted to channel 0, another one.
        if (ssh_channel_is_open(job->channel))
            ssh_channel_close(job->channel);
        ssh_channel_free(job->channel);
        job->channel = nullptr;
    }
    if (job->fd >= 0)
        ::close(std::exchange(job->fd, -1));
    const std::scoped_lock lock(job->mutex);
    if (!job->done)
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
