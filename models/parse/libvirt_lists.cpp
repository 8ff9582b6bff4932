#include "models/parse/libvirt_lists.h"

#include "models/parse/json_elements.h"
#include "models/parse/virsh_table.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<bool> yesOrNo(QStringView text)
{
    if (text == u"yes")
        return true;
    if (text == u"no")
        return false;
    return {};
}

std::optional<bool> flag(const QJsonObject &object, QLatin1StringView key)
{
    const QJsonValue value = object.value(key);
    return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
}

} // namespace

std::optional<DomainState> domainState(QStringView text)
{
    static const QList<std::pair<QStringView, DomainState>> states{
        {u"running", DomainState::Running},  {u"idle", DomainState::Running},
        {u"blocked", DomainState::Running},  {u"paused", DomainState::Paused},
        {u"shut off", DomainState::ShutOff}, {u"in shutdown", DomainState::ShuttingDown},
        {u"crashed", DomainState::Crashed},  {u"pmsuspended", DomainState::Suspended},
        {u"no state", DomainState::Unknown},
    };
    for (const auto &[name, state] : states)
        if (text == name)
            return state;
    return {};
}

Parsed<QList<DomainEntry>> parseDomainsJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<DomainEntry> entries;
    for (const JsonElement &element : jsonElements(text, problems)) {
        DomainEntry entry;
        entry.name = element.object.value("name"_L1).toString();
        entry.uuid = element.object.value("uuid"_L1).toString();
        entry.source = element.source;
        entry.autostart = flag(element.object, "autostart"_L1);
        entry.persistent = flag(element.object, "persistent"_L1);
        const QString state = element.object.value("state"_L1).toString();
        if (const auto known = domainState(state))
            entry.state = *known;
        else
            problems.add(element.source.first,
                         u"state %1 is not known, line %2"_s.arg(quoted(state)).arg(element.source.first));
        if (entry.name.isEmpty())
            problems.add(element.source.first,
                         u"a domain without a name, line %1"_s.arg(element.source.first));
        else
            entries.append(entry);
    }
    return {entries, problems.take()};
}

Parsed<QList<DomainEntry>> parseDomainsTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<DomainEntry> entries;
    for (const VirshRow &row : virshRows(text, {u"Id"_s, u"Name"_s, u"State"_s}, 0, problems)) {
        DomainEntry entry;
        entry.name = row.cells[1];
        entry.source = row.source;
        if (const auto state = domainState(row.cells[2]))
            entry.state = *state;
        else
            problems.add(row.source.first,
                         u"state %1 is not known (another language?), line %2"_s.arg(quoted(row.cells[2]))
                             .arg(row.source.first));
        entries.append(entry);
    }
    return {entries, problems.take()};
}

Parsed<QList<NetworkEntry>> parseNetworksJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<NetworkEntry> entries;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QJsonObject &object = element.object;
        const NetworkEntry entry{object.value("name"_L1).toString(), flag(object, "active"_L1),
                                 flag(object, "autostart"_L1), flag(object, "persistent"_L1), element.source};
        if (entry.name.isEmpty())
            problems.add(element.source.first,
                         u"a network without a name, line %1"_s.arg(element.source.first));
        else
            entries.append(entry);
    }
    return {entries, problems.take()};
}

Parsed<QList<NetworkEntry>> parseNetworksTable(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<NetworkEntry> entries;
    for (const VirshRow &row :
         virshRows(text, {u"Name"_s, u"State"_s, u"Autostart"_s, u"Persistent"_s}, 1, problems)) {
        NetworkEntry entry;
        entry.name = row.cells[0];
        entry.source = row.source;
        if (row.cells[1] == u"active" || row.cells[1] == u"inactive")
            entry.active = row.cells[1] == u"active";
        else
            problems.add(row.source.first,
                         u"state %1 is not known, line %2"_s.arg(quoted(row.cells[1])).arg(row.source.first));
        entry.autostart = yesOrNo(row.cells[2]);
        if (row.cells.size() > 3)
            entry.persistent = yesOrNo(row.cells[3]);
        entries.append(entry);
    }
    return {entries, problems.take()};
}

} // namespace tropo
