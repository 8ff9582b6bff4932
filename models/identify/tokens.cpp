#include "models/identify/tokens.h"

#include <QRegularExpression>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isOpen(QStringView part)
{
    return part == u"x" || part == u"X" || part == u"xx" || part == u"XX" || part == u"xxx" ||
           part == u"XXX" || part == u"*";
}

/// How many of the last parts are left open ("52:54:00:02:02:xx" has one), the others replaced into `known`.
int openParts(QStringView text, QChar joint, const QString &zero, QString &known)
{
    QStringList parts;
    int open = 0;
    for (const QStringView part : text.split(joint)) {
        if (isOpen(part))
            ++open;
        else if (open > 0)
            return 0; // only the last ones may be open
        parts.append(isOpen(part) ? zero : part.toString());
    }
    known = parts.join(joint);
    return open;
}

std::optional<MacAddress> macOfParts(const QStringList &parts, int digits)
{
    QString padded;
    for (const QString &part : parts)
        padded += part.rightJustified(digits, u'0');
    for (int i = 2; i < 17; i += 3)
        padded.insert(i, u':');
    return MacAddress::fromString(padded);
}

} // namespace

std::optional<MacAddress> macFrom(QStringView text)
{
    if (const auto mac = MacAddress::fromString(text))
        return mac;
    static const QRegularExpression cisco(u"^[0-9A-Fa-f]{4}(\\.[0-9A-Fa-f]{4}){2}$"_s);
    static const QRegularExpression bsd(u"^[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2}){5}$"_s);
    const QString whole = text.toString();
    if (cisco.match(whole).hasMatch())
        return macOfParts(whole.split(u'.'), 4);
    if (bsd.match(whole).hasMatch())
        return macOfParts(whole.split(u':'), 2);
    return {};
}

std::optional<MacRange> macRangeFrom(QStringView text)
{
    if (const auto range = MacRange::fromString(text))
        return range;
    QString known;
    const int open = openParts(text, u':', u"00"_s, known);
    const auto base = open > 0 && open < 6 ? MacAddress::fromString(known) : std::nullopt;
    return base ? std::optional(MacRange{*base, 48 - 8 * open}) : std::nullopt;
}

std::optional<Subnet> subnetFrom(QStringView text)
{
    // An address with its prefix length is an address, and so is a network of one.
    if (const auto subnet = Subnet::fromString(text); subnet && subnet->prefix < 32)
        return subnet;
    QString known;
    const int open = openParts(text, u'.', u"0"_s, known);
    const auto base = open > 0 && open < 4 ? Ipv4::fromString(known) : std::nullopt;
    return base ? std::optional(Subnet{*base, 32 - 8 * open}) : std::nullopt;
}

std::optional<Ipv4> addressFrom(const QString &text)
{
    return Ipv4::fromString(text.section(u'/', 0, 0));
}

std::optional<Ipv6> address6From(const QString &text)
{
    return Ipv6::fromString(text.section(u'%', 0, 0).section(u'/', 0, 0));
}

namespace {

bool isSomebody(const Token &token)
{
    switch (token.kind) {
    case Token::Kind::Mac:
        return !token.mac.isNull() && token.mac.bits() != 0xffff'ffff'ffffULL;
    case Token::Kind::Address:
        return token.address.bits() != 0 && !prefixOf(token.address);
    case Token::Kind::Address6:
        return token.address6 != Ipv6();
    }
    return false;
}

std::optional<Token> tokenFrom(const QString &text)
{
    Token token;
    token.text = text;
    if (const auto mac = macFrom(text)) {
        token.mac = *mac;
    } else if (const auto address = Ipv4::fromString(text)) {
        token.kind = Token::Kind::Address;
        token.address = *address;
    } else if (const auto address6 = Ipv6::fromString(text)) {
        token.kind = Token::Kind::Address6;
        token.address6 = *address6;
    } else {
        return {};
    }
    return isSomebody(token) ? std::optional(token) : std::nullopt;
}

/// What a run of hex digits, dots and colons holds: itself, or an address with a port behind it.
std::optional<Token> tokenOfRun(QString run)
{
    while (run.endsWith(u'.') || (run.endsWith(u':') && !run.endsWith(u"::")))
        run.chop(1);
    if (auto token = tokenFrom(run))
        return token;
    static const QRegularExpression withPort(u"^(\\d{1,3}(?:\\.\\d{1,3}){3})[.:]\\d{1,5}$"_s);
    const auto port = withPort.match(run);
    return port.hasMatch() ? tokenFrom(port.captured(1)) : std::nullopt;
}

} // namespace

QList<Token> tokensOf(const QString &text)
{
    constexpr qsizetype most = 500;
    // A run may be joined by '-' only where it is a MAC: ranges of addresses are joined so too.
    static const QRegularExpression runs(
        u"(?<![0-9A-Za-z_])(?:(?<!-)[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}(?![0-9A-"
        u"Za-z-])|[0-9A-Fa-f:][0-9A-Fa-f:.]{2,})"
        "(?![0-9A-Za-z_])"_s);
    QList<Token> tokens;
    int line = 1;
    qsizetype counted = 0;
    for (auto runsLeft = runs.globalMatch(text); runsLeft.hasNext() && tokens.size() < most;) {
        const auto run = runsLeft.next();
        line +=
            static_cast<int>(QStringView(text).sliced(counted, run.capturedStart() - counted).count(u'\n'));
        counted = run.capturedStart();
        if (auto token = tokenOfRun(run.captured())) {
            token->line = line;
            tokens.append(*token);
        }
    }
    return tokens;
}

} // namespace tropo
