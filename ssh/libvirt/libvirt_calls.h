#pragma once

#include "ssh/libvirt/call_pool.h"
#include "ssh/libvirt/handles.h"
#include "ssh/libvirt/reading.h"
#include "ssh/libvirt/snapshot_calls.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace tropo {

/// The calls that read one hypervisor's domains and networks, on an open connection. Two waves, each with all
/// its calls in flight: the lists, then what they name; a third where there are snapshots.
class LibvirtCalls
{
public:
    LibvirtCalls(virConnectPtr connection, Reading &reading, CallPool &pool);
    void readAll();

private:
    using Uuid = QByteArray; ///< as libvirt prints it
    using Job = std::function<void()>;

    /// What a list with a filter names; nothing when it failed.
    using Members = std::optional<QSet<Uuid>>;

    void readVersion();
    void listDomains();
    void listStates();
    void listDomainMembers(unsigned int filter, Members &members);
    void listNetworks();
    void listNetworkMembers(unsigned int filter, Members &members);

    void addDomainJobs(std::vector<Job> &jobs);
    void addNetworkJobs(std::vector<Job> &jobs);
    void readDomainXml(const DomainHandle &domain, const QString &path, unsigned int flags);
    void readState(const DomainHandle &domain);
    void readNetworkXml(const NetworkHandle &network, const QString &path);
    void readLeases(const NetworkHandle &network, const QString &path);
    void storeDomains();
    void storeNetworks();

    std::optional<int> stateOf(const Uuid &uuid) const;

    virConnectPtr m_connection;
    Reading &m_reading;
    CallPool &m_pool;
    SnapshotCalls m_snapshots;
    Reading::Milliseconds m_listed{0}; ///< how long the lists took

    std::optional<std::vector<DomainHandle>> m_domains;
    Members m_persistentDomains, m_autostartDomains;
    std::mutex m_stateMutex; ///< the states come from several calls
    QHash<Uuid, int> m_states;
    std::optional<std::vector<NetworkHandle>> m_networks;
    Members m_activeNetworks, m_persistentNetworks, m_autostartNetworks;
};

} // namespace tropo
