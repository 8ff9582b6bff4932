#include "models/parse/bridge.h"

#include "models/parse/elision.h"
#include "models/parse/json_fields.h"
#include "models/parse/line_cursor.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<QList<BridgePort>> parseBridgeLinkJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<BridgePort> ports;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        const BridgePort port{fields.text("master"_L1), fields.text("ifname"_L1), fields.text("state"_L1),
                              element.source};
        if (port.port.isEmpty() && !element.object.isEmpty())
            fields.complain("ifname"_L1, u"missing, the port is left out"_s);
        else if (!port.bridge.isEmpty())
            ports.append(port);
    }
    return {ports, problems.take()};
}

Parsed<QList<FdbEntry>> parseBridgeFdbJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<FdbEntry> entries;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        const auto mac = fields.mac("mac"_L1);
        if (!mac) {
            if (!fields.has("mac"_L1) && !element.object.isEmpty())
                fields.complain("mac"_L1, u"missing, the entry is left out"_s);
            continue;
        }
        QString state = fields.text("state"_L1);
        if (state == "stale"_L1)
            state.clear();
        entries.append({*mac, fields.text("ifname"_L1), fields.text("master"_L1), state,
                        fields.whole("vlan"_L1, 0, 4095), element.source});
    }
    return {entries, problems.take()};
}

namespace {

/// "8000.0cc47a351206"
bool isBridgeId(QStringView word)
{
    if (word.size() != 17 || word[4] != u'.')
        return false;
    return std::all_of(word.begin(), word.end(), [](QChar c) {
        return c == u'.' || (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

} // namespace

Parsed<QList<BridgePort>> parseBrctlShow(const QByteArray &bytes, const QString &document)
{
    ProblemLog problems(document);
    QList<BridgePort> ports;
    QString bridge;
    bool header = false;
    const QString text = decodedText(bytes);
    for (LineCursor at(text); at.next();) {
        const auto words = wordsOf(at.trimmed().first(qMin(at.trimmed().size(), qsizetype(4096))));
        if (isElision(at.trimmed())) {
            problems.add(at.number(), u"lines are left out here, line %1"_s.arg(at.number()));
            bridge.clear();
        } else if (at.trimmed().startsWith("bridge name"_L1)) {
            header = true;
        } else if (words.size() >= 3 && words.size() <= 4 && isBridgeId(words[1])) {
            bridge = words[0].toString();
            ports.append({bridge, words.size() > 3 ? words[3].toString() : QString(), QString(),
                          problems.at(at.number())});
        } else if (words.size() == 1 && !bridge.isEmpty()) {
            ports.append({bridge, words[0].toString(), QString(), problems.at(at.number())});
        } else {
            // What follows must not be taken for ports of the bridge before.
            bridge.clear();
            problems.notUnderstood(at.number(), at.trimmed());
        }
    }
    if (!header && ports.isEmpty())
        problems.add(0, u"not a table as brctl prints it: no header"_s);
    return {ports, problems.take()};
}

} // namespace tropo
