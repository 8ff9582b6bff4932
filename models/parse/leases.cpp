#include "models/parse/leases.h"

#include "models/parse/json_fields.h"
#include "models/parse/virsh_table.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The address without its prefix length; nothing for an IPv6 address, which a lease does not keep.
std::optional<Ipv4> leased(QStringView text, int line, ProblemLog &problems)
{
    const qsizetype slash = text.indexOf(u'/');
    const QStringView bare = slash < 0 ? text : text.first(slash);
    const auto address = Ipv4::fromString(bare);
    if (!address && !text.isEmpty() && !Ipv6::fromString(bare))
        problems.add(line, u"%1: not an IP address, line %2"_s.arg(quoted(text)).arg(line));
    return address;
}

} // namespace

Parsed<QList<Lease>> parseLeasesJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Lease> leases;
    const QList<JsonElement> elements = jsonElements(text, problems);
    for (const JsonElement &element : elements) {
        const JsonFields fields(element, problems);
        const auto mac = fields.mac("mac"_L1);
        if (!mac) {
            if (!fields.has("mac"_L1))
                fields.complain("mac"_L1, u"missing, the lease is left out"_s);
            continue;
        }
        leases.append({*mac, leased(fields.text("ip"_L1), fields.line(), problems),
                       fields.text("hostname"_L1), fields.time("expires"_L1), fields.source()});
    }
    return {leases, problems.take()};
}

Parsed<QList<Lease>> parseLeasesTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Lease> leases;
    const VirshTable table = virshTable(text, problems);
    for (const VirshRow &row : table.rows) {
        const auto words = wordsOf(row.text);
        const auto mac = words.size() > 2 ? MacAddress::fromString(words[2]) : std::nullopt;
        if (!mac || words.size() < 5) {
            problems.notUnderstood(row.line, row.text);
            continue;
        }
        Lease lease;
        lease.mac = *mac;
        lease.address = leased(words[4], row.line, problems);
        if (words.size() > 5 && words[5] != u"-")
            lease.hostname = words[5].toString();
        lease.expires = QDateTime(QDate::fromString(words[0].toString(), Qt::ISODate),
                                  QTime::fromString(words[1].toString(), Qt::ISODate));
        if (!lease.expires.isValid())
            problems.add(row.line, u"%1: not a time, line %2"_s
                                       .arg(quoted(QString(words[0].toString() + u' ' + words[1].toString())))
                                       .arg(row.line));
        lease.source = problems.at(row.line);
        leases.append(lease);
    }
    return {leases, problems.take()};
}

} // namespace tropo
