#include "models/fixes/network_words.h"
#include "models/fixes/simulated_fleet.h"
#include "models/fixes/simulated_xml.h"
#include "models/fixes/simulation.h"
#include "models/parse/network_xml.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString placeText(const NetworkPlace &network)
{
    return subject::network(network.hypervisor, network.name);
}

bool is(const Reservation &one, const std::optional<MacAddress> &mac, const std::optional<Ipv4> &address,
        const QString &name)
{
    return one.mac == mac && one.address == address && one.name == name;
}

} // namespace

Result<void> SimulatedFleet::act(const SetNetworkAutostart &action)
{
    Network *network = networkOf(action.network);
    if (!network)
        return simulatedRefusal(placeText(action.network), u"there is no such network"_s);
    network->autostart = action.on;
    return {};
}

/// libvirt makes the bridge of a network that has one of its own when it starts, and takes it away when it
/// ends.
void SimulatedFleet::setOwnBridge(Hypervisor &hypervisor, const NetworkForm &form, bool there)
{
    if (form.forward == u"bridge" || form.bridge.isEmpty() || !hypervisor.host.interfaces)
        return;
    hypervisor.host.interfaces->items.removeIf([&](const Interface &one) { return one.name == form.bridge; });
    if (!there)
        return;
    Interface bridge;
    bridge.name = form.bridge;
    bridge.mac = form.mac;
    bridge.kind = u"bridge"_s;
    bridge.up = true;
    bridge.carrier = false;
    if (form.address)
        bridge.addresses.append(*form.address);
    bridge.source = simulationSource();
    hypervisor.host.interfaces->items.append(bridge);
}

Result<void> SimulatedFleet::act(const SetNetworkActive &action)
{
    Network *network = networkOf(action.network);
    if (!network || !network->form)
        return simulatedRefusal(placeText(action.network), u"there is no such network"_s);
    if (network->active == action.active)
        return simulatedRefusal(placeText(action.network), action.active ? u"the network is active already"_s
                                                                         : u"the network is not active"_s);
    network->active = action.active;
    setOwnBridge(*hypervisorOf(action.network.hypervisor), *network->form, action.active);
    return {};
}

Result<void> SimulatedFleet::describeNetwork(const NetworkPlace &place, const Result<QByteArray> &xml)
{
    if (!xml)
        return simulatedRefusal(placeText(place), xml.error().message);
    const QString document = QString(escapedName(place.hypervisor) + u"/libvirt/networks/"_s +
                                     escapedName(place.name) + u".xml"_s);
    auto form = parseNetworkXml(*xml, document).value;
    if (!form)
        return simulatedRefusal(placeText(place), u"the description cannot be read"_s);
    m_evidence.documents[document].text = *xml;
    networkOf(place)->form = *std::move(form);
    return {};
}

Result<void> SimulatedFleet::act(const DefineNetwork &action)
{
    Hypervisor *hypervisor = hypervisorOf(action.network.hypervisor);
    if (!hypervisor || !hypervisor->networks)
        return simulatedRefusal(placeText(action.network), u"there is no such hypervisor"_s);
    Network *network = networkOf(action.network);
    if (!network) {
        Network made;
        made.name = action.network.name;
        made.source = simulationSource();
        hypervisor->networks->append(made);
        network = &hypervisor->networks->last();
    }
    if (!network->form) {
        network->active = false;
        network->autostart = false;
        network->persistent = true;
    }
    return describeNetwork(action.network, action.xml);
}

Result<void> SimulatedFleet::act(const UndefineNetwork &action)
{
    Network *network = networkOf(action.network);
    if (!network || !network->form || network->active.value_or(true))
        return simulatedRefusal(placeText(action.network), u"it is active, or not there"_s);
    m_evidence.documents.remove(network->form->source.document);
    network->form.reset();
    network->active = network->autostart = network->persistent = std::nullopt;
    if (!network->declared)
        hypervisorOf(action.network.hypervisor)->networks->removeIf([&](const Network &one) {
            return one.name == action.network.name;
        });
    return {};
}

Result<void> SimulatedFleet::act(const ChangeReservation &action)
{
    const Network *network = networkOf(action.network);
    const Document *document =
        network && network->form ? m_evidence.find(network->form->source.document) : nullptr;
    if (!document)
        return simulatedRefusal(placeText(action.network), u"there is no such network"_s);
    const Reservation wish{action.mac, action.address, action.name, {}};
    if (!action.add)
        return describeNetwork(action.network, withoutReservation(document->text, wish));
    for (const Reservation &one : network->form->reservations)
        if ((action.mac && one.mac == action.mac) || (action.address && one.address == action.address) ||
            (!action.name.isEmpty() && one.name == action.name))
            return simulatedRefusal(placeText(action.network),
                                    u"there is an existing dhcp host entry with that MAC, address or name"_s);
    return describeNetwork(action.network, withReservation(document->text, wish));
}

Result<Observation> SimulatedFleet::see(const NetworkAutostartIs &c) const
{
    const Network *network = networkOf(c.network);
    if (!network || !network->autostart)
        return notThere(placeText(c.network));
    return Observation{*network->autostart == c.on, *network->autostart ? u"it does"_s : u"it does not"_s};
}

Result<Observation> SimulatedFleet::see(const NetworkActiveIs &c) const
{
    const Network *network = networkOf(c.network);
    if (!network || !network->active)
        return notThere(placeText(c.network));
    return Observation{*network->active == c.active,
                       *network->active ? u"it is active"_s : u"it is not active"_s};
}

Result<Observation> SimulatedFleet::see(const NetworkDefined &c) const
{
    const Hypervisor *hypervisor = m_fleet.hypervisor(c.network.hypervisor);
    if (!hypervisor || !hypervisor->networks)
        return notThere(placeText(c.network));
    const Network *network = networkOf(c.network);
    const bool defined = network && network->form;
    return Observation{defined == c.defined, defined ? u"it is"_s : u"it is not"_s};
}

Result<Observation> SimulatedFleet::see(const ReservationIs &c) const
{
    const Network *network = networkOf(c.network);
    if (!network || !network->form)
        return notThere(placeText(c.network));
    const auto &all = network->form->reservations;
    const bool there = std::any_of(all.begin(), all.end(),
                                   [&](const Reservation &one) { return is(one, c.mac, c.address, c.name); });
    return Observation{there == c.present, there ? u"it is there"_s : u"it is not there"_s};
}

Result<Observation> SimulatedFleet::see(const NetworkIs &c) const
{
    const Network *network = networkOf(c.network);
    const auto wished = parseNetworkXml(c.xml, u"simulation"_s).value;
    if (!network || !network->form || !wished)
        return Observation{false, u"it is not defined"_s};
    const bool same = meansTheSame(*network->form, *wished);
    return Observation{same, same ? u"it is"_s : u"it differs"_s};
}

} // namespace tropo
