#pragma once

#include "models/fleet/machine.h"

#include <QByteArray>

namespace tropo {

/// The public host keys of sshd, one after another: `cat /etc/ssh/ssh_host_*_key.pub`. Only a line whose key
/// is of the type that it names (RFC 4253, 6.6) is one. What else stands there may be a private key that
/// somebody copied by mistake: no problem quotes it.
Parsed<QList<SshHostKey>> parseSshHostKeys(const QByteArray &text, const QString &document);

} // namespace tropo
