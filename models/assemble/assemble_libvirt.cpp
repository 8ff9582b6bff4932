#include "models/assemble/assemble_libvirt.h"

#include "models/assemble/assemble_guest.h"
#include "models/parse/domain_xml.h"
#include "models/parse/leases.h"
#include "models/parse/libvirt_lists.h"
#include "models/parse/libvirt_snapshots.h"
#include "models/parse/libvirt_version.h"
#include "models/parse/libvirt_volumes.h"
#include "models/parse/network_xml.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

/// The name in "FOLDER/NAME.SUFFIX".
std::optional<QString> nameIn(const QString &path, const QString &folder, QLatin1String suffix)
{
    if (!path.endsWith(suffix) || path.size() <= folder.size() + 1 + suffix.size())
        return {};
    const QStringView part = QStringView(path).sliced(folder.size() + 1).chopped(suffix.size());
    if (part.contains(u'/'))
        return {};
    return unescapedName(part);
}

Domain &domainNamed(QMap<QString, Domain> &domains, const QString &name)
{
    Domain &domain = domains[name];
    domain.name = name;
    return domain;
}

void addListed(DocumentReader &reader, const QString &folder, QMap<QString, Domain> &domains, bool &listed)
{
    auto entries = reader.readArray(folder + QLatin1String("/domains.json"), &parseDomainsJson);
    if (!entries)
        entries = reader.read(folder + QLatin1String("/list.txt"), &parseDomainsTable);
    listed = entries.has_value();
    for (const DomainEntry &entry : entries.value_or(QList<DomainEntry>())) {
        Domain &domain = domainNamed(domains, entry.name);
        domain.uuid = entry.uuid;
        domain.state = entry.state;
        domain.autostart = entry.autostart;
        domain.persistent = entry.persistent;
        domain.source = entry.source;
    }
}

void addDescribed(DocumentReader &reader, const QString &folder, QMap<QString, Domain> &domains)
{
    for (const QString &path : reader.evidence().below(folder)) {
        const auto inactiveName = nameIn(path, folder, QLatin1String(".inactive.xml"));
        const auto liveName = inactiveName ? std::nullopt : nameIn(path, folder, QLatin1String(".xml"));
        if (!inactiveName && !liveName)
            continue;
        const auto form = reader.readMaybe(path, &parseDomainXml);
        Domain &domain = domainNamed(domains, inactiveName ? *inactiveName : *liveName);
        // dumpxml of a domain that does not run prints its persistent form.
        const bool persistentForm = inactiveName || domain.state == DomainState::ShutOff;
        if (form)
            (persistentForm ? domain.inactive : domain.live) = form;
        if (form && domain.uuid.isEmpty())
            domain.uuid = form->uuid;
        if (domain.source.isNull())
            domain.source = {path, 0, 0};
    }
}

void addGuests(DocumentReader &reader, const QString &folder, QMap<QString, Domain> &domains)
{
    QStringList parts;
    for (const QString &path : reader.evidence().below(folder)) {
        const QString part = path.section(u'/', 2, 2);
        const bool isFolder = path.count(u'/') > 2; // a file that lies beside the guests is none
        if (isFolder && (parts.isEmpty() || parts.last() != part))
            parts.append(part);
    }
    for (const QString &part : parts) {
        const QString name = unescapedName(part);
        const bool known = domains.contains(name);
        Domain &domain = domainNamed(domains, name);
        domain.guest = assembleGuest(reader, folder + u'/' + part);
        if (!known)
            domain.source = {folder + u'/' + part, 0, 0};
    }
}

bool hasError(const Evidence &evidence, const QString &path)
{
    return std::any_of(evidence.errors.cbegin(), evidence.errors.cend(), [&path](const SourceError &error) {
        return path == escapedName(error.hypervisor) + u'/' + error.source;
    });
}

/// snapshots.json speaks for every domain: one that it does not name has none, unless some could not be
/// asked.
bool addSnapshots(DocumentReader &reader, const QString &path, QMap<QString, Domain> &domains, bool listed)
{
    const auto entries = reader.readArray(path, &parseSnapshotsJson);
    if (entries && !hasError(reader.evidence(), path))
        for (Domain &domain : domains)
            domain.snapshots.emplace();
    for (const SnapshotEntry &entry : entries.value_or(QList<SnapshotEntry>())) {
        if (listed && !domains.contains(entry.domain))
            continue; // gone since
        Domain &domain = domainNamed(domains, entry.domain);
        if (domain.source.isNull())
            domain.source = entry.snapshot.source;
        if (!domain.snapshots)
            domain.snapshots.emplace();
        domain.snapshots->append(entry.snapshot);
    }
    return entries.has_value();
}

void addSnapshotTables(DocumentReader &reader, const QString &folder, QMap<QString, Domain> &domains)
{
    for (const QString &path : reader.evidence().below(folder)) {
        const auto name = nameIn(path, folder, QLatin1String(".snapshots.txt"));
        if (!name)
            continue;
        Domain &domain = domainNamed(domains, *name);
        domain.snapshots = reader.read(path, &parseSnapshotsTable);
        if (domain.source.isNull())
            domain.source = {path, 0, 0};
    }
}

std::optional<QList<Domain>> domainsOf(DocumentReader &reader, const QString &folder)
{
    QMap<QString, Domain> domains;
    bool listed = false;
    addListed(reader, folder + QLatin1String("/libvirt"), domains, listed);
    addDescribed(reader, folder + QLatin1String("/libvirt/domains"), domains);
    addGuests(reader, folder + QLatin1String("/guests"), domains);
    if (!addSnapshots(reader, folder + QLatin1String("/libvirt/snapshots.json"), domains, listed))
        addSnapshotTables(reader, folder + QLatin1String("/libvirt/domains"), domains);
    if (domains.isEmpty() && !listed)
        return {};
    return domains.values();
}

Network &networkNamed(QMap<QString, Network> &networks, const QString &name)
{
    Network &network = networks[name];
    network.name = name;
    return network;
}

void addNetworkForms(DocumentReader &reader, const QString &folder, QMap<QString, Network> &networks,
                     std::optional<NetworkForm> Network::*form)
{
    for (const QString &path : reader.evidence().below(folder)) {
        const auto name = nameIn(path, folder, QLatin1String(".xml"));
        if (!name)
            continue;
        Network &network = networkNamed(networks, *name);
        network.*form = reader.readMaybe(path, &parseNetworkXml);
        if (network.source.isNull())
            network.source = {path, 0, 0};
    }
}

void addLeases(DocumentReader &reader, const QString &folder, QMap<QString, Network> &networks)
{
    for (const QString &path : reader.evidence().below(folder)) {
        // Paths come sorted: NAME.leases.json, which tells more, before NAME.leases.txt.
        if (const auto name = nameIn(path, folder, QLatin1String(".leases.json")))
            networkNamed(networks, *name).leases = reader.readArray(path, &parseLeasesJson);
        else if (const auto table = nameIn(path, folder, QLatin1String(".leases.txt"));
                 table && !networkNamed(networks, *table).leases)
            networkNamed(networks, *table).leases = reader.read(path, &parseLeasesTable);
    }
}

std::optional<QList<Network>> networksOf(DocumentReader &reader, const QString &folder)
{
    QMap<QString, Network> networks;
    auto entries = reader.readArray(folder + QLatin1String("/libvirt/networks.json"), &parseNetworksJson);
    if (!entries)
        entries = reader.read(folder + QLatin1String("/libvirt/net-list.txt"), &parseNetworksTable);
    for (const NetworkEntry &entry : entries.value_or(QList<NetworkEntry>())) {
        Network &network = networkNamed(networks, entry.name);
        network.active = entry.active;
        network.autostart = entry.autostart;
        network.persistent = entry.persistent;
        network.source = entry.source;
    }
    addNetworkForms(reader, folder + QLatin1String("/libvirt/networks"), networks, &Network::form);
    addNetworkForms(reader, folder + QLatin1String("/declared/etc/libvirt/qemu/networks"), networks,
                    &Network::declared);
    addLeases(reader, folder + QLatin1String("/libvirt/networks"), networks);
    if (networks.isEmpty() && !entries)
        return {};
    return networks.values();
}

} // namespace

void assembleLibvirt(DocumentReader &reader, const QString &folder, Hypervisor &hypervisor)
{
    const QString versions = folder + QLatin1String("/libvirt/version.txt");
    if (const auto version = reader.read(versions, &parseLibvirtVersion)) {
        hypervisor.libvirtVersion = version->libvirt;
        hypervisor.qemuVersion = version->qemu;
        hypervisor.versionSource = {versions, 0, 0};
    }
    hypervisor.domains = domainsOf(reader, folder);
    hypervisor.networks = networksOf(reader, folder);
    // Of every pool, or not known: an image may be the backing of another in a pool that could not be read.
    const QString volumes = folder + QLatin1String("/libvirt/volumes.json");
    auto known = reader.readArray(volumes, &parseVolumesJson);
    if (!hasError(reader.evidence(), volumes))
        hypervisor.volumes = std::move(known);
}

} // namespace tropo
