#include "ssh/session/authentication.h"

#include "ssh/session/drive.h"
#include "ssh/session/public_key.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int triesOfServer = 6; ///< sshd's MaxAuthTries; each key offered is one

} // namespace

Authentication::Authentication(ssh_session session, const SshTarget &target, std::chrono::milliseconds limit,
                               std::stop_token stop)
    : m_session(session), m_target(target), m_limit(limit), m_stop(std::move(stop))
{
}

bool Authentication::isOver(int state) const
{
    return state == SSH_AUTH_SUCCESS || !ssh_is_connected(m_session) || m_stop.stop_requested();
}

Authentication::Outcome Authentication::run()
{
    if (!m_target.publicKeyAllowed)
        return Denied;
    int state = byAgent();
    for (qsizetype i = 0; i < m_target.identityFiles.size() && !isOver(state); ++i)
        state = byFile(m_target.identityFiles[i]);
    if (state == SSH_AUTH_SUCCESS)
        return Accepted;
    const bool tooMany = QByteArray(ssh_get_error(m_session)).contains("Too many authentication failures");
    return ssh_is_connected(m_session) || tooMany ? Denied : Broken;
}

QList<QByteArray> Authentication::identityBlobs() const
{
    QList<QByteArray> blobs;
    for (const QString &path : m_target.identityFiles)
        if (const QByteArray blob = identityBlob(path); !blob.isEmpty())
            blobs.append(blob);
    return blobs;
}

int Authentication::byAgent()
{
    if (m_target.agentSocket.isEmpty())
        return SSH_AUTH_DENIED;
    // A key that the agent does not have may still be in a file: leave it a try.
    const auto files = std::count_if(m_target.identityFiles.cbegin(), m_target.identityFiles.cend(),
                                     [](const QString &path) { return QFileInfo(path).isFile(); });
    const int most = triesOfServer - static_cast<int>(std::clamp<qsizetype>(files, 1, 3));
    AgentFilter filter(
        {m_target.agentSocket, identityBlobs(), m_target.identitiesOnly, most, m_limit, m_stop});
    const int socket = filter.takeSocket();
    if (socket < 0)
        return SSH_AUTH_DENIED;
    ssh_set_agent_socket(m_session, socket);
    const int state =
        drive(m_session, m_stop, SSH_AUTH_AGAIN, [this] { return ssh_userauth_agent(m_session, nullptr); });
    m_seen = filter.seen();
    m_roundTrips += static_cast<int>(m_seen.offered.size()) + (state == SSH_AUTH_SUCCESS ? 1 : 0);
    m_partial = m_partial || state == SSH_AUTH_PARTIAL;
    return state;
}

int Authentication::byFile(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return SSH_AUTH_DENIED;
    if (const QByteArray blob = identityBlob(path); !blob.isEmpty() && m_seen.offered.contains(blob))
        return SSH_AUTH_DENIED; // the agent had it, and it was not taken
    ssh_key raw = nullptr;
    if (ssh_pki_import_privkey_file(QFile::encodeName(path).constData(), nullptr, nullptr, nullptr, &raw) !=
        SSH_OK) {
        m_locked.append(path);
        return SSH_AUTH_DENIED;
    }
    const Key key(raw);
    m_tried.append(path);
    ++m_roundTrips;
    const int state = drive(m_session, m_stop, SSH_AUTH_AGAIN,
                            [this, raw] { return ssh_userauth_publickey(m_session, nullptr, raw); });
    m_partial = m_partial || state == SSH_AUTH_PARTIAL;
    return state;
}

QString Authentication::denial() const
{
    if (!m_target.publicKeyAllowed)
        return u"PubkeyAuthentication is no for it in ~/.ssh/config, and only keys are used here"_s;
    if (m_partial)
        return u"took the key of %1 but wants a second proof, such as a password, which is never asked for "
               "here: allow the key alone for this user"_s.arg(m_target.user);
    QStringList facts;
    if (!m_target.agentSocket.isEmpty() && !m_seen.answered)
        facts += u"the agent at %1 did not answer"_s.arg(m_target.agentSocket);
    else if (!m_seen.offered.isEmpty())
        facts += m_seen.held > m_seen.offered.size()
                     ? u"%1 of the agent's %2 keys"_s.arg(m_seen.offered.size()).arg(m_seen.held)
                     : u"%1 of the agent's keys"_s.arg(m_seen.offered.size());
    facts += m_tried;
    if (m_tried.isEmpty() && m_seen.offered.isEmpty() && m_locked.isEmpty())
        facts += u"%1, and none of the identity files exists"_s.arg(
            m_target.agentSocket.isEmpty() ? u"no agent"_s : u"no key in the agent that may be offered"_s);
    for (const QString &path : m_locked)
        facts += u"%1 could not be read or has a passphrase: run ssh-add"_s.arg(path);
    const bool offeredNone = m_tried.isEmpty() && m_seen.offered.isEmpty();
    return (offeredNone ? u"there is no key to offer it as user %1 (%2)"_s
                        : u"refused every key as user %1 (%2)"_s)
               .arg(m_target.user, facts.join(u", "_s)) +
           u"; load the right key with ssh-add, or name it as IdentityFile for this host in ~/.ssh/config"_s;
}

} // namespace tropo
