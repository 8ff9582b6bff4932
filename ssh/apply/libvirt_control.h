#pragma once

#include "models/result.h"
#include "ssh/collect/remote.h"

#include <memory>
#include <mutex>

namespace tropo {

/// A writable connection to one hypervisor's libvirt: opened for one approved plan, and gone with it. Every
/// call has a deadline, and ends within a second of a stop, as its forward is cut then; a later call opens
/// another. Calls may come from one thread at a time. Handles stay inside.
class LibvirtControl
{
public:
    struct Options
    {
        QString hypervisor;
        QString uri;                             ///< as the fleet file gives it
        std::chrono::milliseconds limit{20'000}; ///< of one call
    };
    /// `link`: the SSH connection to the hypervisor; nothing for a URI that is libvirt's own to open (tests).
    LibvirtControl(Options options, std::shared_ptr<RemoteMachine> link);
    ~LibvirtControl();
    LibvirtControl(const LibvirtControl &) = delete;
    LibvirtControl &operator=(const LibvirtControl &) = delete;

    /// A link that was lost is replaced before the next call.
    void setLink(std::shared_ptr<RemoteMachine> link);

    struct DomainListing
    {
        QString name;
        QString uuid;
    };
    Result<QList<DomainListing>> domains(const std::stop_token &stop);
    /// `inactive`: the persistent description; else the live one, empty where it does not run.
    Result<QByteArray> domainXml(const QString &uuid, bool inactive, const std::stop_token &stop);
    /// virDomainState.
    Result<int> domainState(const QString &uuid, const std::stop_token &stop);
    enum class Device { Attach, Detach, Update };
    /// Success means accepted, no more: read the description again.
    Result<void> changeDevice(const QString &uuid, Device how, bool persistent, const QByteArray &xml,
                              const std::stop_token &stop);
    Result<bool> domainAutostart(const QString &uuid, const std::stop_token &stop);
    Result<void> setDomainAutostart(const QString &uuid, bool on, const std::stop_token &stop);

    Result<QByteArray> networkXml(const QString &name, bool inactive, const std::stop_token &stop);
    Result<bool> networkActive(const QString &name, const std::stop_token &stop);
    Result<bool> networkAutostart(const QString &name, const std::stop_token &stop);
    Result<void> setNetworkActive(const QString &name, bool active, const std::stop_token &stop);
    Result<void> setNetworkAutostart(const QString &name, bool on, const std::stop_token &stop);
    /// Names of those that have a persistent description.
    Result<QStringList> definedNetworks(const std::stop_token &stop);
    Result<void> defineNetwork(const QByteArray &xml, const std::stop_token &stop);
    Result<void> undefineNetwork(const QString &name, const std::stop_token &stop);
    /// A <host> of the DHCP server, live where it is active, and in its description.
    Result<void> changeReservation(const QString &name, bool add, const QByteArray &hostXml,
                                   const std::stop_token &stop);

private:
    struct Connection;
    /// Which machine is asked, and to do what: for errors.
    struct Place
    {
        QString where;
        QString what; ///< "list the domains"
    };
    template <typename Call> auto with(const Place &place, const std::stop_token &stop, const Call &call);
    template <typename Call>
    auto withDomain(const QString &uuid, const QString &what, const std::stop_token &stop, const Call &call);
    template <typename Call>
    auto withNetwork(const QString &name, const QString &what, const std::stop_token &stop, const Call &call);
    Result<std::shared_ptr<Connection>> connection(const std::stop_token &stop);

    const Options m_options;
    std::shared_ptr<RemoteMachine> m_link;
    std::shared_ptr<Connection> m_connection;
};

} // namespace tropo
