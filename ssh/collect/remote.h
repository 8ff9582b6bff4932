#pragma once

#include "models/result.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace tropo {

/// A command on a remote machine, with what it reads and where its output goes.
struct RemoteCommand
{
    QByteArray line;  ///< as the login shell gets it
    QByteArray input; ///< its standard input
    std::chrono::milliseconds silenceLimit{20'000};
    std::chrono::milliseconds totalLimit{600'000};
    std::function<void(QByteArrayView)> onOutput;
    std::function<void(QByteArrayView)> onErrors;
};

struct RemoteUsage
{
    int connections = 0;
    int roundTrips = 0;
    qint64 bytesReceived = 0;
    qint64 bytesSent = 0;
};

/// A socket of the remote machine, at this end. Gone with the object.
class RemoteForward
{
public:
    virtual ~RemoteForward() = default;
    virtual QString localPath() const = 0;
    /// Ends what runs through it, at once, from any thread.
    virtual void cut() = 0;
};

/// Where a guest is, as seen from its hypervisor.
struct RemoteGuest
{
    QString name;    ///< whose entry of ~/.ssh/config and known_hosts counts
    QString address; ///< where to connect
    QString user;    ///< empty: as ~/.ssh/config says
};

/// One SSH connection: the seam between the reader of a hypervisor, which knows what to ask, and the SSH
/// layer. Calls block and may come from several threads at once.
class RemoteMachine
{
public:
    virtual ~RemoteMachine() = default;
    /// The command's exit status.
    virtual Result<int> run(const RemoteCommand &command, const std::stop_token &stop) = 0;
    virtual Result<std::unique_ptr<RemoteForward>> forward(const QString &remoteSocket,
                                                           const std::stop_token &stop) = 0;
    virtual Result<std::shared_ptr<RemoteMachine>> jump(const RemoteGuest &guest,
                                                        const std::stop_token &stop) = 0;
    /// Since it was made. The bytes of a hypervisor include those led through it to its guests.
    virtual RemoteUsage usage() const = 0;
    /// False once the connection is known to be gone.
    virtual bool isAlive() const = 0;
    virtual std::chrono::steady_clock::time_point madeAt() const = 0;
};

/// Connects to a host, user@host or user@host:port.
using RemoteConnector = std::function<Result<std::shared_ptr<RemoteMachine>>(const QString &destination,
                                                                             const std::stop_token &stop)>;

} // namespace tropo
