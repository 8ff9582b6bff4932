#include "ssh/collect/remote_reader.h"

#include "ssh/collect/probe_run.h"
#include "ssh/libvirt/libvirt_reader.h"
#include "ssh/libvirt/libvirt_uri.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

Harvest emptyHarvest(const QString &hypervisor, const QString &source, const QStringList &folders)
{
    Harvest harvest;
    harvest.hypervisor = hypervisor;
    harvest.source = source;
    harvest.folders = folders;
    return harvest;
}

Harvest failed(Harvest harvest, const Error &error)
{
    harvest.answered = false;
    harvest.errors.append(
        {harvest.hypervisor, harvest.source, error.text(), QDateTime::currentDateTimeUtc()});
    return harvest;
}

/// sshd says no more than "open failed" of a socket that is not there, or not for this user.
Error closedSocket(const QString &socket, const Error &error)
{
    if (error.kind != ErrorKind::Unreachable)
        return error;
    return {
        error.kind, error.where,
        u"%1 does not open; is libvirtd running there (systemctl status libvirtd), and is your user in its group libvirt?"_s
            .arg(socket)};
}

} // namespace

RemoteReader::RemoteReader(const Policy &policy, const HypervisorPolicy &hypervisor, const QByteArray &probe,
                           const std::shared_ptr<KeptLinks> &links)
    : m_policy(policy), m_hypervisor(hypervisor), m_probe(probe), m_links(links)
{
}

QString RemoteReader::sshDestination() const
{
    return m_hypervisor.ssh.isEmpty() ? m_hypervisor.name : m_hypervisor.ssh;
}

/// A URI that says no more than the hypervisor's name means the connection that the fleet file's `ssh`
/// describes.
QString RemoteReader::libvirtDestination(const QString &ofUri) const
{
    return ofUri == m_hypervisor.name ? sshDestination() : ofUri;
}

/// Connects, and notes what the connection had cost before this reading.
template <typename Connect>
Result<RemoteReader::Link> RemoteReader::noted(const QString &guest, const Connect &connect)
{
    const auto usageBefore = Clock::now();
    Result<Link> link = connect();
    if (link) {
        const std::lock_guard lock(m_mutex);
        const bool isNew = (*link)->madeAt() >= usageBefore;
        m_used.try_emplace(*link, LinkInUse{guest, isNew ? RemoteUsage{} : (*link)->usage()});
    }
    return link;
}

Result<RemoteReader::Link> RemoteReader::hub(const QString &destination, const ReadTask &task)
{
    std::shared_ptr<Hub> entry;
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<Hub> &known = m_hubs[destination];
        if (!known)
            known = std::make_shared<Hub>();
        entry = known;
    }
    task.report(SourceState::Connecting, u"connects to %1"_s.arg(destination));
    const std::lock_guard connecting(entry->connecting);
    if (!entry->link)
        entry->link = noted({}, [&] { return m_links->to(destination, task.stop); });
    return *entry->link;
}

Harvest RemoteReader::readLibvirt(const ReadTask &task)
{
    const auto started = Clock::now();
    const QString uri =
        m_hypervisor.uri.isEmpty() ? u"qemu+ssh://%1/system"_s.arg(m_hypervisor.name) : m_hypervisor.uri;
    const Harvest nothing =
        emptyHarvest(m_hypervisor.name, u"libvirt"_s, {escapedName(m_hypervisor.name) + "/libvirt"_L1});
    const auto overSsh = sshLibvirtUri(uri);
    if (!overSsh)
        return failed(nothing, overSsh.error());
    if (*overSsh)
        return readThroughForward(**overSsh, task);
    task.report(SourceState::Reading, u"reads libvirt at %1"_s.arg(uri));
    LibvirtRequest request;
    request.hypervisor = m_hypervisor.name;
    request.uri = uri;
    request.connectLimit = std::chrono::seconds(m_policy.connectSeconds);
    request.silenceLimit = std::chrono::seconds(m_policy.commandSeconds);
    const LibvirtReading reading = ::tropo::readLibvirt(request, task.stop);
    addCost({}, reading.harvest, started, reading.calls);
    return reading.harvest;
}

Harvest RemoteReader::readThroughForward(const SshLibvirtUri &uri, const ReadTask &task)
{
    const auto started = Clock::now();
    const Harvest nothing =
        emptyHarvest(m_hypervisor.name, u"libvirt"_s, {escapedName(m_hypervisor.name) + "/libvirt"_L1});
    const Result<Link> link = hub(libvirtDestination(uri.destination), task);
    if (!link)
        return failed(nothing, link.error());
    task.report(SourceState::Reading, u"reads libvirt"_s);
    std::optional<Harvest> first;
    for (const QString &socket : uri.sockets) {
        const auto forward = (*link)->forward(socket, task.stop);
        if (!forward) {
            if (!first)
                first = failed(nothing, closedSocket(socket, forward.error()));
            continue;
        }
        LibvirtRequest request;
        request.hypervisor = m_hypervisor.name;
        request.uri = forwardedUri(uri, (*forward)->localPath());
        request.connectLimit = std::chrono::seconds(m_policy.connectSeconds);
        request.silenceLimit = std::chrono::seconds(m_policy.commandSeconds);
        request.cut = [&forward] { (*forward)->cut(); };
        const auto asked = Clock::now();
        const LibvirtReading reading = ::tropo::readLibvirt(request, task.stop);
        addCost({}, reading.harvest, started, reading.calls);
        // A socket that nobody serves is closed at once; one that hangs is the right one, hanging.
        const bool hung = Clock::now() - asked >= request.connectLimit;
        if (reading.opened || hung || task.stop.stop_requested())
            return reading.harvest;
        if (!first)
            first = reading.harvest;
    }
    return first.value_or(nothing);
}

Harvest RemoteReader::readHost(const ReadTask &task)
{
    const auto started = Clock::now();
    const bool declaredThere = !m_policy.declaredLocal && !m_policy.declaredRepository.isEmpty();
    const ProbePlace place{m_hypervisor.name, {}, declaredThere, m_policy.commandSeconds};
    const QString top = escapedName(m_hypervisor.name);
    const Result<Link> link = hub(sshDestination(), task);
    if (!link)
        return failed(emptyHarvest(m_hypervisor.name, u"host"_s, {top + "/host"_L1}), link.error());
    QString folder = m_policy.declaredPath;
    folder.replace(u"{hypervisor}"_s, m_hypervisor.name);
    const QStringList arguments{u"host"_s, declaredThere ? m_policy.declaredRepository : QString(),
                                declaredThere ? folder : QString(), QString::number(m_policy.commandSeconds)};
    Harvest harvest = runProbe(**link, m_probe, arguments, place, task);
    if (!harvest.answered)
        m_links->drop(
            *link); // it may be the connection that is of no more use: the next refresh makes another
    addCost({}, harvest, started);
    return harvest;
}

/// The addresses one after another; the error is that of the first one that answered, else of the last.
Result<RemoteReader::Link> RemoteReader::connectGuest(const GuestPlace &guest, const ReadTask &task)
{
    const Result<Link> link = hub(sshDestination(), task);
    if (!link)
        return link;
    std::optional<Error> error;
    for (const QString &address : guest.addresses) {
        task.report(SourceState::Connecting, u"connects to %1 through %2"_s.arg(address, guest.hypervisor));
        const Result<Link> inside = noted(guest.name, [&] {
            return m_links->into({guest.name, address, guest.user}, *link, task.stop);
        });
        if (inside || task.stop.stop_requested())
            return inside;
        if (!error || error->kind != ErrorKind::Refused)
            error = inside.error();
    }
    return tl::unexpected(error.value_or(Error{ErrorKind::Unreachable, {}, adviceForAddress(guest)}));
}

Harvest RemoteReader::readGuest(const GuestPlace &guest, const ReadTask &task)
{
    const auto started = Clock::now();
    const ProbePlace place{guest.hypervisor, guest.name, false, m_policy.commandSeconds};
    const Result<Link> link = connectGuest(guest, task);
    if (!link) {
        const QString folder = escapedName(guest.hypervisor) + "/guests/"_L1 + escapedName(guest.name);
        return failed(emptyHarvest(guest.hypervisor, place.source(), {folder}), link.error());
    }
    const QStringList arguments{u"guest"_s, m_policy.guestSudo ? u"yes"_s : u"no"_s,
                                QString::number(m_policy.commandSeconds)};
    Harvest harvest = runProbe(**link, m_probe, arguments, place, task);
    if (!harvest.answered)
        m_links->drop(*link);
    addCost(guest.name, harvest, started);
    return harvest;
}

void RemoteReader::addCost(const QString &guest, const Harvest &harvest, Clock::time_point started, int calls)
{
    const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
    const std::lock_guard lock(m_mutex);
    MachineCost &cost = m_costs[guest];
    cost.hypervisor = m_hypervisor.name;
    cost.guest = guest;
    cost.roundTrips += calls;
    cost.wall = std::max(cost.wall, wall);
    for (auto it = harvest.documents.cbegin(); it != harvest.documents.cend(); ++it)
        cost.documents.insert(it.key(), it->took.value_or(std::chrono::milliseconds(0)));
}

QList<MachineCost> RemoteReader::costs() const
{
    const std::lock_guard lock(m_mutex);
    QMap<QString, MachineCost> costs = m_costs;
    for (const auto &[link, use] : m_used) {
        MachineCost &cost = costs[use.guest];
        cost.hypervisor = m_hypervisor.name;
        cost.guest = use.guest;
        const RemoteUsage usage = link->usage();
        cost.connections += usage.connections - use.before.connections;
        cost.roundTrips += usage.roundTrips - use.before.roundTrips;
        cost.bytesReceived += usage.bytesReceived - use.before.bytesReceived;
        cost.bytesSent += usage.bytesSent - use.before.bytesSent;
    }
    return costs.values();
}

MachineReaderFactory remoteReaders(const Policy &policy, const QByteArray &probe,
                                   const RemoteConnector &connect)
{
    struct Kept
    {
        std::mutex mutex;
        std::map<QString, std::shared_ptr<KeptLinks>> links;
    };
    return [policy, probe, connect, kept = std::make_shared<Kept>()](const HypervisorPolicy &hypervisor) {
        const std::lock_guard lock(kept->mutex);
        std::shared_ptr<KeptLinks> &links = kept->links[hypervisor.name];
        if (!links)
            links = std::make_shared<KeptLinks>(connect);
        return std::make_shared<RemoteReader>(policy, hypervisor, probe, links);
    };
}

} // namespace tropo
