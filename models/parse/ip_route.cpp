#include "models/parse/ip_route.h"

#include "models/parse/elision.h"
#include "models/parse/json_fields.h"
#include "models/parse/line_cursor.h"

#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What stands first in a route: "default", "10.1.0.0/16" or "10.1.0.1". False where it is none of them.
bool readDestination(QStringView text, Route &route)
{
    if (text == "default"_L1 || text == "0.0.0.0/0"_L1)
        return true;
    if (const auto host = Ipv4::fromString(text))
        route.destination = Subnet{*host, 32};
    else
        route.destination = Subnet::fromString(text);
    return route.destination.has_value();
}

void appendJson(const JsonFields &fields, QList<Route> &routes)
{
    Route route;
    if (const QString text = fields.text("dst"_L1); !readDestination(text, route))
        return fields.complain("dst"_L1, quoted(text) + u" is not an IPv4 destination"_s);
    route.gateway = fields.ipv4("gateway"_L1);
    route.device = fields.text("dev"_L1);
    route.metric = fields.whole("metric"_L1, 0, INT_MAX);
    route.source = fields.source();
    const auto hops = fields.objects("nexthops"_L1);
    if (hops.empty())
        routes.append(route);
    route.multipath = hops.size() > 1;
    for (const JsonFields &hop : hops) {
        route.gateway = hop.ipv4("gateway"_L1);
        route.device = hop.text("dev"_L1);
        routes.append(route);
    }
}

class TextReader
{
public:
    explicit TextReader(ProblemLog &problems) : m_problems(problems) {}

    QList<Route> read(QStringView text)
    {
        for (LineCursor at(text); at.next();) {
            m_line = at.number();
            const auto words = wordsOf(at.trimmed().first(qMin(at.trimmed().size(), qsizetype(4096))));
            if (isElision(at.trimmed()))
                m_problems.add(m_line, u"lines are left out here, line %1"_s.arg(m_line));
            else if (words[0] == "nexthop"_L1 && m_open)
                hop(words);
            else
                route(words, at.trimmed());
        }
        return std::move(m_routes);
    }

private:
    using Words = std::vector<QStringView>;

    void route(const Words &words, QStringView line)
    {
        static constexpr std::array types{"unicast"_L1, "blackhole"_L1, "unreachable"_L1, "prohibit"_L1,
                                          "throw"_L1,   "local"_L1,     "broadcast"_L1,   "multicast"_L1};
        const bool typed = std::find(types.begin(), types.end(), words[0]) != types.end();
        const std::size_t first = typed ? 1 : 0;
        Route route;
        m_open = words.size() > first && readDestination(words[first], route);
        if (!m_open)
            return m_problems.notUnderstood(m_line, line);
        m_hops = 0;
        route.source = m_problems.at(m_line);
        readRest(words, first + 1, route);
        m_routes.append(route);
    }

    void hop(const Words &words)
    {
        // The first next hop completes the route whose line came before, the others repeat it.
        if (m_hops++ > 0) {
            m_routes.last().multipath = true;
            m_routes.append(m_routes.last());
        }
        m_routes.last().gateway.reset();
        m_routes.last().source.last = m_line;
        readRest(words, 1, m_routes.last());
    }

    void readRest(const Words &words, std::size_t at, Route &route)
    {
        for (; at + 1 < words.size(); ++at) {
            const QStringView value = words[at + 1];
            if (words[at] == "dev"_L1)
                route.device = value.toString();
            else if (words[at] == "metric"_L1)
                readMetric(value, route);
            else if (words[at] == "via"_L1 && value != "inet6"_L1)
                readGateway(value, route);
        }
    }

    void readMetric(QStringView value, Route &route)
    {
        bool isNumber = false;
        const int metric = value.toInt(&isNumber);
        if (isNumber && metric >= 0)
            route.metric = metric;
        else
            m_problems.notUnderstood(m_line, QString(u"metric " + value));
    }

    void readGateway(QStringView value, Route &route)
    {
        route.gateway = Ipv4::fromString(value);
        if (!route.gateway)
            m_problems.notUnderstood(m_line, QString(u"via " + value));
    }

    ProblemLog &m_problems;
    QList<Route> m_routes;
    int m_line = 0;
    int m_hops = 0;
    bool m_open = false;
};

} // namespace

Parsed<QList<Route>> parseIpRouteJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Route> routes;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements)
        if (!element.object.isEmpty())
            appendJson(JsonFields(element, problems), routes);
    return {routes, problems.take()};
}

Parsed<QList<Route>> parseIpRouteText(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Route> routes = TextReader(problems).read(decodedText(text));
    return {std::move(routes), problems.take()};
}

} // namespace tropo
