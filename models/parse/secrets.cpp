#include "models/parse/secrets.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

bool isSecretKey(QStringView key, QStringView section)
{
    if (section == u"vpn-secrets")
        return true;
    if (key.size() > 256)
        return false;
    QString name = key.toString().toLower().replace(u'_', u'-');
    // What speaks of a secret without being one.
    for (const QLatin1StringView end : {"-flags"_L1, "-type"_L1, "-mgmt"_L1, "-management"_L1, "keyidx"_L1})
        if (name.endsWith(end))
            return false;
    for (const QLatin1StringView part :
         {"psk"_L1, "password"_L1, "passwd"_L1, "passphrase"_L1, "secret"_L1, "token"_L1, "private-key"_L1,
          "privatekey"_L1, "preshared"_L1, "wep-key"_L1, "wireless-key"_L1, "mka-cak"_L1, "unlockkey"_L1})
        if (name.contains(part))
            return true;
    while (!name.isEmpty() && name.back().isDigit())
        name.chop(1);
    return name == "key"_L1 || name == "private"_L1 || name == "shared"_L1 || name == "pin"_L1;
}

QString shownValue(QStringView key, QStringView value, QStringView section)
{
    return !value.isEmpty() && isSecretKey(key, section) ? QString(withheld) : value.toString();
}

} // namespace tropo
