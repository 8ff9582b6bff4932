#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace tropo {

/// What known_hosts says of a key (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
struct HostKeyVerdict
{
    enum Kind {
        Unknown, ///< no line for this host and type of key
        Known,
        Changed, ///< the host has lines, for this type of key, with another key
        Revoked,
    };
    Kind kind = Unknown;
    QString file; ///< of the line that decided
    int line = 0; ///< from 1

    bool operator==(const HostKeyVerdict &) const = default;
};

/// A known_hosts file as read.
struct KnownHostsFile
{
    QString path;
    QByteArray text;
};

/// The files that exist, each bounded to 16 MiB.
QList<KnownHostsFile> readKnownHosts(const QStringList &paths);

/// A host's name in known_hosts: "[name]:port" where the port is not 22.
QString knownHostName(const QString &host, int port);

/// Judges a key, given as its type and its base64 blob, for a host known under any of `names`. Revoked
/// outweighs all, then known, then changed. Hashed names, wildcards, negation, lists and [host]:port are
/// understood; @cert-authority lines are passed over, since certificates are not accepted.
HostKeyVerdict judgeHostKey(const QList<KnownHostsFile> &files, const QStringList &names,
                            const QByteArray &type, const QByteArray &blob);

/// Types of keys known for the host, in the files' order: asking for these first avoids being shown another
/// one.
QList<QByteArray> knownKeyTypes(const QList<KnownHostsFile> &files, const QStringList &names);

/// A name as HashKnownHosts has it, which cannot be read from the file.
QString hashedHostName(const QString &name);

/// Adds a key to a file, which is made where there is none, for its owner alone, as ssh does.
Result<void> rememberHostKey(const QString &path, const QString &name, const QByteArray &type,
                             const QByteArray &blob);

} // namespace tropo
