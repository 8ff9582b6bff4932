#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

namespace tropo {

/// What stands in place of a secret.
inline constexpr QLatin1StringView withheld{"<withheld>"};

/// Whether the value of a key is a secret: pre-shared keys, passwords, WEP and private keys, tokens, as
/// ifcfg, NetworkManager keyfiles (of `section`), netplan and interfaces(5) name them, in any case.
bool isSecretKey(QStringView key, QStringView section = {});

/// The value of a key as it may be kept: `withheld` for a secret.
QString shownValue(QStringView key, QStringView value, QStringView section = {});

/// A document without its secrets, for a hand-made capture that has some: values of secret keys, Config.Env
/// and JoinTokens in docker's JSON, Swarm join tokens and PEM private keys anywhere. `path` as in a capture.
/// The result has the same number of lines and the same form (JSON stays JSON).
QByteArray withheldText(const QString &path, const QByteArray &text);

} // namespace tropo
