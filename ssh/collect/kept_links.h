#pragma once

#include "ssh/collect/remote.h"

#include <QString>

#include <map>
#include <mutex>

namespace tropo {

/// The SSH connections of one hypervisor, kept from one refresh to the next: a warm refresh makes none.
/// Thread-safe; no lock but a connection's own is held while it is made.
class KeptLinks
{
public:
    using Link = std::shared_ptr<RemoteMachine>;

    explicit KeptLinks(const RemoteConnector &connect) : m_connect(connect) {}

    /// The connection to a destination: the one kept while it lives, else a new one.
    Result<Link> to(const QString &destination, const std::stop_token &stop);
    /// The connection into a guest through `hub`, at one address.
    Result<Link> into(const RemoteGuest &guest, const Link &hub, const std::stop_token &stop);
    /// Forgets a connection that turned out to be of no more use.
    void drop(const Link &link);
    /// Ends all; also when the object goes.
    void clear();

private:
    struct Entry
    {
        std::mutex making;
        Link link;
    };
    template <typename Make> Result<Link> kept(const QString &key, const Make &make);

    const RemoteConnector m_connect;
    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<Entry>> m_entries;
};

} // namespace tropo
