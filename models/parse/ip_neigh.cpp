#include "models/parse/ip_neigh.h"

#include "models/parse/elision.h"
#include "models/parse/json_fields.h"
#include "models/parse/line_cursor.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<QList<Neighbour>> parseIpNeighJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Neighbour> neighbours;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        const QString text4 = fields.text("dst"_L1);
        const auto address = Ipv4::fromString(text4);
        if (address)
            neighbours.append({*address, fields.mac("lladdr"_L1), fields.text("dev"_L1),
                               fields.texts("state"_L1).value_or(QStringList()).join(u','), element.source});
        else if (!element.object.isEmpty() && !Ipv6::fromString(text4))
            fields.complain("dst"_L1, quoted(text4) + u" is not an IP address"_s);
    }
    return {neighbours, problems.take()};
}

namespace {

/// "192.168.202.9 dev virbr0 lladdr 52:54:00:02:02:09 router STALE"
Neighbour neighbourOf(Ipv4 address, const std::vector<QStringView> &words, int line, ProblemLog &problems)
{
    Neighbour neighbour;
    neighbour.address = address;
    neighbour.source = problems.at(line);
    for (std::size_t i = 1; i < words.size(); ++i) {
        const bool more = i + 1 < words.size();
        if (words[i] == "dev"_L1 && more) {
            neighbour.device = words[++i].toString();
        } else if (words[i] == "lladdr"_L1 && more) {
            neighbour.mac = MacAddress::fromString(words[++i]);
            if (!neighbour.mac)
                problems.notUnderstood(line, QString(u"lladdr " + words[i]));
        } else if (!more && words[i].front().isUpper()) {
            neighbour.state = words[i].toString();
        }
    }
    return neighbour;
}

} // namespace

Parsed<QList<Neighbour>> parseIpNeighText(const QByteArray &bytes, const QString &document)
{
    ProblemLog problems(document);
    QList<Neighbour> neighbours;
    const QString text = decodedText(bytes);
    for (LineCursor at(text); at.next();) {
        const auto words = wordsOf(at.trimmed().first(qMin(at.trimmed().size(), qsizetype(4096))));
        const auto address = Ipv4::fromString(words[0]);
        if (isElision(at.trimmed()))
            problems.add(at.number(), u"lines are left out here, line %1"_s.arg(at.number()));
        else if (address)
            neighbours.append(neighbourOf(*address, words, at.number(), problems));
        else if (!Ipv6::fromString(words[0]))
            problems.notUnderstood(at.number(), at.trimmed());
    }
    return {neighbours, problems.take()};
}

} // namespace tropo
