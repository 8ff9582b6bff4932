#include "models/policy/fleet_file.h"

#include "models/policy/policy_check.h"
#include "models/policy/toml_reader.h"

#include <algorithm>

namespace tropo {

namespace {

const auto macForm = QStringLiteral("a MAC address, as 52:54:00:00:01:00");
const auto addressForm = QStringLiteral("an IPv4 address, as 129.215.175.100");
const auto subnetForm = QStringLiteral("a network with its prefix and no host bits, as 192.168.202.0/24");
const auto macRangeForm =
    QStringLiteral("a MAC range with its prefix and zero bits beyond it, as 52:54:00:02:02:00/40");

HypervisorPolicy readHypervisor(const toml::table &from, QList<TomlProblem> &problems)
{
    TomlTable table(from, QStringLiteral("[[hypervisor]]"), problems);
    HypervisorPolicy policy;
    policy.source = table.source();
    policy.name = table.required("name");
    policy.uri = table.string("uri").value_or(QStringLiteral("qemu+ssh://%1/system").arg(policy.name));
    policy.ssh = table.string("ssh").value_or(policy.name);
    policy.macs = table.parsed("macs", &MacRange::fromString, macRangeForm);
    policy.subnet = table.parsed("subnet", &Subnet::fromString, subnetForm);
    table.finish();
    return policy;
}

GuestPolicy readGuest(const toml::table &from, QList<TomlProblem> &problems)
{
    TomlTable table(from, QStringLiteral("[[guest]]"), problems);
    GuestPolicy policy;
    policy.source = table.source();
    policy.name = table.required("name");
    policy.address = table.parsed("address", &Ipv4::fromString, addressForm);
    policy.user = table.string("user").value_or(QString());
    table.finish();
    return policy;
}

FloatPolicy readFloat(const toml::table &from, QList<TomlProblem> &problems)
{
    TomlTable table(from, QStringLiteral("[[float]]"), problems);
    FloatPolicy policy;
    policy.source = table.source();
    policy.name = table.required("name");
    for (const char *key : {"ip", "mac"})
        if (!from.get(key))
            table.report(nullptr, QStringLiteral("[[float]] needs %1 = \"…\"").arg(QLatin1String(key)));
    policy.address = table.parsed("ip", &Ipv4::fromString, addressForm).value_or(Ipv4());
    policy.mac = table.parsed("mac", &MacAddress::fromString, macForm).value_or(MacAddress());
    table.finish();
    return policy;
}

AcceptedFinding readAccepted(const toml::table &from, QList<TomlProblem> &problems)
{
    TomlTable table(from, QStringLiteral("[[accept]]"), problems);
    AcceptedFinding accepted;
    accepted.source = table.source();
    accepted.rule = table.required("rule");
    accepted.subject = table.required("subject");
    accepted.reason = table.required("reason");
    accepted.until = table.date("until");
    table.finish();
    return accepted;
}

void readGuests(const toml::table *from, Policy &policy, QList<TomlProblem> &problems)
{
    if (!from)
        return;
    TomlTable table(*from, QStringLiteral("[guests]"), problems);
    policy.guestUser = table.string("user").value_or(QString());
    policy.guestSudo = table.boolean("sudo").value_or(false);
    table.finish();
}

void readFloats(const toml::table *from, Policy &policy, QList<TomlProblem> &problems)
{
    if (!from)
        return;
    TomlTable table(*from, QStringLiteral("[floats]"), problems);
    policy.floatNetwork = table.string("network").value_or(QString());
    policy.floatSubnet = table.parsed("subnet", &Subnet::fromString, subnetForm);
    policy.floatGateway = table.parsed("gateway", &Ipv4::fromString, addressForm);
    table.finish();
}

void readNetworks(const toml::table *from, Policy &policy, QList<TomlProblem> &problems)
{
    if (!from)
        return;
    TomlTable table(*from, QStringLiteral("[networks]"), problems);
    policy.expectedNetworks = table.strings("expected");
    policy.reservationOctet = table.boolean("reservation_octet").value_or(false);
    table.finish();
}

void readDeclared(const toml::table *from, Policy &policy, QList<TomlProblem> &problems)
{
    if (!from)
        return;
    TomlTable table(*from, QStringLiteral("[declared]"), problems);
    policy.declaredRepository = table.required("repository");
    policy.declaredPath = table.string("path").value_or(QString());
    policy.declaredLocal = table.boolean("local").value_or(false);
    table.finish();
}

void readLimits(const toml::table *from, Policy &policy, QList<TomlProblem> &problems)
{
    if (!from)
        return;
    TomlTable table(*from, QStringLiteral("[limits]"), problems);
    policy.connectSeconds = table.number("connect_seconds", 1, 600).value_or(policy.connectSeconds);
    policy.commandSeconds = table.number("command_seconds", 1, 3600).value_or(policy.commandSeconds);
    policy.parallel = table.number("parallel", 1, 1024).value_or(policy.parallel);
    policy.stalePackagesDays =
        table.number("stale_packages_days", 1, 36500).value_or(policy.stalePackagesDays);
    table.finish();
}

void readSeverities(const toml::table *from, Policy &policy, QList<TomlProblem> &problems)
{
    if (!from)
        return;
    for (const auto &[key, node] : *from) {
        const QString rule = QString::fromStdString(std::string(key.str()));
        const QString word = node.is_string() ? QString::fromStdString(node.as_string()->get()) : QString();
        const auto severity = severityFromName(word);
        if (severity || word == QLatin1String("off")) {
            policy.severities.insert(rule, severity);
            continue;
        }
        const toml::source_position place = node.source().begin;
        problems.append(
            {static_cast<int>(place.line), static_cast<int>(place.column),
             QStringLiteral("severity of %1 must be \"error\", \"warning\", \"info\" or \"off\"").arg(rule)});
    }
}

Policy readPolicy(const toml::table &from, QList<TomlProblem> &problems)
{
    Policy policy;
    TomlTable root(from, QStringLiteral("the fleet file"), problems);
    if (const toml::table *fleet = root.table("fleet")) {
        TomlTable table(*fleet, QStringLiteral("[fleet]"), problems);
        policy.name = table.string("name").value_or(QString());
        table.finish();
    }
    for (const toml::table *table : root.tables("hypervisor"))
        policy.hypervisors.append(readHypervisor(*table, problems));
    readGuests(root.table("guests"), policy, problems);
    for (const toml::table *table : root.tables("guest"))
        policy.guests.append(readGuest(*table, problems));
    readFloats(root.table("floats"), policy, problems);
    for (const toml::table *table : root.tables("float"))
        policy.floats.append(readFloat(*table, problems));
    readNetworks(root.table("networks"), policy, problems);
    readDeclared(root.table("declared"), policy, problems);
    readLimits(root.table("limits"), policy, problems);
    readSeverities(root.table("severity"), policy, problems);
    for (const toml::table *table : root.tables("accept"))
        policy.accepted.append(readAccepted(*table, problems));
    root.finish();
    return policy;
}

tl::unexpected<Error> refusal(const QString &where, QList<TomlProblem> problems)
{
    std::stable_sort(problems.begin(), problems.end(),
                     [](const TomlProblem &a, const TomlProblem &b) { return a.line < b.line; });
    const TomlProblem &first = problems.front();
    QString message = first.message;
    if (problems.size() > 1)
        message += QStringLiteral(" (and %1 more)").arg(problems.size() - 1);
    return failure(ErrorKind::Format, QStringLiteral("%1:%2:%3").arg(where).arg(first.line).arg(first.column),
                   message);
}

} // namespace

Result<Policy> parseFleetFile(const QByteArray &text, const QString &where)
{
    constexpr qsizetype largest = 4 * 1024 * 1024;
    if (text.size() > largest)
        return failure(ErrorKind::Limit, where,
                       QStringLiteral("is larger than 4 MiB, the bound for a fleet file"));
    QList<TomlProblem> problems;
    try {
        const toml::table root =
            toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        Policy policy = readPolicy(root, problems);
        if (problems.isEmpty())
            problems = contradictionsIn(policy);
        if (problems.isEmpty())
            return policy;
    } catch (const toml::parse_error &error) {
        problems.append({static_cast<int>(error.source().begin.line),
                         static_cast<int>(error.source().begin.column),
                         QString::fromUtf8(error.description().data(),
                                           static_cast<qsizetype>(error.description().size()))});
    }
    return refusal(where, std::move(problems));
}

} // namespace tropo
