#include "models/items/inside_match.h"

#include <QSet>

namespace tropo {

namespace {

// Bridges and the like inside a guest carry the MAC of the NIC below them.
bool canBeNic(const Interface &interface)
{
    return !interface.isLoopback() && interface.kind.isEmpty();
}

} // namespace

QList<InsideMatch> matchInside(const DomainForm &form, const Guest &guest)
{
    if (!guest.system.interfaces)
        return {};
    const QList<Interface> &inside = guest.system.interfaces->items;
    QHash<PciAddress, QString> byPci;
    QHash<MacAddress, QStringList> byMac;
    QHash<MacAddress, int> nicsWithMac;
    QSet<QString> joined;
    for (const Interface &interface : inside)
        if (interface.pci)
            byPci.insert(interface.pci->value, interface.name);
    for (const Nic &nic : form.nics)
        if (nic.pci && byPci.contains(*nic.pci))
            joined.insert(byPci.value(*nic.pci));
        else if (nic.mac)
            ++nicsWithMac[*nic.mac];
    for (const Interface &interface : inside)
        if (interface.mac && canBeNic(interface) && !interface.pci && !joined.contains(interface.name))
            byMac[*interface.mac].append(interface.name);

    QList<InsideMatch> matches;
    for (int i = 0; i < form.nics.size(); ++i) {
        const Nic &nic = form.nics[i];
        if (nic.pci && byPci.contains(*nic.pci)) {
            matches.append({i, byPci.value(*nic.pci), InsideMatch::How::Pci});
        } else if (nic.mac) {
            const QStringList names = byMac.value(*nic.mac);
            const bool unique = names.size() == 1 && nicsWithMac.value(*nic.mac) == 1;
            for (const QString &name : names)
                matches.append({i, name, unique ? InsideMatch::How::UniqueMac : InsideMatch::How::Ambiguous});
        }
    }
    return matches;
}

} // namespace tropo
