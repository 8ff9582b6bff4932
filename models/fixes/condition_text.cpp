#include "models/fixes/condition.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString formText(NicForm form)
{
    return form == NicForm::Live ? u"live"_s : u"persistent"_s;
}

QString nicText(const NicPlace &nic)
{
    return u"%1's %2 NIC %3 at %4"_s.arg(nic.vm.name, formText(nic.form), nic.mac.toString(),
                                         nic.pci.toString());
}

QString isNot(bool is)
{
    return is ? u"is"_s : u"is not"_s;
}

QString text(const NicIs &c)
{
    return u"%1 %2 there"_s.arg(nicText(c.nic), isNot(c.present));
}
QString text(const NicCount &c)
{
    return u"%1 has exactly %2 with the MAC %3"_s.arg(
        c.vm.name,
        c.count == 1 ? u"one %1 NIC"_s.arg(formText(c.form))
                     : u"%1 %2 NICs"_s.arg(QString::number(c.count), formText(c.form)),
        c.mac.toString());
}
QString text(const HoldersAre &c)
{
    return u"on %1, NICs with the MAC %2 belong to %3"_s.arg(
        c.hypervisors.join(", "_L1), c.mac.toString(),
        c.subjects.isEmpty() ? u"nobody"_s : c.subjects.join(" and "_L1));
}
QString text(const NobodySends &c)
{
    return u"on %1, no bridge has just learned %2 behind a VM's tap"_s.arg(c.hypervisors.join(", "_L1),
                                                                           c.mac.toString());
}
QString text(const SlotIsFree &c)
{
    return u"the PCI slot %1 of %2 is free in its %3 form"_s.arg(c.pci.toString(), c.vm.name,
                                                                 formText(c.form));
}
QString text(const DomainRuns &c)
{
    return u"%1 runs and is not paused"_s.arg(c.vm.name);
}
QString text(const NicLinkIs &c)
{
    return u"the link of %1 is %2"_s.arg(nicText(c.nic), c.up ? u"up"_s : u"down"_s);
}
QString text(const CarrierInside &c)
{
    return u"%1 sees the cable at %2 %3"_s.arg(c.vm.name, c.pci.toString(),
                                               c.up ? u"plugged in"_s : u"pulled"_s);
}
QString text(const CarriersInside &c)
{
    return u"%1 tells which of %2 has lost its carrier"_s.arg(c.vm.name, c.devices.join(", "_L1));
}
QString text(const GuestFileIs &c)
{
    if (c.sha256.isEmpty())
        return u"there is no %1 in %2"_s.arg(c.path, c.vm.name);
    return u"%1 in %2 has the checksum %3…"_s.arg(c.path, c.vm.name, c.sha256.left(12));
}
QString text(const GuestAddressIs &c)
{
    const QString where = c.pci ? u" on the NIC at %1"_s.arg(c.pci->toString()) : QString();
    return c.present ? u"%1 has the address %2%3"_s.arg(c.vm.name, c.address.toString(), where)
                     : u"no interface of %1 has the address %2"_s.arg(c.vm.name, c.address.toString());
}
QString text(const GuestReachable &c)
{
    return u"%1 can be reached by a way that is not the float"_s.arg(c.vm.name);
}
QString text(const AddressSilent &c)
{
    return u"nobody answers ARP for %1 on %2 of %3"_s.arg(c.address.toString(), c.bridge, c.hypervisor);
}
QString text(const AddressAnswers &c)
{
    return u"%1 answers ARP on %2 of %3 with the MAC %4"_s.arg(c.address.toString(), c.bridge, c.hypervisor,
                                                               c.mac.toString());
}
QString text(const BridgeLearned &c)
{
    return u"%1 has learned the MAC behind the tap of %2"_s.arg(c.bridge, nicText(c.nic));
}
QString text(const DomainAutostartIs &c)
{
    return u"%1 %2 by itself"_s.arg(c.vm.name, c.on ? u"starts"_s : u"does not start"_s);
}
QString text(const NetworkAutostartIs &c)
{
    return u"the network %1 of %2 %3 by itself"_s.arg(c.network.name, c.network.hypervisor,
                                                      c.on ? u"starts"_s : u"does not start"_s);
}
QString text(const NetworkActiveIs &c)
{
    return u"the network %1 of %2 %3 active"_s.arg(c.network.name, c.network.hypervisor, isNot(c.active));
}
QString text(const NetworkDefined &c)
{
    return u"the network %1 of %2 %3 defined"_s.arg(c.network.name, c.network.hypervisor, isNot(c.defined));
}
QString text(const ReservationIs &c)
{
    const QString what = u"%1 %2 %3"_s.arg(c.mac ? c.mac->toString() : u"(no MAC)"_s,
                                           c.address ? c.address->toString() : u"(no address)"_s, c.name);
    return u"the network %1 of %2 %3 the reservation %4"_s.arg(
        c.network.name, c.network.hypervisor, c.present ? u"has"_s : u"does not have"_s, what.trimmed());
}
QString text(const NetworkIs &c)
{
    return u"the %1 network %2 of %3 is as described"_s.arg(c.persistent ? u"defined"_s : u"running"_s,
                                                            c.network.name, c.network.hypervisor);
}
QString text(const ContainerIs &c)
{
    const QString name = u"the container %1 of %2"_s.arg(c.container.name, c.container.vm.name);
    switch (c.phase) {
    case ContainerPhase::Running:
        return name + u" runs";
    case ContainerPhase::Stopped:
        return name + u" is stopped";
    case ContainerPhase::Absent:
        return name + u" is gone";
    }
    return name;
}
QString text(const TaskUnwanted &c)
{
    return u"the Swarm, as %1 manages it, does not want the container %2 of %3 to run"_s.arg(
        c.manager.name, c.container.name, c.container.vm.name);
}
QString text(const ServiceReplicasAre &c)
{
    QString sentence = u"the service %1 asks for %2 replicas"_s.arg(c.name, QString::number(c.desired));
    if (c.running)
        sentence += u" and %1 run"_s.arg(*c.running);
    return sentence;
}
QString text(const RevertArmed &c)
{
    return u"the timer that takes this back %1 %2 armed"_s.arg(
        c.place.inside ? u"inside "_s + c.place.vm.name : u"on "_s + c.place.vm.hypervisor, isNot(c.armed));
}

} // namespace

QString carrierWords(const QStringList &without)
{
    return without.isEmpty()
               ? u"inside, every interface has its carrier: none of those that are up is this NIC"_s
               : u"inside, %1 %2 no carrier"_s.arg(without.join(" and "_L1),
                                                   without.size() == 1 ? u"has"_s : u"have"_s);
}

QString conditionText(const Condition &condition)
{
    return std::visit([](const auto &one) { return QString(text(one)); }, condition);
}

} // namespace tropo
