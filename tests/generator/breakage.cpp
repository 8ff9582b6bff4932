#include "tests/generator/breakage.h"

#include <algorithm>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

std::optional<HostVm> Breaker::vm(const VmFilter &fits)
{
    QList<HostVm> candidates;
    for (WorldHypervisor &host : world.hypervisors) {
        if (m_everything || m_taken.contains(host.name))
            continue;
        for (WorldVm &vm : host.vms)
            if (const HostVm one{&host, &vm}; !m_taken.contains(one.subject()) && (!fits || fits(one)))
                candidates.append(one);
    }
    if (candidates.isEmpty())
        return {};
    const HostVm chosen = dice.of(candidates);
    m_taken.append(chosen.subject());
    return chosen;
}

std::optional<HostVm> Breaker::guest(const VmFilter &fits)
{
    return vm([&](const HostVm &one) { return one.vm->running && one.vm->guest && (!fits || fits(one)); });
}

std::optional<HostVm> Breaker::holder(const VmFilter &fits)
{
    return guest([&](const HostVm &one) { return world.floatOf(one.vm->name) && (!fits || fits(one)); });
}

std::optional<HostVm> Breaker::bystander(const VmFilter &fits)
{
    return guest([&](const HostVm &one) { return !world.floatOf(one.vm->name) && (!fits || fits(one)); });
}

WorldHypervisor *Breaker::host(const HostFilter &fits)
{
    QList<WorldHypervisor *> candidates;
    for (WorldHypervisor &host : world.hypervisors) {
        const bool touched = std::any_of(m_taken.begin(), m_taken.end(), [&](const QString &one) {
            return one == host.name || one.startsWith(host.name + u'/');
        });
        if (!m_everything && !touched && (!fits || fits(host)))
            candidates.append(&host);
    }
    if (candidates.isEmpty())
        return nullptr;
    WorldHypervisor *chosen = dice.of(candidates);
    m_taken.append(chosen->name);
    return chosen;
}

QList<HostVm> Breaker::swarm()
{
    QList<HostVm> members;
    for (WorldHypervisor &host : world.hypervisors) {
        for (WorldVm &vm : host.vms) {
            const HostVm one{&host, &vm};
            if (!vm.guest || !vm.guest->engine || vm.guest->engine->node.isEmpty())
                continue;
            if (m_everything || m_taken.contains(host.name) || m_taken.contains(one.subject()))
                return {};
            members.insert(vm.guest->engine->manager ? 0 : members.size(), one);
        }
    }
    for (const HostVm &one : members)
        m_taken.append(one.subject());
    return members;
}

WorldFloat *Breaker::freeFloat()
{
    for (WorldFloat &floating : world.floats) {
        if (!floating.holder.isEmpty() || m_taken.contains(floating.name))
            continue;
        m_taken.append(floating.name);
        return &floating;
    }
    return nullptr;
}

std::optional<HostVm> Breaker::anyGuest()
{
    for (WorldHypervisor &host : world.hypervisors)
        for (WorldVm &vm : host.vms)
            if (vm.running && vm.guest)
                return HostVm{&host, &vm};
    return {};
}

bool Breaker::everything()
{
    if (!m_taken.isEmpty() || m_everything)
        return false;
    return m_everything = true;
}

MacAddress mistyped(MacAddress mac, Dice &dice)
{
    // Two different octets of the last four swapped, else one digit changed.
    for (int tries = 0; tries < 4 && dice.chance(70); ++tries) {
        const int a = dice.between(2, 5);
        const int b = dice.between(2, 5);
        if (mac.octet(a) == mac.octet(b))
            continue;
        quint64 bits = mac.bits();
        const auto set = [&bits](int octet, int value) {
            const int shift = 8 * (5 - octet);
            bits = (bits & ~(0xffULL << shift)) | (static_cast<quint64>(value) << shift);
        };
        set(a, mac.octet(b));
        set(b, mac.octet(a));
        return MacAddress(bits);
    }
    return MacAddress(mac.bits() ^ (static_cast<quint64>(dice.between(8, 15)) << 28));
}

void changeMac(HostVm &place, MacAddress from, MacAddress to)
{
    for (QList<WorldNic> *nics : {&place.vm->live, &place.vm->next})
        for (WorldNic &nic : *nics)
            if (nic.mac == from)
                nic.mac = to;
    if (!place.vm->guest)
        return;
    for (WorldLink &link : place.vm->guest->links)
        if (link.mac == from)
            link.mac = to;
    for (WorldFile &file : place.vm->guest->files)
        if (file.hwaddr == from)
            file.hwaddr = to;
    for (auto &[mac, name] : place.vm->guest->udevNames)
        if (mac == from)
            mac = to;
}

QList<Breakage> allBreakages()
{
    return floatBreakages() + nicBreakages() + addressBreakages() + fileBreakages() + networkBreakages() +
           hostBreakages() + domainBreakages() + guestBreakages() + containerBreakages() + swarmBreakages();
}

} // namespace tropo::generator
