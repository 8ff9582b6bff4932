#pragma once

#include "models/collect/host_key.h"
#include "models/result.h"
#include "ssh/session/ssh_target.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace tropo {

class Pump;

/// Asked on the connecting thread when a host key is unknown; blocks until there is an answer or the stop.
using HostKeyAsker = std::function<HostKeyAnswer(const HostKeyQuestion &, const std::stop_token &)>;

struct ConnectOptions
{
    std::chrono::milliseconds limit{10'000}; ///< for all of it; time that an asker takes is not counted
    std::stop_token stop;
    HostKeyAsker asker; ///< none: an unknown key is refused
};

struct ExecOptions
{
    QByteArray input;                          ///< for the command's standard input, then its end
    std::chrono::milliseconds limit{60'000};   ///< for all of it
    std::chrono::milliseconds silence{20'000}; ///< without a byte of output
    qint64 mostBytes = 256LL * 1024 * 1024;    ///< of output and error together
    std::stop_token stop;
    std::function<void(const QByteArray &)>
        onOut; ///< pieces as they come, on the calling thread; then `out` stays empty
    std::function<void(const QByteArray &)> onError;
};

struct ExecResult
{
    QByteArray out;
    QByteArray error;
    int status = -1; ///< exit status; -1: ended by a signal or not told
};

/// What a connection cost so far.
struct SshTraffic
{
    int connections = 0;
    int roundTrips = 0; ///< as counted in the protocol
    qint64 received = 0;
    qint64 sent = 0;
};

/// One authenticated SSH connection. All calls may come from many threads at once; a thread of its own drives
/// the connection. Nothing here blocks past its limit or more than a second past a stop. libssh stays inside.
class SshSession : public std::enable_shared_from_this<SshSession>
{
public:
    /// Connects, directly or through the hops that the target's ProxyJump names, checks the host's key and
    /// authenticates by agent and identity files. Errors say what to do.
    static Result<std::shared_ptr<SshSession>> connect(const SshTarget &target,
                                                       const ConnectOptions &options);
    ~SshSession();
    SshSession(const SshSession &) = delete;
    SshSession &operator=(const SshSession &) = delete;

    /// A session to a machine that this one reaches: nested, without a process. Keep this one alive meanwhile
    /// (it holds it).
    Result<std::shared_ptr<SshSession>> jump(const SshTarget &target, const ConnectOptions &options);

    /// Runs a command. An error is one of the transport; a command that fails is a result with its status.
    Result<ExecResult> exec(const QByteArray &command, const ExecOptions &options);

    /// A stream to a UNIX socket of the machine, as a local socket, the caller's to close.
    Result<int> openUnixSocket(const QString &path, std::chrono::milliseconds limit,
                               const std::stop_token &stop);
    /// A stream to a port that the machine reaches, as a local socket, the caller's to close.
    Result<int> openTcp(const QString &host, int port, std::chrono::milliseconds limit,
                        const std::stop_token &stop);

    /// Ends the connection at once, whatever is under way: its calls return with an error.
    void cut();
    /// False once the connection is known to be gone.
    bool isAlive() const;
    SshTraffic traffic() const;

private:
    explicit SshSession(std::unique_ptr<Pump> pump);
    static Result<std::shared_ptr<SshSession>> connectOver(int fd, const SshTarget &target,
                                                           const ConnectOptions &options,
                                                           std::shared_ptr<SshSession> carrier);

    static Result<std::shared_ptr<SshSession>> connectVia(const SshTarget &target,
                                                          const ConnectOptions &options, int depth);

    std::shared_ptr<SshSession> m_carrier; ///< the session that this one is nested in; outlives the pump
    std::unique_ptr<Pump> m_pump;
};

} // namespace tropo
