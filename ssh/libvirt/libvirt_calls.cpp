#include "ssh/libvirt/libvirt_calls.h"

#include "ssh/libvirt/libvirt_error.h"
#include "ssh/libvirt/listing.h"

#include <QJsonObject>

#include <tuple>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr unsigned int noFlags = 0;

QByteArray uuidOf(const DomainHandle &domain)
{
    char text[VIR_UUID_STRING_BUFLEN] = {};
    virDomainGetUUIDString(domain.get(), text);
    return text;
}

QByteArray uuidOf(const NetworkHandle &network)
{
    char text[VIR_UUID_STRING_BUFLEN] = {};
    virNetworkGetUUIDString(network.get(), text);
    return text;
}

/// As `virsh list` says it.
QString stateWord(int state)
{
    switch (state) {
    case VIR_DOMAIN_RUNNING:
        return u"running"_s;
    case VIR_DOMAIN_BLOCKED:
        return u"idle"_s;
    case VIR_DOMAIN_PAUSED:
        return u"paused"_s;
    case VIR_DOMAIN_SHUTDOWN:
        return u"in shutdown"_s;
    case VIR_DOMAIN_SHUTOFF:
        return u"shut off"_s;
    case VIR_DOMAIN_CRASHED:
        return u"crashed"_s;
    case VIR_DOMAIN_PMSUSPENDED:
        return u"pmsuspended"_s;
    default:
        return u"no state"_s;
    }
}

/// A domain that is not active has no id.
bool isActive(const DomainHandle &domain)
{
    return virDomainGetID(domain.get()) != static_cast<unsigned int>(-1);
}

QString versionText(unsigned long version)
{
    return u"%1.%2.%3"_s.arg(version / 1'000'000).arg(version / 1000 % 1000).arg(version % 1000);
}

template <typename Handles> QSet<QByteArray> uuidsOf(const Handles &handles)
{
    QSet<QByteArray> uuids;
    for (const auto &handle : handles)
        uuids.insert(uuidOf(handle));
    return uuids;
}

QJsonObject leaseObject(const virNetworkDHCPLease &lease)
{
    QJsonObject object{{u"mac"_s, QString::fromUtf8(lease.mac)}, {u"ip"_s, QString::fromUtf8(lease.ipaddr)}};
    if (lease.hostname)
        object.insert(u"hostname"_s, QString::fromUtf8(lease.hostname));
    const QDateTime expires = QDateTime::fromSecsSinceEpoch(lease.expirytime, Qt::UTC);
    object.insert(u"expires"_s, expires.toString(Qt::ISODate));
    return object;
}

} // namespace

LibvirtCalls::LibvirtCalls(virConnectPtr connection, Reading &reading, CallPool &pool)
    : m_connection(connection), m_reading(reading), m_pool(pool), m_snapshots(reading, pool)
{
}

void LibvirtCalls::readAll()
{
    const auto started = Reading::Clock::now();
    m_pool.run({
        [this] { listDomains(); },
        [this] { listNetworks(); },
        [this] { listStates(); },
        [this] { listDomainMembers(VIR_CONNECT_LIST_DOMAINS_PERSISTENT, m_persistentDomains); },
        [this] { listDomainMembers(VIR_CONNECT_LIST_DOMAINS_AUTOSTART, m_autostartDomains); },
        [this] { listNetworkMembers(VIR_CONNECT_LIST_NETWORKS_ACTIVE, m_activeNetworks); },
        [this] { listNetworkMembers(VIR_CONNECT_LIST_NETWORKS_PERSISTENT, m_persistentNetworks); },
        [this] { listNetworkMembers(VIR_CONNECT_LIST_NETWORKS_AUTOSTART, m_autostartNetworks); },
        [this] { readVersion(); },
    });
    m_listed = Reading::since(started);
    const auto listed = Reading::Clock::now();
    std::vector<Job> jobs;
    addNetworkJobs(jobs);
    addDomainJobs(jobs);
    m_pool.run(std::move(jobs));
    storeDomains();
    storeNetworks();
    if (m_domains)
        m_snapshots.finish(listed);
}

void LibvirtCalls::readVersion()
{
    const auto started = Reading::Clock::now();
    unsigned long library = 0;
    unsigned long hypervisor = 0;
    unsigned long daemon = 0;
    virGetVersion(&library, nullptr, nullptr);
    const QString path = u"libvirt/version.txt"_s;
    m_reading.countCalls(3);
    const char *type = virConnectGetType(m_connection);
    if (!type || virConnectGetVersion(m_connection, &hypervisor) < 0 ||
        virConnectGetLibVersion(m_connection, &daemon) < 0) {
        m_reading.fail(path, lastLibvirtError({}, u"ask libvirt's version"_s).message);
        return;
    }
    const QString name = QString::fromUtf8(type);
    const QString text = u"Compiled against library: libvirt %1\nUsing library: libvirt %2\n"
                         u"Using API: %3 %2\nRunning hypervisor: %3 %4\nRunning against daemon: %5\n"_s.arg(
                             versionText(LIBVIR_VERSION_NUMBER), versionText(library), name,
                             versionText(hypervisor), versionText(daemon));
    m_reading.store(path, text.toUtf8(), Reading::since(started));
}

void LibvirtCalls::listDomains()
{
    virDomainPtr *raw = nullptr;
    m_reading.countCalls(1);
    const int count = virConnectListAllDomains(m_connection, &raw, noFlags);
    m_domains = ownedAll<DomainHandle>(raw, count);
    if (!m_domains)
        m_reading.fail(u"libvirt/domains.json"_s, lastLibvirtError({}, u"list the domains"_s).message);
}

/// All states in one call where libvirt is new enough (4.5 for NOWAIT); else readState() asks one by one.
void LibvirtCalls::listStates()
{
    virDomainStatsRecordPtr *records = nullptr;
    m_reading.countCalls(1);
    const int count = virConnectGetAllDomainStats(m_connection, VIR_DOMAIN_STATS_STATE, &records,
                                                  VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    const std::lock_guard lock(m_stateMutex);
    for (int i = 0; i < count; ++i) {
        int state = VIR_DOMAIN_NOSTATE;
        char uuid[VIR_UUID_STRING_BUFLEN] = {};
        virDomainGetUUIDString(records[i]->dom, uuid);
        if (virTypedParamsGetInt(records[i]->params, records[i]->nparams, "state.state", &state) == 1)
            m_states.insert(uuid, state);
    }
    if (count >= 0)
        virDomainStatsRecordListFree(records);
}

void LibvirtCalls::listDomainMembers(unsigned int filter, Members &members)
{
    virDomainPtr *raw = nullptr;
    m_reading.countCalls(1);
    const int count = virConnectListAllDomains(m_connection, &raw, filter);
    if (const auto some = ownedAll<DomainHandle>(raw, count))
        members = uuidsOf(*some);
    else
        m_reading.fail(u"libvirt/domains.json"_s,
                       lastLibvirtError({}, u"list some of the domains"_s).message);
}

void LibvirtCalls::listNetworks()
{
    virNetworkPtr *raw = nullptr;
    m_reading.countCalls(1);
    const int count = virConnectListAllNetworks(m_connection, &raw, noFlags);
    m_networks = ownedAll<NetworkHandle>(raw, count);
    if (!m_networks)
        m_reading.fail(u"libvirt/networks.json"_s, lastLibvirtError({}, u"list the networks"_s).message);
}

void LibvirtCalls::listNetworkMembers(unsigned int filter, Members &members)
{
    virNetworkPtr *raw = nullptr;
    m_reading.countCalls(1);
    const int count = virConnectListAllNetworks(m_connection, &raw, filter);
    if (const auto some = ownedAll<NetworkHandle>(raw, count))
        members = uuidsOf(*some);
    else
        m_reading.fail(u"libvirt/networks.json"_s,
                       lastLibvirtError({}, u"list some of the networks"_s).message);
}

void LibvirtCalls::addDomainJobs(std::vector<Job> &jobs)
{
    if (!m_domains) {
        m_reading.fail(u"libvirt/domains"_s, u"not read: the list of the domains is not known"_s);
        return;
    }
    for (const DomainHandle &domain : *m_domains) {
        const QString path = "libvirt/domains/"_L1 + escapedName(nameOf(domain));
        if (!stateOf(uuidOf(domain)))
            jobs.push_back([this, domain] { readState(domain); });
        if (isActive(domain))
            jobs.push_back([this, domain, path] { readDomainXml(domain, path + ".xml"_L1, noFlags); });
        if (!m_persistentDomains || m_persistentDomains->contains(uuidOf(domain)))
            jobs.push_back([this, domain, path] {
                readDomainXml(domain, path + ".inactive.xml"_L1, VIR_DOMAIN_XML_INACTIVE);
            });
        jobs.push_back([this, domain] { m_snapshots.list(domain); });
    }
}

void LibvirtCalls::addNetworkJobs(std::vector<Job> &jobs)
{
    if (!m_networks) {
        m_reading.fail(u"libvirt/networks"_s, u"not read: the list of the networks is not known"_s);
        return;
    }
    for (const NetworkHandle &network : *m_networks) {
        const QString path = "libvirt/networks/"_L1 + escapedName(nameOf(network));
        jobs.push_back([this, network, path] { readNetworkXml(network, path + ".xml"_L1); });
        if (!m_activeNetworks || m_activeNetworks->contains(uuidOf(network)))
            jobs.push_back([this, network, path] { readLeases(network, path + ".leases.json"_L1); });
    }
}

void LibvirtCalls::readDomainXml(const DomainHandle &domain, const QString &path, unsigned int flags)
{
    if (m_reading.taken())
        return;
    const auto started = Reading::Clock::now();
    m_reading.countCalls(1);
    const LibvirtText xml(virDomainGetXMLDesc(domain.get(), flags));
    if (xml)
        m_reading.store(path, xml.get(), Reading::since(started));
    else
        m_reading.fail(path, lastLibvirtError({}, u"read the domain's XML"_s).message);
}

void LibvirtCalls::readState(const DomainHandle &domain)
{
    if (m_reading.taken())
        return;
    int state = VIR_DOMAIN_NOSTATE;
    m_reading.countCalls(1);
    if (virDomainGetState(domain.get(), &state, nullptr, noFlags) < 0) {
        m_reading.fail(u"libvirt/domains.json"_s,
                       lastLibvirtError({}, u"ask the state of %1"_s.arg(nameOf(domain))).message);
        return;
    }
    const std::lock_guard lock(m_stateMutex);
    m_states.insert(uuidOf(domain), state);
}

void LibvirtCalls::readNetworkXml(const NetworkHandle &network, const QString &path)
{
    if (m_reading.taken())
        return;
    const auto started = Reading::Clock::now();
    m_reading.countCalls(1);
    const LibvirtText xml(virNetworkGetXMLDesc(network.get(), noFlags));
    if (xml)
        m_reading.store(path, xml.get(), Reading::since(started));
    else
        m_reading.fail(path, lastLibvirtError({}, u"read the network's XML"_s).message);
}

void LibvirtCalls::readLeases(const NetworkHandle &network, const QString &path)
{
    if (m_reading.taken())
        return;
    const auto started = Reading::Clock::now();
    virNetworkDHCPLeasePtr *leases = nullptr;
    m_reading.countCalls(1);
    const int count = virNetworkGetDHCPLeases(network.get(), nullptr, &leases, noFlags);
    if (count < 0) {
        m_reading.fail(path, lastLibvirtError({}, u"read the network's leases"_s).message);
        return;
    }
    const auto keys = [](virNetworkDHCPLeasePtr lease) {
        return std::tuple(QByteArrayView(lease->mac), QByteArrayView(lease->ipaddr), lease->expirytime);
    };
    std::sort(leases, leases + count, [&](auto *a, auto *b) { return keys(a) < keys(b); });
    QJsonArray array;
    for (int i = 0; i < count; ++i) {
        array.append(leaseObject(*leases[i]));
        virNetworkDHCPLeaseFree(leases[i]);
    }
    free(leases);
    m_reading.store(path, jsonText(array), Reading::since(started));
}

void LibvirtCalls::storeDomains()
{
    if (!m_domains)
        return;
    QStringList names;
    QJsonArray array;
    for (const DomainHandle &domain : *m_domains) {
        const QByteArray uuid = uuidOf(domain);
        names.append(nameOf(domain));
        QJsonObject object{{u"name"_s, names.last()}, {u"uuid"_s, QString::fromLatin1(uuid)}};
        if (const auto state = stateOf(uuid))
            object.insert(u"state"_s, stateWord(*state));
        if (m_autostartDomains)
            object.insert(u"autostart"_s, m_autostartDomains->contains(uuid));
        if (m_persistentDomains)
            object.insert(u"persistent"_s, m_persistentDomains->contains(uuid));
        array.append(object);
    }
    m_reading.setDomains(names);
    m_reading.store(u"libvirt/domains.json"_s, jsonText(array), m_listed);
}

void LibvirtCalls::storeNetworks()
{
    if (!m_networks)
        return;
    QJsonArray array;
    for (const NetworkHandle &network : *m_networks) {
        const QByteArray uuid = uuidOf(network);
        QJsonObject object{{u"name"_s, nameOf(network)}, {u"uuid"_s, QString::fromLatin1(uuid)}};
        if (m_activeNetworks)
            object.insert(u"active"_s, m_activeNetworks->contains(uuid));
        if (m_autostartNetworks)
            object.insert(u"autostart"_s, m_autostartNetworks->contains(uuid));
        if (m_persistentNetworks)
            object.insert(u"persistent"_s, m_persistentNetworks->contains(uuid));
        array.append(object);
    }
    m_reading.store(u"libvirt/networks.json"_s, jsonText(array), m_listed);
}

std::optional<int> LibvirtCalls::stateOf(const Uuid &uuid) const
{
    const auto it = m_states.constFind(uuid);
    return it == m_states.constEnd() ? std::nullopt : std::optional(*it);
}

} // namespace tropo
