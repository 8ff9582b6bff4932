#pragma once

#include "models/policy/policy.h"
#include "ssh/collect/kept_links.h"
#include "ssh/collect/machine_reader.h"

#include <map>
#include <mutex>
#include <optional>

namespace tropo {

struct SshLibvirtUri;

/// Reads a hypervisor and its guests over one SSH connection: libvirt through its forwarded socket, the host
/// by the probe, each guest by the probe over a connection led through the first. libvirt URIs that are not
/// reached over SSH are libvirt's own to open; one that names another host or user gets its own connection.
class RemoteReader : public MachineReader
{
public:
    RemoteReader(const Policy &policy, const HypervisorPolicy &hypervisor, const QByteArray &probe,
                 const std::shared_ptr<KeptLinks> &links);

    Harvest readLibvirt(const ReadTask &task) override;
    Harvest readHost(const ReadTask &task) override;
    Harvest readGuest(const GuestPlace &guest, const ReadTask &task) override;
    QList<MachineCost> costs() const override;

private:
    using Link = KeptLinks::Link;
    using Clock = std::chrono::steady_clock;
    struct Hub ///< of this reading: a host that is dead is tried once, not once by each of its readers
    {
        std::mutex connecting;
        std::optional<Result<Link>> link;
    };
    struct LinkInUse
    {
        QString guest;
        RemoteUsage before;
    };

    Result<Link> hub(const QString &destination, const ReadTask &task);
    QString sshDestination() const;
    QString libvirtDestination(const QString &ofUri) const;
    Harvest readThroughForward(const SshLibvirtUri &uri, const ReadTask &task);
    Result<Link> connectGuest(const GuestPlace &guest, const ReadTask &task);
    template <typename Connect> Result<Link> noted(const QString &guest, const Connect &connect);
    void addCost(const QString &guest, const Harvest &harvest, Clock::time_point started, int calls = 0);

    const Policy m_policy;
    const HypervisorPolicy m_hypervisor;
    const QByteArray m_probe;
    const std::shared_ptr<KeptLinks> m_links;

    mutable std::mutex m_mutex; ///< of all below; never held while anything is read
    std::map<QString, std::shared_ptr<Hub>> m_hubs;
    QMap<QString, MachineCost> m_costs; ///< by guest; "" the hypervisor
    std::map<Link, LinkInUse> m_used;
};

/// Makes readers of hypervisors whose connections are kept from one collection to the next, as long as a copy
/// of it lives. `probe` is the text of resources/probe/probe.sh.
MachineReaderFactory remoteReaders(const Policy &policy, const QByteArray &probe,
                                   const RemoteConnector &connect);

} // namespace tropo
