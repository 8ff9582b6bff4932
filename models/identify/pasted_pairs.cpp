#include "models/identify/pasted_pairs.h"

#include "models/parse/debian_interfaces.h"
#include "models/parse/domain_xml.h"
#include "models/parse/ifcfg.h"
#include "models/parse/netplan.h"
#include "models/parse/nm_keyfile.h"

#include <QRegularExpression>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString pasted = u"pasted"_s; ///< the name that parsers get for what is no document

/// The files that a text may be, by a line that only such a file has.
QList<InterfaceConfig> configsOf(const QString &text)
{
    static const QRegularExpression ifcfg(u"^\\s*(?:HWADDR|MACADDR|IPADDR\\d*|DEVICE)\\s*="_s,
                                          QRegularExpression::MultilineOption);
    static const QRegularExpression keyfile(u"^\\s*\\[(?:connection|ethernet|ipv4|802-3-ethernet)\\]"_s,
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression netplan(u"^\\s*ethernets\\s*:"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression debian(u"^\\s*iface\\s+\\S+\\s+inet"_s,
                                           QRegularExpression::MultilineOption);
    const QByteArray bytes = text.toUtf8();
    if (ifcfg.match(text).hasMatch())
        return {parseIfcfg(bytes, pasted).value};
    if (keyfile.match(text).hasMatch())
        return {parseKeyfile(bytes, pasted).value};
    if (netplan.match(text).hasMatch())
        return parseNetplan(bytes, pasted).value;
    if (debian.match(text).hasMatch())
        return parseDebianInterfaces(bytes, pasted).value;
    return {};
}

/// What the file calls the setting on that line.
QString keyOn(const InterfaceConfig &config, const Source &source)
{
    for (const Setting &setting : config.settings)
        if (setting.source.first == source.first)
            return setting.key;
    return {};
}

void addPairs(QList<PastedPair> &pairs, const InterfaceConfig &config)
{
    for (const auto *mac : {&config.hwaddr, &config.macaddr})
        if (*mac)
            for (const auto &address : config.addresses)
                pairs.append({keyOn(config, (*mac)->source), (*mac)->value, keyOn(config, address.source),
                              address.value.address});
}

/// tcpdump's words for an ARP packet tell whose is whose; the first MAC of a line is the sender's.
bool addArp(QList<PastedPair> &pairs, const QString &line, const QList<Token> &macs)
{
    static const QRegularExpression isAt(u"([\\d.]+)\\s+is-at\\s+([0-9A-Fa-f:]+)"_s);
    static const QRegularExpression tell(u"who-has\\s+\\S+.*?\\btell\\s+([\\d.]+?)[,.]?(?:\\s|$)"_s);
    if (const auto reply = isAt.match(line); reply.hasMatch()) {
        const auto address = Ipv4::fromString(reply.captured(1));
        const auto mac = macFrom(reply.captured(2));
        if (address && mac)
            pairs.append({{}, *mac, {}, *address});
        return true;
    }
    if (!line.contains(u"who-has"_s))
        return false;
    const auto request = tell.match(line);
    const auto address = request.hasMatch() ? Ipv4::fromString(request.captured(1)) : std::nullopt;
    if (address && !macs.isEmpty())
        pairs.append({{}, macs.front().mac, {}, *address});
    return true;
}

void addLine(QList<PastedPair> &pairs, const QString &line, const QList<Token> &macs,
             const QList<Token> &addresses)
{
    if (addArp(pairs, line, macs))
        return;
    // A packet's two MACs and two addresses are its sender's and its receiver's, in that order.
    const bool isPacket = macs.size() == 2 && addresses.size() == 2 && line.count(u'>') >= 2;
    if (!isPacket && (macs.size() != 1 || addresses.size() != 1))
        return;
    for (qsizetype i = 0; i < macs.size(); ++i)
        pairs.append({{}, macs[i].mac, {}, addresses[i].address});
}

QList<PastedPair> pairsByLine(const QString &text, const QList<Token> &tokens)
{
    QList<PastedPair> pairs;
    const QStringList lines = text.split(u'\n');
    for (qsizetype at = 0; at < tokens.size();) {
        const int line = tokens[at].line;
        QList<Token> macs;
        QList<Token> addresses;
        for (; at < tokens.size() && tokens[at].line == line; ++at) {
            if (tokens[at].kind == Token::Kind::Mac)
                macs.append(tokens[at]);
            else if (tokens[at].kind == Token::Kind::Address)
                addresses.append(tokens[at]);
        }
        addLine(pairs, lines.value(line - 1), macs, addresses);
    }
    return pairs;
}

} // namespace

QList<PastedPair> pairsOf(const QString &text, const QList<Token> &tokens)
{
    const QList<InterfaceConfig> configs = configsOf(text);
    QList<PastedPair> pairs;
    for (const InterfaceConfig &config : configs)
        addPairs(pairs, config);
    return configs.isEmpty() ? pairsByLine(text, tokens) : pairs;
}

QList<Nic> nicsOf(const QString &text)
{
    if (!text.contains(u"<interface"_s))
        return {};
    const auto form = parseDomainXml(text.toUtf8(), pasted).value;
    return form ? form->nics : QList<Nic>();
}

} // namespace tropo
