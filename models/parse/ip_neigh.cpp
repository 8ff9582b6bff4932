#include "models/parse/ip_neigh.h"

#include "models/parse/json_elements.h"

#include <QJsonArray>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<QList<Neighbour>> parseIpNeighJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Neighbour> neighbours;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QString destination = element.object.value("dst"_L1).toString();
        const auto address = Ipv4::fromString(destination);
        if (!address) {
            if (!Ipv6::fromString(destination))
                problems.add(element.source.first, u"neighbour %1 not understood"_s.arg(quoted(destination)));
            continue;
        }
        const QJsonArray states = element.object.value("state"_L1).toArray();
        neighbours.append({*address, MacAddress::fromString(element.object.value("lladdr"_L1).toString()),
                           bounded(element.object.value("dev"_L1).toString(), 64),
                           bounded(states.at(0).toString(), 32), element.source});
    }
    return {neighbours, problems.take()};
}

} // namespace tropo
