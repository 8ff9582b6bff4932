#include "ssh/collect/guest_place.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <pugixml.hpp>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Connection ///< of a NIC
{
    MacAddress mac;
    QString network; ///< empty where only the bridge is said
    QString bridge;
};

struct Offer ///< an address that a network gives
{
    MacAddress mac;
    QString address;
    QDateTime expires;
};

struct NetworkOffers
{
    QString name;
    QString bridge;
    QList<Offer> reservations;
    QList<Offer> leases;

    bool carries(const Connection &nic) const
    {
        return nic.network.isEmpty() ? !bridge.isEmpty() && nic.bridge == bridge : nic.network == name;
    }
};

QString attribute(const pugi::xml_node &node, const char *name)
{
    return QString::fromUtf8(node.attribute(name).value());
}

std::optional<Offer> offer(const QString &mac, const QString &address, const QDateTime &expires = {})
{
    const auto hardware = MacAddress::fromString(mac);
    const auto v4 = Ipv4::fromString(address);
    const auto v6 = v4 ? std::nullopt : Ipv6::fromString(address);
    if (!hardware || (!v4 && !v6))
        return {};
    return Offer{*hardware, v4 ? v4->toString() : v6->toString(), expires};
}

QList<Connection> connectionsIn(const QByteArray &domainXml)
{
    pugi::xml_document xml;
    xml.load_buffer(domainXml.constData(), static_cast<std::size_t>(domainXml.size()));
    QList<Connection> connections;
    for (const pugi::xml_node &nic : xml.child("domain").child("devices").children("interface")) {
        const auto mac = MacAddress::fromString(attribute(nic.child("mac"), "address"));
        const pugi::xml_node source = nic.child("source");
        if (mac)
            connections.append({*mac, attribute(source, "network"), attribute(source, "bridge")});
    }
    return connections;
}

void addReservations(NetworkOffers &network, const QByteArray &networkXml)
{
    pugi::xml_document xml;
    xml.load_buffer(networkXml.constData(), static_cast<std::size_t>(networkXml.size()));
    const pugi::xml_node root = xml.child("network");
    network.bridge = attribute(root.child("bridge"), "name");
    for (const pugi::xml_node &ip : root.children("ip"))
        for (const pugi::xml_node &host : ip.child("dhcp").children("host"))
            if (const auto reserved = offer(attribute(host, "mac"), attribute(host, "ip")))
                network.reservations.append(*reserved);
}

void addLeases(NetworkOffers &network, const QByteArray &json)
{
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array()) {
        const QJsonObject lease = value.toObject();
        const auto expires = QDateTime::fromString(lease.value(u"expires"_s).toString(), Qt::ISODate);
        if (const auto leased =
                offer(lease.value(u"mac"_s).toString(), lease.value(u"ip"_s).toString(), expires))
            network.leases.append(*leased);
    }
    std::stable_sort(network.leases.begin(), network.leases.end(),
                     [](const Offer &a, const Offer &b) { return a.expires > b.expires; });
}

QList<NetworkOffers> networksIn(const Harvest &libvirt)
{
    const QString folder = escapedName(libvirt.hypervisor) + "/libvirt/networks/"_L1;
    QList<NetworkOffers> networks;
    for (auto it = libvirt.documents.lowerBound(folder);
         it != libvirt.documents.cend() && it.key().startsWith(folder); ++it) {
        if (!it.key().endsWith(".xml"_L1))
            continue;
        const QString stem = it.key().chopped(4);
        NetworkOffers network;
        network.name = unescapedName(QStringView(stem).sliced(folder.size()));
        addReservations(network, it->text);
        addLeases(network, libvirt.documents.value(stem + ".leases.json"_L1).text);
        networks.append(network);
    }
    return networks;
}

QStringList addressesOf(const QList<Connection> &nics, const QList<NetworkOffers> &networks)
{
    QStringList addresses;
    for (const auto offers : {&NetworkOffers::reservations, &NetworkOffers::leases})
        for (const Connection &nic : nics)
            for (const NetworkOffers &network : networks)
                if (network.carries(nic))
                    for (const Offer &one : network.*offers)
                        if (one.mac == nic.mac)
                            addresses.append(one.address);
    addresses.removeDuplicates();
    return addresses;
}

GuestPlace placeOf(const Policy &policy, const Harvest &libvirt, const QString &name,
                   const QList<NetworkOffers> &networks)
{
    GuestPlace place{libvirt.hypervisor, name, policy.guestUser, {}};
    const GuestPolicy *own = policy.guest(libvirt.hypervisor, name);
    if (own && !own->user.isEmpty())
        place.user = own->user;
    if (own && own->address) {
        place.addresses = QStringList{own->address->toString()};
        return place;
    }
    const QString path =
        escapedName(libvirt.hypervisor) + "/libvirt/domains/"_L1 + escapedName(name) + ".xml"_L1;
    place.addresses = addressesOf(connectionsIn(libvirt.documents.value(path).text), networks);
    return place;
}

} // namespace

QList<GuestPlace> runningGuests(const Policy &policy, const Harvest &libvirt)
{
    const QString list = escapedName(libvirt.hypervisor) + "/libvirt/domains.json"_L1;
    const QList<NetworkOffers> networks = networksIn(libvirt);
    QList<GuestPlace> guests;
    for (const QJsonValue &value : QJsonDocument::fromJson(libvirt.documents.value(list).text).array()) {
        const QJsonObject domain = value.toObject();
        const QString state = domain.value(u"state"_s).toString();
        if (state == "running"_L1 || state == "idle"_L1)
            guests.append(placeOf(policy, libvirt, domain.value(u"name"_s).toString(), networks));
    }
    std::sort(guests.begin(), guests.end(),
              [](const GuestPlace &a, const GuestPlace &b) { return a.name < b.name; });
    return guests;
}

QString adviceForAddress(const GuestPlace &guest)
{
    return u"no address is known for it: libvirt has neither a reservation nor a lease for its NICs; set "
           u"address in a [[guest]] entry with name = \"%1/%2\" in the fleet file"_s.arg(guest.hypervisor,
                                                                                         guest.name);
}

} // namespace tropo
