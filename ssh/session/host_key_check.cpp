#include "ssh/session/host_key_check.h"

#include <QFile>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "name" of "[name]:port".
QStringList withoutPorts(const QStringList &names)
{
    QStringList plain;
    for (const QString &name : names)
        if (name.startsWith(u'['))
            plain.append(name.sliced(1).section(u"]:"_s, 0, 0));
    return plain;
}

} // namespace

HostKeyCheck::HostKeyCheck(const SshTarget &target)
    : m_target(target), m_files(readKnownHosts(target.knownHostsFiles))
{
}

QByteArray HostKeyCheck::algorithms() const
{
    QList<QByteArray> all{"ssh-ed25519",         "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp384",
                          "ecdsa-sha2-nistp256", "rsa-sha2-512",        "rsa-sha2-256"};
    if (!m_target.hostKeyAlgorithms.isEmpty()) {
        // ssh-rsa, that is SHA-1, only where the user's own ssh would take it (sshd of CentOS 6 has nothing
        // else). Certificates are not for us.
        all.append("ssh-rsa");
        QList<QByteArray> wanted;
        for (const QString &name : m_target.hostKeyAlgorithms)
            if (all.contains(name.toLatin1()))
                wanted.append(name.toLatin1());
        all = wanted;
    }
    const QList<QByteArray> types = knownKeyTypes(m_files, m_target.knownHostNames);
    const auto isKnown = [&types](const QByteArray &algorithm) {
        return types.contains(algorithm.startsWith("rsa-") ? QByteArray("ssh-rsa") : algorithm);
    };
    std::stable_partition(all.begin(), all.end(), isKnown);
    return all.join(',');
}

tl::unexpected<Error> HostKeyCheck::refused(const QString &why) const
{
    return failure(ErrorKind::Refused, m_target.machine, why);
}

HostKeyVerdict HostKeyCheck::judge(const PublicKey &key) const
{
    const HostKeyVerdict verdict = judgeHostKey(m_files, m_target.knownHostNames, key.type, key.blob);
    if (verdict.kind != HostKeyVerdict::Unknown)
        return verdict;
    // As ssh: a key that is known for the machine without a port is the machine's.
    const HostKeyVerdict plain =
        judgeHostKey(m_files, withoutPorts(m_target.knownHostNames), key.type, key.blob);
    return plain.kind == HostKeyVerdict::Known || plain.kind == HostKeyVerdict::Revoked ? plain : verdict;
}

Result<void> HostKeyCheck::checkRevoked(const PublicKey &key) const
{
    for (const QString &path : m_target.revokedHostKeys) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return refused(
                u"RevokedHostKeys %1 cannot be read (%2), so no host key is trusted; mend it or the "
                "setting"_s.arg(path, file.errorString()));
        const QByteArray text = file.read(qint64(16) * 1024 * 1024);
        if (text.startsWith("SSHKRL"))
            return refused(u"RevokedHostKeys %1 is a binary list, which is not supported: list the keys as "
                           "text, one a line"_s.arg(path));
        if (text.simplified().split(' ').contains(key.blob))
            return refused(u"its host key %1 is revoked by %2; do not use it"_s.arg(key.fingerprint, path));
    }
    return {};
}

Result<void> HostKeyCheck::check(const PublicKey &key, const Ask &ask) const
{
    if (auto ok = checkRevoked(key); !ok)
        return ok;
    const HostKeyVerdict verdict = judge(key);
    const QString place = u"line %1 of %2"_s.arg(verdict.line).arg(verdict.file);
    switch (verdict.kind) {
    case HostKeyVerdict::Known:
        return {};
    case HostKeyVerdict::Changed:
        return refused(u"its host key has changed to %1 %2 (%3 has another). Either it was installed anew or "
                       "someone stands between: ask its keeper, and only then remove that line"_s.arg(
                           QString::fromLatin1(key.type), key.fingerprint, place));
    case HostKeyVerdict::Revoked:
        return refused(
            u"its host key %1 is marked @revoked in %2; do not use it"_s.arg(key.fingerprint, place));
    case HostKeyVerdict::Unknown:
        break;
    }
    // The types that are known were asked for first: who shows another has lost, or never had, the key.
    const QList<QByteArray> types = knownKeyTypes(m_files, m_target.knownHostNames);
    if (types.isEmpty())
        return askAbout(key, ask);
    return refused(
        u"it showed a host key %1 %2, but is known by one of type %3. Either its keys were made anew "
        "or someone stands between: ask its keeper, and only then add the new key with ssh"_s.arg(
            QString::fromLatin1(key.type), key.fingerprint, QString::fromLatin1(types.join(", "))));
}

Result<void> HostKeyCheck::askAbout(const PublicKey &key, const Ask &ask) const
{
    const QString file = m_target.hasOwnKnownHosts ? m_target.knownHostsFiles.value(0) : QString();
    const HostKeyQuestion question{m_target.machine, m_target.knownHostNames.value(0),
                                   QString::fromLatin1(key.type), key.fingerprint, file};
    const HostKeyAnswer answer = ask && m_target.asksAboutHostKey ? ask(question) : HostKeyAnswer::Refuse;
    if (answer == HostKeyAnswer::Remember)
        return rememberHostKey(file,
                               m_target.hashesKnownHosts ? hashedHostName(question.host) : question.host,
                               key.type, key.blob);
    if (answer == HostKeyAnswer::Once)
        return {};
    const QString todo = m_target.asksAboutHostKey
                             ? u"if that is right, connect once with ssh and accept it"_s
                             : u"StrictHostKeyChecking is yes, so add the right key to known_hosts first"_s;
    return refused(u"its host key %1 %2 is not in known_hosts for %3; %4"_s.arg(
        question.keyType, key.fingerprint, question.host, todo));
}

} // namespace tropo
