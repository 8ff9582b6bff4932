#include "models/parse/bridge.h"

#include "models/parse/json_elements.h"
#include "models/parse/numbered_lines.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<QList<BridgePort>> parseBridgeLinkJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<BridgePort> ports;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QJsonObject &object = element.object;
        const BridgePort port{bounded(object.value("master"_L1).toString(), 64),
                              bounded(object.value("ifname"_L1).toString(), 64),
                              bounded(object.value("state"_L1).toString(), 32), element.source};
        if (port.port.isEmpty())
            problems.add(element.source.first, u"a port without a name, line %1"_s.arg(element.source.first));
        else
            ports.append(port);
    }
    return {ports, problems.take()};
}

Parsed<QList<FdbEntry>> parseBridgeFdbJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<FdbEntry> entries;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QJsonObject &object = element.object;
        const auto mac = MacAddress::fromString(object.value("mac"_L1).toString());
        if (!mac) {
            problems.add(element.source.first,
                         u"an entry without a MAC address, line %1"_s.arg(element.source.first));
            continue;
        }
        FdbEntry entry{*mac,
                       bounded(object.value("ifname"_L1).toString(), 64),
                       bounded(object.value("master"_L1).toString(), 64),
                       bounded(object.value("state"_L1).toString(), 32),
                       {},
                       element.source};
        if (object.contains("vlan"_L1))
            entry.vlan = object.value("vlan"_L1).toInt();
        entries.append(entry);
    }
    return {entries, problems.take()};
}

Parsed<QList<BridgePort>> parseBrctlShow(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<BridgePort> ports;
    QString bridge;
    bool headerSeen = false;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        const auto words = wordsOf(line.text);
        if (words.empty() || words[0] == u"....")
            continue;
        if (words[0] == u"bridge" && line.text.contains("interfaces"_L1)) {
            headerSeen = true;
        } else if (words.size() == 1 && !bridge.isEmpty()) {
            // Further ports stand alone below the first.
            if (ports.last().bridge == bridge && ports.last().port.isEmpty())
                ports.removeLast();
            ports.append({bridge, words[0].toString(), {}, problems.at(line.number)});
        } else if (words.size() == 3 || words.size() == 4) {
            bridge = words[0].toString();
            ports.append(
                {bridge, words.size() == 4 ? words[3].toString() : QString(), {}, problems.at(line.number)});
        } else {
            problems.notUnderstood(line.number, line.text.trimmed());
        }
    }
    if (!headerSeen)
        problems.add(0, u"has no header as brctl show prints it"_s);
    return {ports, problems.take()};
}

} // namespace tropo
