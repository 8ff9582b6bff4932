#include "models/parse/leases.h"

#include "models/parse/json_elements.h"
#include "models/parse/virsh_table.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QDateTime expiry(const QJsonValue &value)
{
    if (value.isDouble())
        return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(qBound(0.0, value.toDouble(), 1e11)),
                                             Qt::UTC);
    return QDateTime::fromString(value.toString(), Qt::ISODate);
}

} // namespace

Parsed<QList<Lease>> parseLeasesJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Lease> leases;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QJsonObject &object = element.object;
        const QString mac = object.value("mac"_L1).toString();
        const QString address = object.value("ip"_L1).toString();
        const auto parsed = MacAddress::fromString(mac);
        if (!parsed) {
            problems.add(element.source.first,
                         u"%1 is no MAC address, line %2"_s.arg(quoted(mac)).arg(element.source.first));
            continue;
        }
        if (address.contains(u':'))
            continue;
        leases.append({*parsed, Ipv4::fromString(address.section(u'/', 0, 0)),
                       bounded(object.value("hostname"_L1).toString(), 255),
                       expiry(object.value("expires"_L1)), element.source});
    }
    return {leases, problems.take()};
}

Parsed<QList<Lease>> parseLeasesTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Lease> leases;
    const QStringList columns{u"Expiry Time"_s, u"MAC address"_s, u"Protocol"_s,
                              u"IP address"_s,  u"Hostname"_s,    u"Client ID or DUID"_s};
    for (const VirshRow &row : virshRows(text, columns, 0, problems)) {
        if (row.cells[2] != u"ipv4")
            continue;
        const auto mac = MacAddress::fromString(row.cells[1]);
        if (!mac) {
            problems.notUnderstood(row.source.first, row.cells[1]);
            continue;
        }
        leases.append({*mac, Ipv4::fromString(row.cells[3].section(u'/', 0, 0)),
                       row.cells[4] == u"-" ? QString() : row.cells[4],
                       QDateTime::fromString(row.cells[0], u"yyyy-MM-dd HH:mm:ss"_s), row.source});
    }
    return {leases, problems.take()};
}

} // namespace tropo
