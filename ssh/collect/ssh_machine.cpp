#include "ssh/collect/ssh_machine.h"

#include "ssh/session/known_hosts.h"
#include "ssh/session/local_forward.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Names of domains may be anything: only what ~/.ssh/config could name is looked up there.
bool isHostName(const QString &name)
{
    return !name.startsWith(u'-') && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'-' || c == u'.' || c == u'_';
    });
}

class SshForward : public RemoteForward
{
public:
    explicit SshForward(std::unique_ptr<LocalForward> forward) : m_forward(std::move(forward)) {}

    QString localPath() const override { return m_forward->path(); }
    void cut() override { m_forward->cut(); }

private:
    std::unique_ptr<LocalForward> m_forward;
};

class SshMachine : public RemoteMachine
{
public:
    SshMachine(std::shared_ptr<SshSession> session, QString name, SshOptions options)
        : m_session(std::move(session)), m_name(std::move(name)), m_options(std::move(options))
    {
    }

    Result<int> run(const RemoteCommand &command, const std::stop_token &stop) override
    {
        ExecOptions options;
        options.input = command.input;
        options.limit = command.totalLimit;
        options.silence = command.silenceLimit;
        options.stop = stop;
        options.onOut = [&command](const QByteArray &piece) {
            if (command.onOutput)
                command.onOutput(piece);
        };
        options.onError = [&command](const QByteArray &piece) {
            if (command.onErrors)
                command.onErrors(piece);
        };
        const auto result = m_session->exec(command.line, options);
        if (!result)
            return tl::unexpected(result.error());
        return result->status;
    }

    Result<std::unique_ptr<RemoteForward>> forward(const QString &remoteSocket,
                                                   const std::stop_token &stop) override
    {
        auto forward = LocalForward::open(m_session, remoteSocket, m_options.connectLimit, stop);
        if (!forward)
            return tl::unexpected(forward.error());
        return std::make_unique<SshForward>(*std::move(forward));
    }

    Result<std::shared_ptr<RemoteMachine>> jump(const RemoteGuest &guest,
                                                const std::stop_token &stop) override
    {
        // What ~/.ssh/config says of the guest's name counts for keys and known_hosts; where it is, libvirt
        // knows better.
        auto target = resolveTarget(isHostName(guest.name) ? guest.name : guest.address,
                                    {m_options.configFile, m_options.connectLimit, stop});
        if (!target)
            return tl::unexpected(target.error());
        target->machine = u"%1 via %2"_s.arg(guest.name, m_name);
        target->host = guest.address;
        for (const QString &name :
             {knownHostName(guest.name, target->port), knownHostName(guest.address, target->port)})
            if (!target->knownHostNames.contains(name))
                target->knownHostNames.append(name);
        if (!guest.user.isEmpty())
            target->user = guest.user;
        auto session = m_session->jump(*target, {m_options.connectLimit, stop, m_options.asker});
        if (!session)
            return tl::unexpected(session.error());
        return std::make_shared<SshMachine>(*std::move(session), guest.name, m_options);
    }

    RemoteUsage usage() const override
    {
        const SshTraffic traffic = m_session->traffic();
        return {traffic.connections, traffic.roundTrips, traffic.received, traffic.sent};
    }

    bool isAlive() const override { return m_session->isAlive(); }
    std::chrono::steady_clock::time_point madeAt() const override { return m_madeAt; }

private:
    const std::shared_ptr<SshSession> m_session;
    const QString m_name;
    const SshOptions m_options;
    const std::chrono::steady_clock::time_point m_madeAt = std::chrono::steady_clock::now();
};

} // namespace

RemoteConnector sshConnector(const SshOptions &options)
{
    return [options](const QString &destination,
                     const std::stop_token &stop) -> Result<std::shared_ptr<RemoteMachine>> {
        const auto target = resolveTarget(destination, {options.configFile, options.connectLimit, stop});
        if (!target)
            return tl::unexpected(target.error());
        auto session = SshSession::connect(*target, {options.connectLimit, stop, options.asker});
        if (!session)
            return tl::unexpected(session.error());
        return std::make_shared<SshMachine>(*std::move(session), target->machine, options);
    };
}

} // namespace tropo
