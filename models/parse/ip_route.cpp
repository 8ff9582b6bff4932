#include "models/parse/ip_route.h"

#include "models/parse/json_elements.h"
#include "models/parse/numbered_lines.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "default", "192.168.202.0/24" or a host's address. False: not understood.
bool setDestination(QStringView text, Route &route)
{
    if (text == u"default")
        return true;
    if (const auto host = Ipv4::fromString(text))
        route.destination = Subnet{*host, 32};
    else
        route.destination = Subnet::fromString(text);
    return route.destination.has_value();
}

} // namespace

Parsed<QList<Route>> parseIpRouteJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Route> routes;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QJsonObject &object = element.object;
        Route route;
        route.source = element.source;
        const QString destination = object.value("dst"_L1).toString();
        if (!setDestination(destination, route)) {
            problems.add(element.source.first, u"route to %1 not understood"_s.arg(quoted(destination)));
            continue;
        }
        route.gateway = Ipv4::fromString(object.value("gateway"_L1).toString());
        route.device = bounded(object.value("dev"_L1).toString(), 64);
        if (object.contains("metric"_L1))
            route.metric = object.value("metric"_L1).toInt();
        routes.append(route);
    }
    return {routes, problems.take()};
}

Parsed<QList<Route>> parseIpRouteText(const QByteArray &text, const QString &document)
{
    static const QList<QStringView> kinds{u"unicast", u"blackhole", u"unreachable", u"prohibit",
                                          u"throw",   u"local",     u"broadcast"};
    ProblemLog problems(document);
    QList<Route> routes;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        auto words = wordsOf(line.text);
        if (words.empty() || words[0] == u"nexthop" || words[0] == u"....")
            continue;
        if (words.size() > 1 && kinds.contains(words[0]))
            words.erase(words.begin());
        Route route;
        route.source = problems.at(line.number);
        if (!setDestination(words[0], route)) {
            problems.notUnderstood(line.number, line.text.trimmed());
            continue;
        }
        for (std::size_t i = 1; i + 1 < words.size(); ++i) {
            if (words[i] == u"via")
                route.gateway = Ipv4::fromString(words[i + 1]);
            else if (words[i] == u"dev")
                route.device = bounded(words[i + 1], 64);
            else if (words[i] == u"metric")
                route.metric = words[i + 1].toInt();
        }
        routes.append(route);
    }
    return {routes, problems.take()};
}

} // namespace tropo
