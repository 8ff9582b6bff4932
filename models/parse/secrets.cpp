#include "models/parse/secrets.h"

#include "models/parse/json_secrets.h"
#include "models/parse/secret_lines.h"

#include <cctype>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QByteArrayView privateKeyEnd("PRIVATE KEY-----");

/// The end of a key's body that begins at `from`: its END line, or in JSON the string's end.
qsizetype bodyEnd(const QByteArray &text, qsizetype from, bool json)
{
    qsizetype limit = text.size();
    if (json)
        for (limit = from; limit < text.size() && text[limit] != '"' && text[limit] != '\n';)
            ++limit;
    const qsizetype end = QByteArrayView(text).first(limit).indexOf("-----END ", from);
    return end < 0 ? limit : end;
}

/// PEM private keys without their bodies.
QByteArray withoutPrivateKeys(const QByteArray &text, bool json)
{
    QByteArray out;
    qsizetype copied = 0;
    for (qsizetype at = text.indexOf("-----BEGIN "); at >= 0; at = text.indexOf("-----BEGIN ", at + 1)) {
        const qsizetype label = text.indexOf("-----", at + 11);
        if (label < 0)
            break;
        if (at < copied || label - at > 80 || !QByteArrayView(text).first(label + 5).endsWith(privateKeyEnd))
            continue;
        const qsizetype end = bodyEnd(text, label + 5, json);
        out += text.sliced(copied, label + 5 - copied);
        if (json) {
            out += withheld.data();
        } else {
            const QList<QByteArray> lines = text.sliced(label + 5, end - label - 5).split('\n');
            for (qsizetype i = 0; i < lines.size(); ++i) {
                qsizetype indent = 0;
                while (indent < lines[i].size() && (lines[i][indent] == ' ' || lines[i][indent] == '\t'))
                    ++indent;
                out += (i > 0 ? "\n" : "") + lines[i].first(indent);
                if (!lines[i].trimmed().isEmpty())
                    out += withheld.data();
            }
        }
        copied = end;
    }
    return copied == 0 ? text : out + text.sliced(copied);
}

/// Without Swarm's join tokens, SWMTKN-1-….
QByteArray withoutJoinTokens(const QByteArray &text)
{
    QByteArray out;
    qsizetype copied = 0;
    for (qsizetype at = text.indexOf("SWMTKN-"); at >= 0; at = text.indexOf("SWMTKN-", at + 7)) {
        qsizetype end = at + 7;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '-'))
            ++end;
        out += text.sliced(copied, at - copied) + withheld.data();
        copied = end;
        at = end - 7;
    }
    return copied == 0 ? text : out + text.sliced(copied);
}

/// passwd='…' of libvirt's <graphics>.
QByteArray withoutGraphicsPasswords(const QByteArray &text)
{
    QByteArray out;
    qsizetype copied = 0;
    for (qsizetype at = text.indexOf("passwd="); at >= 0; at = text.indexOf("passwd=", at + 7)) {
        if (at < copied || at + 7 >= text.size() || (text[at + 7] != '\'' && text[at + 7] != '"'))
            continue;
        const qsizetype end = text.indexOf(text[at + 7], at + 8);
        if (end < 0)
            break;
        // "<" may not stand in an attribute.
        out += text.sliced(copied, at + 8 - copied) + "&lt;withheld&gt;";
        out += QByteArray(text.sliced(at + 8, end - at - 8).count('\n'), '\n');
        copied = end;
    }
    return copied == 0 ? text : out + text.sliced(copied);
}

QByteArray withheldByForm(const QString &path, const QByteArray &text)
{
    const QString file = path.sliced(path.lastIndexOf(u'/') + 1).toLower();
    if (file.endsWith(".json"_L1)) // `ip token` is no secret
        return file.startsWith("ip-"_L1) || file.startsWith("bridge-"_L1) ? text : withheldJson(text);
    if (file.endsWith(".xml"_L1))
        return withoutGraphicsPasswords(text);
    if (file.endsWith(".yaml"_L1) || file.endsWith(".yml"_L1) || path.contains("/netplan/"_L1))
        return withheldLines(text, SecretForm::Yaml);
    if (file == "interfaces"_L1 || file == "interfaces.txt"_L1 || path.contains("/interfaces.d/"_L1))
        return withheldLines(text, SecretForm::Options);
    if (file.endsWith(".txt"_L1)) // what tools print
        return text;
    return withheldLines(text, SecretForm::Assignments);
}

} // namespace

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

QByteArray withheldText(const QString &path, const QByteArray &text)
{
    const bool json = path.endsWith(".json"_L1, Qt::CaseInsensitive);
    return withoutJoinTokens(withoutPrivateKeys(withheldByForm(path, text), json));
}

} // namespace tropo
