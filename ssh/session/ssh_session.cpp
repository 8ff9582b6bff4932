#include "ssh/session/ssh_session.h"

#include "ssh/session/pump.h"
#include "ssh/session/tcp_connect.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;
using Clock = std::chrono::steady_clock;

namespace {

/// Waits until the job is opened or done. An error when a limit or a stop comes first; the job is then given
/// up.
std::optional<Error> awaitOpened(Pump &pump, const std::shared_ptr<ChannelJob> &job,
                                 Clock::time_point deadline, const std::stop_token &stop)
{
    std::unique_lock lock(job->mutex);
    job->changed.wait_until(lock, stop, deadline, [&] { return job->opened || job->done; });
    if (job->opened)
        return {}; // even if it has ended since: what it said can still be read
    if (job->done)
        return job->failed ? job->failed
                           : Error{ErrorKind::Unreachable, pump.machine(), u"the stream ended at once"_s};
    job->abandoned = true;
    lock.unlock();
    pump.wake();
    if (stop.stop_requested())
        return Error{ErrorKind::Cancelled, pump.machine(), u"cancelled"_s};
    return Error{ErrorKind::Timeout, pump.machine(), u"it did not open a stream in time"_s};
}

class Execution
{
public:
    Execution(Pump &pump, std::shared_ptr<ChannelJob> job, const ExecOptions &options)
        : m_pump(pump), m_job(std::move(job)), m_options(options), m_deadline(Clock::now() + options.limit)
    {
    }

    Result<ExecResult> run()
    {
        m_pump.submit(m_job);
        for (;;) {
            const News news = awaitNews();
            if (m_options.stop.stop_requested())
                return giveUp(ErrorKind::Cancelled, u"cancelled"_s);
            if (!news.out.isEmpty() || !news.error.isEmpty()) {
                m_pump.wake(); // there is room again
                m_heard = Clock::now();
                if (!take(news.out, news.error))
                    return giveUp(ErrorKind::Limit, u"its answer is larger than %1 MiB, the bound"_s.arg(
                                                        m_options.mostBytes / (1024 * 1024)));
            } else if (news.done) {
                if (news.failed)
                    return tl::unexpected(*news.failed);
                m_result.status = news.status;
                return m_result;
            }
            if (const auto late = lateness(news); !news.done && late)
                return giveUp(ErrorKind::Timeout, *late);
        }
    }

private:
    struct News
    {
        QByteArray out;
        QByteArray error;
        bool started = false;
        bool opened = false;
        bool done = false;
        int status = -1;
        std::optional<Error> failed;
    };

    /// Until there is something new, a limit passes, or a stop is asked for.
    News awaitNews()
    {
        News news;
        std::unique_lock lock(m_job->mutex);
        // Time in the queue behind other commands is not the machine's silence.
        const Clock::time_point until =
            m_started ? std::min(m_deadline, m_heard + m_options.silence) : m_deadline;
        m_job->changed.wait_until(lock, m_options.stop, until, [&] {
            return m_job->done || m_job->started != m_started || !m_job->out.isEmpty() ||
                   !m_job->error.isEmpty();
        });
        news.out.swap(m_job->out);
        news.error.swap(m_job->error);
        news.started = m_job->started;
        news.opened = m_job->opened;
        news.done = m_job->done;
        news.status = m_job->status;
        news.failed = m_job->failed;
        if (news.started != m_started)
            m_heard = Clock::now();
        m_started = news.started;
        return news;
    }

    std::optional<QString> lateness(const News &news)
    {
        const Clock::time_point now = Clock::now();
        if (m_started && now >= m_heard + m_options.silence) {
            if (news.opened)
                return u"the command printed nothing for %1 s"_s.arg(seconds(m_options.silence));
            // Not even the command was accepted: it is the machine that is silent, not the command.
            m_pump.cut();
            return u"the machine did not answer for %1 s; is it up and the network whole?"_s.arg(
                seconds(m_options.silence));
        }
        if (now >= m_deadline)
            return u"the command was not done within %1 s"_s.arg(seconds(m_options.limit));
        return {};
    }

    static QString seconds(std::chrono::milliseconds limit)
    {
        return QString::number(static_cast<double>(limit.count()) / 1000);
    }

    bool take(const QByteArray &out, const QByteArray &error)
    {
        m_bytes += out.size() + error.size();
        if (m_options.onOut && !out.isEmpty())
            m_options.onOut(out);
        else
            m_result.out += out;
        if (m_options.onError && !error.isEmpty())
            m_options.onError(error);
        else
            m_result.error += error;
        return m_bytes <= m_options.mostBytes;
    }

    tl::unexpected<Error> giveUp(ErrorKind kind, const QString &message)
    {
        {
            const std::scoped_lock lock(m_job->mutex);
            m_job->abandoned = true;
        }
        m_pump.wake();
        return failure(kind, m_pump.machine(), message);
    }

    Pump &m_pump;
    std::shared_ptr<ChannelJob> m_job;
    const ExecOptions &m_options;
    Clock::time_point m_deadline;
    Clock::time_point m_heard = Clock::now();
    bool m_started = false;
    ExecResult m_result;
    qint64 m_bytes = 0;
};

Result<int> openStream(Pump &pump, const std::shared_ptr<ChannelJob> &job, std::chrono::milliseconds limit,
                       const std::stop_token &stop)
{
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return failure(ErrorKind::Io, pump.machine(),
                       u"no socket pair could be made: too many open files?"_s);
    job->fd = pair[0];
    pump.submit(job);
    if (const auto error = awaitOpened(pump, job, Clock::now() + limit, stop)) {
        ::close(pair[1]);
        return tl::unexpected(*error);
    }
    return pair[1];
}

Result<int> connectDirectly(const SshTarget &target, const ConnectOptions &options)
{
    auto fd = connectTcp(target.host, target.port, target.addressFamily, options.limit, options.stop);
    if (!fd)
        return tl::unexpected(Error{fd.error().kind, target.machine, fd.error().message});
    return fd;
}

/// One limit over many steps; what a person takes to answer does not count.
class TimeLeft
{
public:
    explicit TimeLeft(const ConnectOptions &options) : m_options(options) {}

    /// The options for the next step. To be used while this lives.
    ConnectOptions now()
    {
        ConnectOptions options = m_options;
        const auto used = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_start);
        options.limit = std::max(m_options.limit - used + m_asking, std::chrono::milliseconds(1));
        if (m_options.asker)
            options.asker = [this](const HostKeyQuestion &question, const std::stop_token &stop) {
                const Clock::time_point start = Clock::now();
                const HostKeyAnswer answer = m_options.asker(question, stop);
                m_asking += std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
                return answer;
            };
        return options;
    }

private:
    const ConnectOptions &m_options;
    Clock::time_point m_start = Clock::now();
    std::chrono::milliseconds m_asking{0};
};

constexpr int mostHops = 8;

} // namespace

SshSession::SshSession(std::unique_ptr<Pump> pump) : m_pump(std::move(pump))
{
}

SshSession::~SshSession() = default;

Result<std::shared_ptr<SshSession>> SshSession::connectOver(int fd, const SshTarget &target,
                                                            const ConnectOptions &options,
                                                            std::shared_ptr<SshSession> carrier)
{
    const int watchFd = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (watchFd < 0) {
        ::close(fd);
        return failure(ErrorKind::Io, target.machine, u"too many open files"_s);
    }
    auto greeted = handshake(fd, target, options);
    if (!greeted) {
        ::close(watchFd);
        return tl::unexpected(greeted.error());
    }
    greeted->roundTrips += 1; // the connection, or the channel that stands for it
    std::shared_ptr<SshSession> session(
        new SshSession(std::make_unique<Pump>(*std::move(greeted), watchFd, target.machine)));
    session->m_carrier = std::move(carrier);
    return session;
}

Result<std::shared_ptr<SshSession>> SshSession::connect(const SshTarget &target,
                                                        const ConnectOptions &options)
{
    return connectVia(target, options, 0);
}

Result<std::shared_ptr<SshSession>> SshSession::connectVia(const SshTarget &target,
                                                           const ConnectOptions &options, int depth)
{
    if (!target.proxyCommand.isEmpty())
        return failure(ErrorKind::Unsupported, target.machine,
                       u"~/.ssh/config reaches it by ProxyCommand, which is not supported; use ProxyJump"_s);
    if (depth + target.proxyJump.size() > mostHops)
        return failure(
            ErrorKind::Usage, target.machine,
            u"ProxyJump in ~/.ssh/config leads in a circle, or over more than %1 hops"_s.arg(mostHops));
    TimeLeft time(options);
    std::shared_ptr<SshSession> carrier;
    for (const QString &hop : target.proxyJump) {
        const ConnectOptions left = time.now();
        auto via = resolveTarget(hop, {target.configFile, left.limit, left.stop});
        if (!via)
            return tl::unexpected(via.error());
        auto session = carrier ? carrier->jump(*via, time.now()) : connectVia(*via, time.now(), depth + 1);
        if (!session)
            return session;
        carrier = *session;
    }
    if (carrier)
        return carrier->jump(target, time.now());
    const auto fd = connectDirectly(target, options);
    if (!fd)
        return tl::unexpected(fd.error());
    return connectOver(*fd, target, time.now(), {});
}

Result<std::shared_ptr<SshSession>> SshSession::jump(const SshTarget &target, const ConnectOptions &options)
{
    TimeLeft time(options);
    const auto fd = openTcp(target.host, target.port, options.limit, options.stop);
    if (!fd) {
        if (fd.error().kind == ErrorKind::Cancelled)
            return tl::unexpected(Error{ErrorKind::Cancelled, target.machine, fd.error().message});
        return failure(fd.error().kind, target.machine,
                       u"%1 port %2 cannot be reached from %3: %4"_s.arg(target.host)
                           .arg(target.port)
                           .arg(m_pump->machine(), fd.error().message));
    }
    // The carrier must outlive what is nested in it; who asks holds the carrier by shared pointer, so the
    // nested one can, too.
    return connectOver(*fd, target, time.now(), weak_from_this().lock());
}

Result<ExecResult> SshSession::exec(const QByteArray &command, const ExecOptions &options)
{
    auto job = std::make_shared<ChannelJob>();
    job->kind = ChannelJob::Exec;
    job->command = command;
    job->toSend = options.input;
    return Execution(*m_pump, std::move(job), options).run();
}

Result<int> SshSession::openUnixSocket(const QString &path, std::chrono::milliseconds limit,
                                       const std::stop_token &stop)
{
    auto job = std::make_shared<ChannelJob>();
    job->kind = ChannelJob::Unix;
    job->command = path.toUtf8();
    return openStream(*m_pump, job, limit, stop);
}

Result<int> SshSession::openTcp(const QString &host, int port, std::chrono::milliseconds limit,
                                const std::stop_token &stop)
{
    auto job = std::make_shared<ChannelJob>();
    job->kind = ChannelJob::Tcp;
    job->command = host.toUtf8();
    job->port = port;
    return openStream(*m_pump, job, limit, stop);
}

void SshSession::cut()
{
    m_pump->cut();
}

bool SshSession::isAlive() const
{
    return m_pump->isAlive();
}

SshTraffic SshSession::traffic() const
{
    return m_pump->traffic();
}

} // namespace tropo
