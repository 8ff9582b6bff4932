#include "models/fleet/connection.h"

#include <algorithm>
#include <utility>

namespace tropo {

Connection connectionOf(const Nic &nic, const Hypervisor &hypervisor)
{
    Connection connection{nic.network, nic.bridge};
    if (connection.network.isEmpty() && !connection.bridge.isEmpty() && hypervisor.networks) {
        for (const Network &network : *hypervisor.networks)
            if (const NetworkForm *form = network.known(); form && form->bridge == connection.bridge)
                connection.network = network.name;
    }
    if (connection.bridge.isEmpty() && !connection.network.isEmpty()) {
        const Network *network = hypervisor.network(connection.network);
        if (const NetworkForm *form = network ? network->known() : nullptr)
            connection.bridge = form->bridge;
    }
    return connection;
}

QString nicText(const Nic &nic, const Hypervisor &hypervisor)
{
    const QString place = connectionOf(nic, hypervisor).text();
    const QString mac = nic.mac ? nic.mac->toString() : QStringLiteral("no MAC");
    return place.isEmpty() ? mac : QStringLiteral("%1 on %2").arg(mac, place);
}

std::optional<bool> sameConnection(const Connection &a, const Connection &b)
{
    const bool bothNetworks = !a.network.isEmpty() && !b.network.isEmpty();
    if (bothNetworks && a.network == b.network)
        return true;
    // The network of a bare bridge is only the first that forwards to it, so bridges weigh more than names.
    if (!a.bridge.isEmpty() && !b.bridge.isEmpty())
        return a.bridge == b.bridge;
    if (bothNetworks)
        return false;
    return {};
}

namespace {

struct Pairing
{
    const QList<Nic> &live;
    const QList<Nic> &persistent;
    const Hypervisor &hypervisor;
    QList<int> partner; ///< of each live NIC: index of its persistent one, or -1
    QList<bool> taken;  ///< of each persistent NIC

    void pairWhere(bool (*alike)(const Nic &, const Nic &))
    {
        for (int l = 0; l < live.size(); ++l) {
            for (int p = 0; p < persistent.size() && partner[l] < 0; ++p) {
                const bool fits =
                    !taken[p] && live[l].mac == persistent[p].mac && alike(live[l], persistent[p]) &&
                    sameConnection(connectionOf(live[l], hypervisor), connectionOf(persistent[p], hypervisor))
                        .value_or(true);
                if (fits) {
                    partner[l] = p;
                    taken[p] = true;
                }
            }
        }
    }
};

} // namespace

QList<NicPair> pairNics(const Domain &domain, const Hypervisor &hypervisor)
{
    static const QList<Nic> none;
    const QList<Nic> &live = domain.live ? domain.live->nics : none;
    const QList<Nic> &persistent = domain.inactive ? domain.inactive->nics : none;
    Pairing pairing{live, persistent, hypervisor, QList<int>(live.size(), -1),
                    QList<bool>(persistent.size(), false)};
    pairing.pairWhere([](const Nic &a, const Nic &b) { return a.pci && a.pci == b.pci; });
    pairing.pairWhere([](const Nic &, const Nic &) { return true; });
    QList<NicPair> pairs;
    for (int l = 0; l < live.size(); ++l)
        pairs.append({l, pairing.partner[l]});
    for (int p = 0; p < persistent.size(); ++p)
        if (!pairing.taken[p])
            pairs.append({-1, p});
    return pairs;
}

namespace {

/// Joins pairs that lack their persistent half to those that lack the live one.
void joinLeftovers(QList<NicPair> &pairs, const Domain &domain, bool (*same)(const Nic &, const Nic &))
{
    for (NicPair &live : pairs) {
        if (live.live < 0 || live.persistent >= 0)
            continue;
        const auto fits = [&](const NicPair &other) {
            return other.live < 0 && other.persistent >= 0 &&
                   same(domain.live->nics[live.live], domain.inactive->nics[other.persistent]);
        };
        const auto found = std::find_if(pairs.begin(), pairs.end(), fits);
        if (found != pairs.end())
            live.persistent = std::exchange(found->persistent, -1);
    }
    pairs.removeIf([](const NicPair &pair) { return pair.live < 0 && pair.persistent < 0; });
}

} // namespace

QList<NicPair> followNics(const Domain &domain, const Hypervisor &hypervisor)
{
    QList<NicPair> pairs = pairNics(domain, hypervisor);
    joinLeftovers(pairs, domain, [](const Nic &a, const Nic &b) { return a.pci && a.pci == b.pci; });
    joinLeftovers(pairs, domain, [](const Nic &a, const Nic &b) { return a.mac && a.mac == b.mac; });
    return pairs;
}

} // namespace tropo
