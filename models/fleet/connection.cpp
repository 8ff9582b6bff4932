#include "models/fleet/connection.h"

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

std::optional<bool> sameConnection(const Connection &a, const Connection &b)
{
    if (!a.network.isEmpty() && !b.network.isEmpty())
        return a.network == b.network;
    if (!a.bridge.isEmpty() && !b.bridge.isEmpty())
        return a.bridge == b.bridge;
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

} // namespace tropo
