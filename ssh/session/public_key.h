#pragma once

#include <QByteArray>
#include <QString>

#include <libssh/libssh.h>

#include <memory>

namespace tropo {

struct KeyFree
{
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
using Key = std::unique_ptr<ssh_key_struct, KeyFree>;

/// A public key as known_hosts and people write it.
struct PublicKey
{
    QByteArray type;     ///< "ssh-ed25519"
    QByteArray blob;     ///< base64
    QString fingerprint; ///< "SHA256:…"
};

PublicKey publicKeyOf(ssh_key key);

/// The public half of an identity file, as the agent protocol has it: from FILE.pub, from FILE where that is
/// a public key itself, or from the open part of a private key with a passphrase. Empty: none can be read.
QByteArray identityBlob(const QString &path);

} // namespace tropo
