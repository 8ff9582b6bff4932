#include "models/fixes/simulation_inside.h"

#include "models/fleet/inside_outside.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// An interface that no listing shows: the one that a file for its MAC configures, else a plain one.
Interface missing(const Guest &guest, const Nic &nic, const QList<AssumedInterface> &known,
                  const QMap<MacAddress, Ipv4> &reserved)
{
    Interface made;
    made.mac = nic.mac;
    made.up = made.carrier = true;
    made.name = nic.pci && nic.pci->bus > 0 ? u"enp%1s%2"_s.arg(nic.pci->bus).arg(nic.pci->slot)
                                            : u"ens%1"_s.arg(nic.pci ? nic.pci->slot : 0);
    for (const InterfaceConfig &config : guest.configs) {
        const bool isKnown = std::any_of(known.begin(), known.end(), [&](const AssumedInterface &one) {
            return one.interface.name == config.device;
        });
        if (config.device.isEmpty() || isKnown || !config.hwaddr || nic.mac != config.hwaddr->value)
            continue;
        made.name = config.device;
        for (const auto &address : config.addresses)
            made.addresses.append(address.value);
        return made;
    }
    if (const auto address = nic.mac ? reserved.constFind(*nic.mac) : reserved.constEnd();
        address != reserved.constEnd())
        made.addresses.append({*address, 24});
    return made;
}

} // namespace

QList<AssumedInterface> assumedInterfaces(const Domain &domain, const QMap<MacAddress, Ipv4> &reserved)
{
    QList<AssumedInterface> all;
    const Guest &guest = *domain.guest;
    if (guest.system.interfaces)
        for (const Interface &interface : guest.system.interfaces->items)
            all.append({interface, interface.pci ? std::optional(interface.pci->value) : std::nullopt});
    QMap<MacAddress, QList<const Nic *>> nics; // without an interface that is known to be theirs
    for (const Nic &nic : domain.live->nics)
        if (nic.mac && nic.pci &&
            std::none_of(all.begin(), all.end(), [&](const auto &one) { return one.pci == nic.pci; }))
            nics[*nic.mac].append(&nic);
    for (auto group = nics.begin(); group != nics.end(); ++group) {
        std::sort(group->begin(), group->end(), [](const Nic *a, const Nic *b) { return a->pci < b->pci; });
        QList<AssumedInterface *> free;
        for (AssumedInterface &one : all)
            if (!one.pci && one.interface.mac == group.key() && hasDeviceBehind(one.interface))
                free.append(&one);
        std::sort(free.begin(), free.end(),
                  [](const auto *a, const auto *b) { return a->interface.name < b->interface.name; });
        // Those that are shown come last: names count up, and what was left out stood before them.
        const qsizetype lacking = qMax(group->size() - free.size(), qsizetype(0));
        for (qsizetype i = 0; i < qMin(free.size(), group->size()); ++i)
            free[i]->pci = group->at(lacking + i)->pci;
        QList<AssumedInterface> added;
        for (qsizetype i = 0; i < lacking; ++i)
            added.append({missing(guest, *group->at(i), all + added, reserved), group->at(i)->pci});
        all += added;
    }
    return all;
}

QByteArray ipAddrText(const QList<AssumedInterface> &interfaces)
{
    QJsonArray all;
    for (const auto &[one, pci] : interfaces) {
        QJsonArray flags{u"BROADCAST"_s, u"MULTICAST"_s};
        if (one.up.value_or(true))
            flags.append(u"UP"_s);
        if (one.carrier.value_or(true))
            flags.append(u"LOWER_UP"_s);
        QJsonArray addresses;
        for (const InterfaceAddress &address : one.addresses)
            addresses.append(QJsonObject{{u"family"_s, u"inet"_s},
                                         {u"local"_s, address.address.toString()},
                                         {u"prefixlen"_s, address.prefix.value_or(24)}});
        for (const InterfaceAddress6 &address : one.addresses6)
            addresses.append(QJsonObject{{u"family"_s, u"inet6"_s},
                                         {u"local"_s, address.address.toString()},
                                         {u"prefixlen"_s, address.prefix.value_or(64)}});
        QJsonObject link{{u"ifname"_s, one.name},
                         {u"flags"_s, flags},
                         {u"mtu"_s, one.mtu.value_or(1500)},
                         {u"link_type"_s, one.isLoopback() ? u"loopback"_s : u"ether"_s},
                         {u"address"_s, one.mac.value_or(MacAddress()).toString()},
                         {u"addr_info"_s, addresses}};
        if (!one.master.isEmpty())
            link.insert(u"master"_s, one.master);
        if (!one.kind.isEmpty())
            link.insert(u"linkinfo"_s, QJsonObject{{u"info_kind"_s, one.kind}});
        all.append(link);
    }
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

QByteArray interfacePciText(const QList<AssumedInterface> &interfaces)
{
    QByteArray text;
    for (const auto &[one, pci] : interfaces)
        text += QString(one.name + u' ' + one.mac.value_or(MacAddress()).toString() + u' ' +
                        (pci ? pci->toString() : u"-"_s) + u'\n')
                    .toUtf8();
    return text;
}

} // namespace tropo
