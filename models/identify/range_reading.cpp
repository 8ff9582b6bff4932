#include "models/identify/range_reading.h"

namespace tropo {

namespace {

struct Tally
{
    qsizetype reservations = 0;
    qsizetype leases = 0;
    qsizetype live = 0;
    qsizetype persistent = 0;
    qsizetype insides = 0;
    qsizetype files = 0;
    qsizetype hosts = 0;

    void add(const Network &network)
    {
        if (const NetworkForm *form = network.known())
            reservations += form->reservations.size();
        leases += network.leases.value_or(QList<Lease>()).size();
    }
    void add(const Domain &domain)
    {
        live += domain.live ? domain.live->nics.size() : 0;
        persistent += domain.inactive ? domain.inactive->nics.size() : 0;
        insides += domain.guest && domain.guest->system.interfaces ? 1 : 0;
        files += domain.guest ? domain.guest->configs.size() : 0;
    }
    void add(const Hypervisor &hypervisor)
    {
        hosts += hypervisor.host.interfaces ? 1 : 0;
        for (const Network &network : hypervisor.networks.value_or(QList<Network>()))
            add(network);
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>()))
            add(domain);
    }
};

/// What of one hypervisor was not read. VMs are gathered by what is missing of them.
class Gaps
{
public:
    explicit Gaps(bool forAddress) : m_forAddress(forAddress) {}

    void add(const Hypervisor &hypervisor)
    {
        if (!hypervisor.networks)
            m_gaps.append(QStringLiteral("the networks of %1").arg(hypervisor.name));
        for (const Network &network : hypervisor.networks.value_or(QList<Network>()))
            add(network, hypervisor);
        if (!hypervisor.domains)
            m_gaps.append(QStringLiteral("the VMs of %1").arg(hypervisor.name));
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>()))
            add(domain);
        if (!hypervisor.host.interfaces)
            m_gaps.append(QStringLiteral("the interfaces of %1").arg(hypervisor.name));
    }

    QStringList take()
    {
        gather(m_live, QStringLiteral("the live NICs of %1"));
        gather(m_persistent, QStringLiteral("the persistent NICs of %1"));
        gather(m_inside, QStringLiteral("the inside of %1"));
        gather(m_files, QStringLiteral("all interface files inside %1"));
        return m_gaps;
    }
    void addWhole(const QString &hypervisor) { m_gaps.append(hypervisor); }

private:
    void add(const Network &network, const Hypervisor &hypervisor)
    {
        const NetworkForm *form = network.known();
        if (!form)
            m_gaps.append(QStringLiteral("the network %1 of %2").arg(network.name, hypervisor.name));
        else if (!network.leases && !form->ranges.isEmpty())
            m_gaps.append(QStringLiteral("the leases of %1 on %2").arg(network.name, hypervisor.name));
    }

    void add(const Domain &domain)
    {
        if (!domain.isOff() && (!domain.live || domain.live->partial))
            m_live.append(domain.name);
        if (domain.persistent.value_or(true) && (!domain.inactive || domain.inactive->partial))
            m_persistent.append(domain.name);
        if (!m_forAddress)
            return;
        const auto &guest = domain.guest;
        if (!guest || !guest->system.interfaces || guest->system.interfaces->elided)
            m_inside.append(domain.name);
        else if (!guest->configsRead)
            m_files.append(domain.name);
    }

    void gather(const QStringList &names, const QString &what)
    {
        constexpr qsizetype most = 5;
        if (names.isEmpty())
            return;
        m_gaps.append(what.arg(names.size() <= most ? names.join(QLatin1String(", "))
                                                    : QStringLiteral("%1 VMs").arg(names.size())));
    }

    bool m_forAddress;
    QStringList m_gaps;
    QStringList m_live;
    QStringList m_persistent;
    QStringList m_inside;
    QStringList m_files;
};

} // namespace

QStringList lookedThrough(const Fleet &fleet)
{
    Tally tally;
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        tally.add(hypervisor);
    QStringList parts;
    const auto add = [&parts](qsizetype count, const char *one, const char *many) {
        if (count > 0)
            parts.append(QString::number(count) + u' ' + QLatin1String(count == 1 ? one : many));
    };
    add(tally.reservations, "reservation", "reservations");
    add(tally.leases, "lease", "leases");
    add(tally.live, "live NIC", "live NICs");
    add(tally.persistent, "persistent NIC", "persistent NICs");
    add(tally.insides, "VM's interfaces inside", "VMs' interfaces inside");
    add(tally.files, "interface file inside", "interface files inside");
    add(tally.hosts, "hypervisor's own interfaces", "hypervisors' own interfaces");
    return parts;
}

QStringList notLookedThrough(const Fleet &fleet, const Policy &policy, bool forAddress)
{
    Gaps gaps(forAddress);
    for (const HypervisorPolicy &expected : policy.hypervisors)
        if (!fleet.hypervisor(expected.name))
            gaps.addWhole(expected.name);
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        gaps.add(hypervisor);
    return gaps.take();
}

} // namespace tropo
