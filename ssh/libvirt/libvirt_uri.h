#pragma once

#include "models/result.h"

#include <QStringList>

#include <optional>

namespace tropo {

/// A libvirt URI whose host is reached over SSH: "qemu+ssh://user@host:22/system?socket=/run/x". libvirt's
/// own transport would start an `ssh` for it; we lead its socket through our own connection instead.
struct SshLibvirtUri
{
    QString driver;      ///< "qemu"
    QString destination; ///< host, user@host or ssh://user@host:port, as the SSH layer takes it
    QString path;        ///< "/system"
    QStringList sockets; ///< on the hypervisor, to be tried in this order

    bool operator==(const SshLibvirtUri &) const = default;
};

/// The parts of `DRIVER+ssh://`; nothing for any other URI, and for a per-user daemon (`/session`), whose
/// socket's place only the far side knows: those are libvirt's own to open.
/// Errors: a `+ssh` URI without a host, or with a socket that is no absolute path.
/// The keys that weaken or replace ssh's own settings (no_verify, command, keyfile, …) are not honoured:
/// ~/.ssh/config says how a host is reached.
Result<std::optional<SshLibvirtUri>> sshLibvirtUri(const QString &uri);

/// The URI by which libvirt opens the local end of the forward.
QString forwardedUri(const SshLibvirtUri &uri, const QString &localSocket);

} // namespace tropo
