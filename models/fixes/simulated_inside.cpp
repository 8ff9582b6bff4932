#include "models/assemble/assemble_guest.h"
#include "models/fixes/files/guest_paths.h"
#include "models/fixes/guest_files.h"
#include "models/fixes/simulated_fleet.h"
#include "models/fixes/simulation.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

Interface *interfaceNamed(Domain &domain, const QString &name)
{
    if (!domain.guest || !domain.guest->system.interfaces)
        return nullptr;
    QList<Interface> &items = domain.guest->system.interfaces->items;
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const Interface &one) { return one.name == name; });
    return found == items.end() ? nullptr : &*found;
}

/// Whether the cable of its NIC is pulled. An interface that is down has no carrier all the same.
bool isUnplugged(const Domain &domain, const Interface &interface)
{
    if (!domain.live || !interface.pci)
        return false;
    const auto &nics = domain.live->nics;
    return std::any_of(nics.begin(), nics.end(), [&](const Nic &nic) {
        return nic.pci == interface.pci->value && nic.linkUp == false;
    });
}

/// The entry by which a guest would bring an interface up; nothing where its file is for another MAC.
const InterfaceConfig *entryFor(const Guest &guest, const Interface &interface)
{
    for (const InterfaceConfig &config : guest.configs) {
        const bool byMac = config.hwaddr && interface.mac == config.hwaddr->value;
        const bool byName = config.device == interface.name;
        if ((byName && (!config.hwaddr || byMac)) || (config.device.isEmpty() && byMac))
            return &config;
    }
    return nullptr;
}

bool sits(const Interface &interface, Ipv4 address)
{
    return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [&](const InterfaceAddress &one) { return one.address == address; });
}

} // namespace

Interface *interfaceInside(Domain &domain, const PciAddress &pci)
{
    if (!domain.guest || !domain.guest->system.interfaces)
        return nullptr;
    for (Interface &interface : domain.guest->system.interfaces->items)
        if (interface.pci && interface.pci->value == pci)
            return &interface;
    return nullptr;
}

QString insideName(const Domain &domain, const PciAddress &pci, const QList<PciAddress> &gone)
{
    static const QRegularExpression counted(u"^eth[0-9]+$"_s);
    QSet<QString> taken;
    bool counts = false;
    if (domain.guest && domain.guest->system.interfaces)
        for (const Interface &interface : domain.guest->system.interfaces->items) {
            counts = counts || counted.match(interface.name).hasMatch();
            if (!interface.pci || !gone.contains(interface.pci->value))
                taken.insert(interface.name);
        }
    const QString bySlot = pci.bus == 0 ? u"ens%1"_s.arg(pci.slot) : u"enp%1s%2"_s.arg(pci.bus).arg(pci.slot);
    if (!counts && !taken.contains(bySlot))
        return bySlot;
    int free = 0;
    while (taken.contains(u"eth%1"_s.arg(free)))
        ++free;
    return u"eth%1"_s.arg(free);
}

QString SimulatedFleet::documentOf(const VmPlace &vm, const QString &path) const
{
    const QString folder = guestFolder(vm.hypervisor, vm.name);
    for (const QString &document : m_evidence.below(folder))
        if (guestPathOf(document) == path)
            return document;
    return documentOnGuest(folder, path).value_or(QString());
}

void SimulatedFleet::readFilesAnew(const VmPlace &vm)
{
    QList<Problem> problems;
    DocumentReader reader(m_evidence, problems);
    if (const auto read = assembleGuest(reader, guestFolder(vm.hypervisor, vm.name)))
        domainOf(vm)->guest->configs = read->configs;
}

Result<void> SimulatedFleet::act(const WriteGuestFile &action)
{
    const Domain *domain = domainOf(action.vm);
    const QString name = documentOf(action.vm, action.path);
    if (!domain || !domain->guest || name.isEmpty())
        return simulatedRefusal(action.vm.subject(), u"its inside was not read"_s);
    const Document *is = m_evidence.find(name);
    if ((is ? sha256Of(is->text) : QString()) != action.oldSha256)
        return simulatedRefusal(action.vm.subject(), u"%1 is not the file that was read"_s.arg(action.path));
    m_evidence.documents[name].text = action.content;
    readFilesAnew(action.vm);
    return {};
}

Result<void> SimulatedFleet::act(const RemoveGuestFile &action)
{
    const Domain *domain = domainOf(action.vm);
    const QString name = documentOf(action.vm, action.path);
    const Document *is = m_evidence.find(name);
    if (!domain || !domain->guest || !is || sha256Of(is->text) != action.oldSha256)
        return simulatedRefusal(action.vm.subject(), u"%1 is not the file that was read"_s.arg(action.path));
    m_evidence.documents.remove(name);
    readFilesAnew(action.vm);
    return {};
}

Result<void> SimulatedFleet::act(const SetGuestInterface &action)
{
    Domain *domain = domainOf(action.vm);
    Interface *interface = !domain      ? nullptr
                           : action.pci ? interfaceInside(*domain, *action.pci)
                                        : interfaceNamed(*domain, action.device);
    if (!interface)
        return simulatedRefusal(action.vm.subject(), u"there is no such interface inside"_s);
    const auto address = Ipv4::fromString(action.address.section(u'/', 0, 0));
    const bool isAddressAlone = action.path.isEmpty();
    if (action.up && isUnplugged(*domain, *interface))
        return simulatedRefusal(action.vm.subject(),
                                u"%1 has no carrier, so it does not come up"_s.arg(interface->name));
    interface->addresses.removeIf(
        [&](const InterfaceAddress &one) { return !isAddressAlone || one.address == address; });
    if (!action.up) {
        interface->up = isAddressAlone && interface->up.value_or(true);
        interface->carrier = *interface->up && interface->carrier.value_or(true);
        return {};
    }
    interface->up = interface->carrier = true;
    if (isAddressAlone) {
        if (address)
            interface->addresses.append({*address, action.address.section(u'/', 1, 1).toInt()});
    } else if (const InterfaceConfig *entry = entryFor(*domain->guest, *interface)) {
        for (const auto &one : entry->addresses)
            interface->addresses.append(one.value);
    } else {
        return simulatedRefusal(
            action.vm.subject(),
            u"%1 has another MAC than its file names, so the file is ignored"_s.arg(interface->name));
    }
    spoke(action.vm, *interface);
    return {};
}

/// The bridge that an interface hangs on learns its MAC.
void SimulatedFleet::spoke(const VmPlace &vm, const Interface &interface)
{
    const Domain &domain = *domainOf(vm);
    if (!domain.live || !interface.pci)
        return;
    for (const Nic &nic : domain.live->nics)
        if (nic.pci == interface.pci->value)
            learn(*hypervisorOf(vm.hypervisor), nic);
}

Result<void> SimulatedFleet::act(const AnnounceAddress &action)
{
    Domain *domain = domainOf(action.vm);
    if (!domain)
        return notThere(action.vm.subject());
    const Interface *interface =
        action.pci ? interfaceInside(*domain, *action.pci) : interfaceNamed(*domain, action.device);
    if (!interface || !interface->carrier.value_or(true))
        return simulatedRefusal(action.vm.subject(),
                                u"%1 has no carrier, so nobody hears it"_s.arg(action.device));
    for (Hypervisor &hypervisor : m_fleet.hypervisors)
        if (hypervisor.host.neighbours)
            for (Neighbour &neighbour : *hypervisor.host.neighbours)
                if (neighbour.address == action.address)
                    neighbour.mac = action.mac;
    return {};
}

QList<MacAddress> SimulatedFleet::answering(Ipv4 address) const
{
    QList<MacAddress> macs;
    for (const Hypervisor &hypervisor : m_fleet.hypervisors)
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>())) {
            if (domain.state != DomainState::Running || !domain.guest || !domain.guest->system.interfaces)
                continue;
            for (const Interface &interface : domain.guest->system.interfaces->items)
                if (sits(interface, address) && interface.mac && interface.carrier.value_or(true) &&
                    !macs.contains(*interface.mac))
                    macs.append(*interface.mac);
        }
    return macs;
}

Result<Observation> SimulatedFleet::see(const GuestFileIs &c) const
{
    const Document *is = m_evidence.find(documentOf(c.vm, c.path));
    const QString sha = is ? sha256Of(is->text) : QString();
    return Observation{sha == c.sha256, sha.isEmpty() ? u"there is no such file"_s
                                                      : u"its checksum is %1…"_s.arg(sha.left(12))};
}

Result<Observation> SimulatedFleet::see(const GuestAddressIs &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain || !domain->guest || !domain->guest->system.interfaces)
        return notThere(c.vm.subject());
    for (const Interface &interface : domain->guest->system.interfaces->items) {
        if (!sits(interface, c.address))
            continue;
        const bool here = !c.pci || (interface.pci && interface.pci->value == *c.pci);
        return Observation{c.present && here, u"%1 has it"_s.arg(interface.name)};
    }
    return Observation{!c.present, u"it does not have it"_s};
}

Result<Observation> SimulatedFleet::see(const GuestReachable &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain || !domain->guest)
        return notThere(c.vm.subject());
    return Observation{domain->state == DomainState::Running, u"it answers"_s};
}

Result<Observation> SimulatedFleet::see(const AddressSilent &c) const
{
    const auto macs = answering(c.address);
    return Observation{macs.isEmpty(),
                       macs.isEmpty() ? u"nobody answered"_s : u"%1 answered"_s.arg(macs.front().toString())};
}

Result<Observation> SimulatedFleet::see(const AddressAnswers &c) const
{
    const auto macs = answering(c.address);
    return Observation{macs == QList<MacAddress>{c.mac},
                       macs.isEmpty() ? u"nobody answered"_s : u"%1 answered"_s.arg(macs.front().toString())};
}

} // namespace tropo
