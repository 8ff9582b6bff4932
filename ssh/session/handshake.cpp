#include "ssh/session/handshake.h"

#include "ssh/session/agent_filter.h"
#include "ssh/session/known_hosts.h"
#include "ssh/session/public_key.h"
#include "ssh/session/tcp_connect.h"
#include "ssh/session/watchdog.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

class Greeting
{
public:
    Greeting(int fd, const SshTarget &target, const ConnectOptions &options)
        : m_target(target),
          m_options(options),
          m_session(ssh_new()),
          m_fd(fd),
          m_watchFd(::fcntl(fd, F_DUPFD_CLOEXEC, 0))
    {
        m_knownHosts = readKnownHosts(target.knownHostsFiles);
    }

    ~Greeting()
    {
        if (m_watchFd >= 0)
            ::close(m_watchFd);
    }
    Greeting(const Greeting &) = delete;
    Greeting &operator=(const Greeting &) = delete;

    Result<Handshake> run()
    {
        if (!m_session || m_watchFd < 0) {
            ::close(m_fd);
            return failure(ErrorKind::Io, m_target.machine,
                           u"no session could be made: too many open files, or out of memory"_s);
        }
        setOptions();
        Watchdog watchdog(m_watchFd, m_options.limit, m_options.stop);
        m_watchdog = &watchdog;
        if (drive([this] { return ssh_connect(m_session.get()); }, SSH_AGAIN) != SSH_OK)
            return tl::unexpected(broken(u"the key exchange failed"_s));
        m_roundTrips += 2;
        if (auto ok = checkHostKey(); !ok)
            return tl::unexpected(ok.error());
        if (auto ok = authenticate(); !ok)
            return tl::unexpected(ok.error());
        return Handshake{std::move(m_counter), std::move(m_session), m_roundTrips};
    }

private:
    void set(ssh_options_e option, const QByteArray &value)
    {
        ssh_options_set(m_session.get(), option, value.constData());
    }

    /// Repeats a call that does not block until it has an answer or the watchdog bites. libssh's own waiting
    /// would not do: it sleeps on after a write that failed.
    template <typename Call> int drive(const Call &call, int again) const
    {
        for (;;) {
            const int state = call();
            if (state != again)
                return state;
            if (m_watchdog->hasBitten() || ssh_get_fd(m_session.get()) < 0)
                return SSH_ERROR; // also SSH_AUTH_ERROR
            const bool sending = (ssh_get_poll_flags(m_session.get()) & SSH_WRITE_PENDING) != 0;
            pollfd wait{ssh_get_fd(m_session.get()), static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN),
                        0};
            ::poll(&wait, 1, 50);
            acknowledgeAtOnce(m_watchFd);
        }
    }

    void setOptions()
    {
        ssh_set_blocking(m_session.get(), 0);
        bool processConfig = false; // it would run ProxyJump and Match exec by itself
        ssh_options_set(m_session.get(), SSH_OPTIONS_PROCESS_CONFIG, &processConfig);
        // Only a label, as the socket is connected; libssh refuses names that are none in DNS, or that have
        // an '@'.
        set(SSH_OPTIONS_HOST, "machine");
        if (!m_target.user.isEmpty())
            set(SSH_OPTIONS_USER, m_target.user.toUtf8());
        const auto port = static_cast<unsigned int>(m_target.port);
        ssh_options_set(m_session.get(), SSH_OPTIONS_PORT, &port);
        const socket_t fd = m_fd;
        ssh_options_set(m_session.get(), SSH_OPTIONS_FD, &fd);
        ssh_set_counters(m_session.get(), m_counter.get(), nullptr);
        // Host keys are judged here, over all files and markers.
        set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
        set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
        set(SSH_OPTIONS_HOSTKEYS, hostKeyOrder());
    }

    /// Types that known_hosts has come first: another type would look like an unknown key.
    QByteArray hostKeyOrder() const
    {
        QList<QByteArray> all{"ssh-ed25519",         "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp384",
                              "ecdsa-sha2-nistp256", "rsa-sha2-512",        "rsa-sha2-256"};
        // SHA-1 signatures only where the user's own ssh would take them (sshd of CentOS 6 has nothing else).
        if (m_target.hostKeyAlgorithms.contains(u"ssh-rsa"_s))
            all.append("ssh-rsa");
        QList<QByteArray> order;
        for (const QByteArray &type : knownKeyTypes(m_knownHosts, m_target.knownHostNames))
            for (const QByteArray &algorithm : std::as_const(all))
                if ((algorithm == type || (type == "ssh-rsa" && algorithm.startsWith("rsa-"))) &&
                    !order.contains(algorithm))
                    order.append(algorithm);
        for (const QByteArray &algorithm : std::as_const(all))
            if (!order.contains(algorithm))
                order.append(algorithm);
        return order.join(',');
    }

    Error broken(const QString &what) const
    {
        if (m_options.stop.stop_requested())
            return {ErrorKind::Cancelled, m_target.machine, u"cancelled"_s};
        if (m_watchdog->hasBitten())
            return {ErrorKind::Timeout, m_target.machine,
                    u"SSH did not answer within %1 s; is sshd alive there?"_s.arg(
                        (m_options.limit.count() + 500) / 1000)};
        const QString detail = QString::fromUtf8(ssh_get_error(m_session.get())).trimmed().left(500);
        return {ErrorKind::Unreachable, m_target.machine,
                detail.isEmpty() ? what : QString(what + u": "_s + detail)};
    }

    Result<void> checkHostKey()
    {
        ssh_key raw = nullptr;
        if (ssh_get_server_publickey(m_session.get(), &raw) != SSH_OK)
            return tl::unexpected(broken(u"the machine showed no host key"_s));
        const Key key(raw);
        const PublicKey shown = publicKeyOf(raw);
        const HostKeyVerdict verdict =
            judgeHostKey(m_knownHosts, m_target.knownHostNames, shown.type, shown.blob);
        switch (verdict.kind) {
        case HostKeyVerdict::Known:
            return {};
        case HostKeyVerdict::Changed:
            return failure(ErrorKind::Refused, m_target.machine,
                           u"its host key has changed to %1 %2 (line %3 of %4 has another). Either it was "
                           u"installed anew or someone stands between: "
                           "ask its keeper, and only then remove that line."_s
                               .arg(QString::fromLatin1(shown.type), shown.fingerprint)
                               .arg(verdict.line)
                               .arg(verdict.file));
        case HostKeyVerdict::Revoked:
            return failure(ErrorKind::Refused, m_target.machine,
                           u"its host key %1 is marked @revoked in line %2 of %3; do not use it."_s
                               .arg(shown.fingerprint)
                               .arg(verdict.line)
                               .arg(verdict.file));
        case HostKeyVerdict::Unknown:
            break;
        }
        return askAbout(shown);
    }

    Result<void> askAbout(const PublicKey &key)
    {
        const QString file = m_target.knownHostsFiles.value(0);
        const HostKeyQuestion question{m_target.machine, m_target.knownHostNames.value(0),
                                       QString::fromLatin1(key.type), key.fingerprint, file};
        HostKeyAnswer answer = HostKeyAnswer::Refuse;
        if (m_options.asker) {
            m_watchdog->pause();
            answer = m_options.asker(question, m_options.stop);
            m_watchdog->resume();
        }
        if (answer == HostKeyAnswer::Refuse && !m_options.stop.stop_requested())
            return failure(
                ErrorKind::Refused, m_target.machine,
                u"its host key %1 %2 is not in known_hosts; if that is right, connect once with ssh and accept it."_s
                    .arg(question.keyType, key.fingerprint));
        if (m_options.stop.stop_requested())
            return failure(ErrorKind::Cancelled, m_target.machine, u"cancelled"_s);
        if (answer == HostKeyAnswer::Remember)
            return rememberHostKey(file, question.host, key.type, key.blob);
        return {};
    }

    /// Public halves of the identity files, to know them again in the agent.
    QList<QByteArray> identityBlobs() const
    {
        QList<QByteArray> blobs;
        for (const QString &path : m_target.identityFiles)
            if (const QByteArray blob = identityBlob(path); !blob.isEmpty())
                blobs.append(blob);
        return blobs;
    }

    Result<void> authenticate()
    {
        int state = drive([this] { return ssh_userauth_none(m_session.get(), nullptr); }, SSH_AUTH_AGAIN);
        m_roundTrips += 2; // the service request and the answer
        if (state == SSH_AUTH_SUCCESS)
            return {};
        if (state == SSH_AUTH_ERROR)
            return tl::unexpected(broken(u"authentication broke off"_s));
        QStringList tried;
        state = byAgent(tried);
        for (qsizetype i = 0; i < m_target.identityFiles.size() && state != SSH_AUTH_SUCCESS &&
                              state != SSH_AUTH_ERROR && !m_watchdog->hasBitten();
             ++i)
            state = byFile(m_target.identityFiles[i], tried);
        if (state == SSH_AUTH_SUCCESS)
            return {};
        if (m_watchdog->hasBitten() || !ssh_is_connected(m_session.get()))
            return tl::unexpected(broken(u"authentication broke off"_s));
        return failure(
            ErrorKind::Refused, m_target.machine,
            u"refused %1 as user %2 (%3); load the right key with ssh-add, or name it as IdentityFile for this host in ~/.ssh/config."_s
                .arg(tried.isEmpty() ? u"to go on without a key"_s : u"every key"_s, m_target.user,
                     tried.isEmpty() ? u"no agent, and none of the identity files exists"_s
                                     : tried.join(u", "_s)));
    }

    int byAgent(QStringList &tried)
    {
        if (m_target.agentSocket.isEmpty())
            return SSH_AUTH_DENIED;
        AgentFilter filter({m_target.agentSocket, identityBlobs(), m_target.identitiesOnly, 5,
                            std::min(m_options.limit, std::chrono::milliseconds(5000)),
                            m_watchdog->stopToken()});
        const int socket = filter.takeSocket();
        if (socket < 0)
            return SSH_AUTH_DENIED;
        ssh_set_agent_socket(m_session.get(), socket);
        m_roundTrips += 2;
        tried.append(u"the agent's"_s);
        const int state =
            drive([this] { return ssh_userauth_agent(m_session.get(), nullptr); }, SSH_AUTH_AGAIN);
        // A silent agent is an error to libssh, yet the identity files may still do.
        return state == SSH_AUTH_ERROR && ssh_is_connected(m_session.get()) && !m_watchdog->hasBitten()
                   ? SSH_AUTH_DENIED
                   : state;
    }

    int byFile(const QString &path, QStringList &tried)
    {
        if (!QFileInfo::exists(path))
            return SSH_AUTH_DENIED;
        ssh_key raw = nullptr;
        if (ssh_pki_import_privkey_file(QFile::encodeName(path).constData(), nullptr, nullptr, nullptr,
                                        &raw) != SSH_OK) {
            tried.append(u"%1 could not be read or has a passphrase: run ssh-add"_s.arg(path));
            return SSH_AUTH_DENIED;
        }
        const Key key(raw);
        tried.append(path);
        m_roundTrips += 1;
        return drive([&] { return ssh_userauth_publickey(m_session.get(), nullptr, raw); }, SSH_AUTH_AGAIN);
    }

    const SshTarget &m_target;
    const ConnectOptions &m_options;
    std::unique_ptr<ssh_counter_struct> m_counter = std::make_unique<ssh_counter_struct>();
    SessionHandle m_session;
    int m_fd;
    int m_watchFd; ///< of its own: libssh closes the other one whenever it likes
    QList<KnownHostsFile> m_knownHosts;
    Watchdog *m_watchdog = nullptr;
    int m_roundTrips = 0;
};

} // namespace

Result<Handshake> handshake(int fd, const SshTarget &target, const ConnectOptions &options)
{
    return Greeting(fd, target, options).run();
}

} // namespace tropo
