#include "models/rules/evidence_order.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <array>

namespace tropo {

namespace {

enum Group { GuestGroup, HostGroup, FleetGroup, PolicyGroup };

/// Where a document stands in the order: which machine it is of, and its rank among that machine's.
struct Shelf
{
    Group group = GuestGroup;
    QString machine;
    int rank = 0;
};

/// The rank of the first of these beginnings that fits; behind all where none does.
template <std::size_t size> int rankOf(QStringView path, const std::array<QLatin1String, size> &beginnings)
{
    const auto it = std::find_if(beginnings.begin(), beginnings.end(),
                                 [path](QLatin1String start) { return path.startsWith(start); });
    return static_cast<int>(it - beginnings.begin());
}

constexpr int domainRank = 100; // its XML comes after all that is inside the guest …
constexpr int engineRank = 200; // … save its containers

int guestRank(QStringView path)
{
    static constexpr std::array order{
        QLatin1String("ifcfg/"),           QLatin1String("nm/"),           QLatin1String("netplan/"),
        QLatin1String("guest/interfaces"), QLatin1String("guest/udev"),    QLatin1String("guest/ip-addr"),
        QLatin1String("guest/ifconfig"),   QLatin1String("interface-pci"), QLatin1String("guest/")};
    static constexpr std::array engine{QLatin1String("docker/ps"),    QLatin1String("docker/inspect"),
                                       QLatin1String("docker/tasks"), QLatin1String("docker/service"),
                                       QLatin1String("docker/nodes"), QLatin1String("docker/")};
    return path.startsWith(QLatin1String("docker/")) ? engineRank + rankOf(path, engine)
                                                     : rankOf(path, order);
}

int hostRank(QStringView path)
{
    static constexpr std::array order{QLatin1String("host/interfaces"),
                                      QLatin1String("host/ip-addr"),
                                      QLatin1String("host/ifconfig"),
                                      QLatin1String("host/bridge-link"),
                                      QLatin1String("host/brctl"),
                                      QLatin1String("libvirt/domains"),
                                      QLatin1String("libvirt/list"),
                                      QLatin1String("libvirt/networks."),
                                      QLatin1String("libvirt/net-list"),
                                      QLatin1String("libvirt/networks/"),
                                      QLatin1String("libvirt/"),
                                      QLatin1String("declared/"),
                                      QLatin1String("host/bridge-fdb"),
                                      QLatin1String("host/ip-neigh"),
                                      QLatin1String("host/")};
    return rankOf(path, order);
}

Shelf shelfOf(const QString &document)
{
    if (document == QLatin1String("fleet.toml"))
        return {PolicyGroup, {}, 0};
    const QStringList parts = document.split(u'/');
    if (parts.size() < 2)
        return {document.endsWith(QLatin1String(".json")) ? FleetGroup : GuestGroup, document, 0};
    const QString machine = parts[0] + u'/';
    if (parts[1] == QLatin1String("guests") && parts.size() > 3)
        return {GuestGroup, machine + parts[2], guestRank(parts.sliced(3).join(u'/'))};
    if (document.startsWith(machine + QLatin1String("libvirt/domains/"))) {
        QString name = parts.last();
        const bool persistent = name.endsWith(QLatin1String(".inactive.xml"));
        name.chop(persistent ? 13 : 4);
        return {GuestGroup, machine + name, persistent ? domainRank + 1 : domainRank};
    }
    static const QStringList folders{QStringLiteral("host"), QStringLiteral("libvirt"),
                                     QStringLiteral("declared")};
    if (folders.contains(parts[1]))
        return {HostGroup, machine, hostRank(parts.sliced(1).join(u'/'))};
    return {GuestGroup, document, 0};
}

} // namespace

QList<Source> inReadingOrder(const QList<Source> &sources)
{
    struct Placed
    {
        std::tuple<int, qsizetype, int, QString, int, int> key;
        Source source;
    };
    QHash<QString, qsizetype> seen;
    QList<Placed> placed;
    for (const Source &source : sources) {
        if (source.isNull())
            continue;
        const Shelf shelf = shelfOf(source.document);
        if (!seen.contains(shelf.machine))
            seen.insert(shelf.machine, seen.size());
        const qsizetype machine = seen.value(shelf.machine);
        placed.append(
            {{shelf.group, machine, shelf.rank, source.document, source.first, source.last}, source});
    }
    std::stable_sort(placed.begin(), placed.end(),
                     [](const Placed &a, const Placed &b) { return a.key < b.key; });
    QList<Source> ordered;
    for (const Placed &one : placed)
        if (ordered.isEmpty() || ordered.last() != one.source)
            ordered.append(one.source);
    return ordered;
}

} // namespace tropo
