#pragma once

#include "models/result.h"

#include <QStringList>

#include <chrono>
#include <stop_token>

namespace tropo {

/// Where an SSH connection goes and how it is opened, as the user's own ssh would.
struct SshTarget
{
    QString machine; ///< for messages: "trop02", "Acilamwen via trop02"
    QString host;    ///< name or address to connect to
    int port = 22;
    QString user;
    QStringList knownHostNames; ///< as known_hosts may have it ("[name]:port"); the first one is written
    QStringList knownHostsFiles;
    QStringList identityFiles;
    bool identitiesOnly = false;
    QString agentSocket;   ///< empty: no agent
    QStringList proxyJump; ///< hops towards it, nearest first: "user@host:port"
    QString proxyCommand;  ///< not supported; kept so that it can be said
    QStringList hostKeyAlgorithms;
    QStringList publicKeyAlgorithms; ///< PubkeyAcceptedAlgorithms; these lists: in order of preference, empty
    QStringList keyExchanges;        ///< for libssh's own choice; names that it does not know are left out
    QStringList ciphers;
    QStringList macs;
    QString addressFamily; ///< "inet", "inet6"; any other: both
    bool hasOwnKnownHosts =
        true; ///< the first file is the user's, to be written to; else all are the system's
    QStringList revokedHostKeys;  ///< files that list keys which are never to be accepted
    bool asksAboutHostKey = true; ///< false with StrictHostKeyChecking yes: unknown keys are refused unasked
    bool hashesKnownHosts = false;
    bool publicKeyAllowed = true; ///< PubkeyAuthentication
    QString configFile;           ///< that this came from, for the hops too; empty: the user's own

    bool operator==(const SshTarget &) const = default;
};

struct ResolveOptions
{
    QString configFile; ///< empty: the user's own
    std::chrono::milliseconds limit{10'000};
    std::stop_token stop;
};

/// What ssh would do for "host", "user@host" or "user@host:port": runs `ssh -G`, which applies ~/.ssh/config
/// with its Match blocks, and reads what it prints. Blocks up to the limit.
Result<SshTarget> resolveTarget(const QString &destination, const ResolveOptions &options = {});

/// Reads what `ssh -G` prints.
SshTarget parseSshConfig(const QByteArray &printed);

} // namespace tropo
