#include "ssh/session/handshake.h"

#include "ssh/session/authentication.h"
#include "ssh/session/drive.h"
#include "ssh/session/host_key_check.h"
#include "ssh/session/public_key.h"
#include "ssh/session/watchdog.h"

#include <algorithm>
#include <fcntl.h>
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
          m_hostKeys(target),
          m_session(ssh_new()),
          m_fd(fd),
          m_watchFd(::fcntl(fd, F_DUPFD_CLOEXEC, 0))
    {
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
        if (auto ok = setOptions(); !ok) {
            ::close(m_fd); // libssh takes it over in ssh_connect
            return tl::unexpected(ok.error());
        }
        Watchdog watchdog(m_watchFd, m_options.limit, m_options.stop);
        m_watchdog = &watchdog;
        if (drive(m_session.get(), watchdog.stopToken(), SSH_AGAIN,
                  [this] { return ssh_connect(m_session.get()); }) != SSH_OK)
            return tl::unexpected(broken(u"the key exchange failed"_s));
        m_roundTrips += 2;
        if (auto ok = checkHostKey(); !ok)
            return tl::unexpected(ok.error());
        if (auto ok = authenticate(); !ok)
            return tl::unexpected(ok.error());
        return Handshake{std::move(m_counter), std::move(m_session), m_roundTrips};
    }

private:
    bool set(ssh_options_e option, const QByteArray &value)
    {
        return ssh_options_set(m_session.get(), option, value.constData()) == SSH_OK;
    }

    Result<void> setOptions()
    {
        const socket_t fd = m_fd;
        ssh_options_set(m_session.get(), SSH_OPTIONS_FD, &fd);
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
        ssh_set_counters(m_session.get(), m_counter.get(), nullptr);
        // Host keys are judged here, over all files and markers.
        set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
        set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
        return setAlgorithms();
    }

    Result<void> setAlgorithms()
    {
        const auto text = [](const QStringList &list) { return list.join(u',').toLatin1(); };
        const struct
        {
            ssh_options_e option;
            QByteArray list;
            QLatin1StringView keyword;
        } algorithms[] = {
            {SSH_OPTIONS_HOSTKEYS, m_hostKeys.algorithms(), "HostKeyAlgorithms"_L1},
            {SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, text(m_target.publicKeyAlgorithms),
             "PubkeyAcceptedAlgorithms"_L1},
            {SSH_OPTIONS_KEY_EXCHANGE, text(m_target.keyExchanges), "KexAlgorithms"_L1},
            {SSH_OPTIONS_CIPHERS_C_S, text(m_target.ciphers), "Ciphers"_L1},
            {SSH_OPTIONS_CIPHERS_S_C, text(m_target.ciphers), "Ciphers"_L1},
            {SSH_OPTIONS_HMAC_C_S, text(m_target.macs), "MACs"_L1},
            {SSH_OPTIONS_HMAC_S_C, text(m_target.macs), "MACs"_L1},
        };
        for (const auto &one : algorithms) {
            const bool mayBeEmpty = one.option != SSH_OPTIONS_HOSTKEYS;
            if ((one.list.isEmpty() && mayBeEmpty) || set(one.option, one.list))
                continue;
            return failure(ErrorKind::Unsupported, m_target.machine,
                           u"libssh knows none of the %1 that ~/.ssh/config allows for it; add one of "
                           "OpenSSH's defaults there"_s.arg(one.keyword));
        }
        return {};
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
        HostKeyCheck::Ask ask;
        if (m_options.asker)
            ask = [this](const HostKeyQuestion &question) {
                m_watchdog->pause();
                const HostKeyAnswer answer = m_options.asker(question, m_options.stop);
                m_watchdog->resume();
                return m_options.stop.stop_requested() ? HostKeyAnswer::Refuse : answer;
            };
        auto checked = m_hostKeys.check(shown, ask);
        if (!checked && m_options.stop.stop_requested())
            return tl::unexpected(broken({}));
        return checked;
    }

    Result<void> authenticate()
    {
        const auto agentLimit = std::min(m_options.limit / 2, std::chrono::milliseconds(5000));
        Authentication authentication(m_session.get(), m_target, agentLimit, m_watchdog->stopToken());
        const Authentication::Outcome outcome = authentication.run();
        m_roundTrips += authentication.roundTrips();
        if (outcome == Authentication::Accepted)
            return {};
        if (outcome == Authentication::Broken || m_watchdog->hasBitten())
            return tl::unexpected(broken(u"authentication broke off"_s));
        return failure(ErrorKind::Refused, m_target.machine, authentication.denial());
    }

    const SshTarget &m_target;
    const ConnectOptions &m_options;
    const HostKeyCheck m_hostKeys;
    std::unique_ptr<ssh_counter_struct> m_counter = std::make_unique<ssh_counter_struct>();
    SessionHandle m_session;
    int m_fd;
    int m_watchFd; ///< of its own: libssh closes the other one whenever it likes
    Watchdog *m_watchdog = nullptr;
    int m_roundTrips = 0;
};

} // namespace

Result<Handshake> handshake(int fd, const SshTarget &target, const ConnectOptions &options)
{
    return Greeting(fd, target, options).run();
}

} // namespace tropo
