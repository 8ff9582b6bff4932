#include "models/fleet/inside_outside.h"

#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

/// Bridges, VLANs and aliases bear the MAC of the device below them and would make it look ambiguous.
bool hasDeviceBehind(const Interface &interface)
{
    if (interface.pci)
        return true;
    if (interface.isLoopback() || !interface.kind.isEmpty() || interface.name.contains(u':') ||
        interface.name.contains(u'.'))
        return false;
    static const QStringList virtualNames{QStringLiteral("docker"), QStringLiteral("br-"),
                                          QStringLiteral("veth"),   QStringLiteral("virbr"),
                                          QStringLiteral("tun"),    QStringLiteral("bond")};
    return std::none_of(virtualNames.begin(), virtualNames.end(),
                        [&](const QString &prefix) { return interface.name.startsWith(prefix); });
}

struct Joiner
{
    const DomainForm &form;
    QList<const Interface *> inside;
    QSet<int> joinedNics;
    QSet<QString> joinedInterfaces;
    QList<InsideMatch> matches;

    void byPci()
    {
        for (int nic = 0; nic < form.nics.size(); ++nic) {
            for (const Interface *interface : inside) {
                if (form.nics[nic].pci && interface->pci && *form.nics[nic].pci == interface->pci->value)
                    join(nic, *interface, InsideMatch::How::Pci);
            }
        }
    }

    void byMac()
    {
        const QSet<int> sureNics = joinedNics;
        const QSet<QString> sureInterfaces = joinedInterfaces;
        for (int nic = 0; nic < form.nics.size(); ++nic) {
            const auto mac = form.nics[nic].mac;
            if (!mac || sureNics.contains(nic))
                continue;
            int rivals = 0;
            for (int other = 0; other < form.nics.size(); ++other)
                rivals += !sureNics.contains(other) && form.nics[other].mac == mac ? 1 : 0;
            QList<const Interface *> bearers;
            for (const Interface *interface : inside)
                if (interface->mac == mac && !sureInterfaces.contains(interface->name) &&
                    !contradicts(nic, *interface))
                    bearers.append(interface);
            const bool unique = rivals == 1 && bearers.size() == 1;
            for (const Interface *interface : bearers)
                join(nic, *interface, unique ? InsideMatch::How::UniqueMac : InsideMatch::How::Ambiguous);
        }
    }

    /// Both addresses are known and differ: a MAC cannot outweigh that.
    bool contradicts(int nic, const Interface &interface) const
    {
        return form.nics[nic].pci && interface.pci && *form.nics[nic].pci != interface.pci->value;
    }

    void join(int nic, const Interface &interface, InsideMatch::How how)
    {
        matches.append({nic, interface.name, how});
        joinedNics.insert(nic);
        joinedInterfaces.insert(interface.name);
    }
};

} // namespace

QList<InsideMatch> matchInside(const DomainForm &form, const Guest &guest)
{
    if (!guest.system.interfaces)
        return {};
    Joiner joiner{form, {}, {}, {}, {}};
    for (const Interface &interface : guest.system.interfaces->items)
        if (hasDeviceBehind(interface))
            joiner.inside.append(&interface);
    joiner.byPci();
    joiner.byMac();
    std::stable_sort(joiner.matches.begin(), joiner.matches.end(),
                     [](const InsideMatch &a, const InsideMatch &b) { return a.nic < b.nic; });
    return joiner.matches;
}

} // namespace tropo
