#include "ssh/apply/live_sightings.h"

#include "models/fixes/pci_slots.h"
#include "models/parse/bridge.h"
#include "models/parse/docker_swarm.h"
#include "models/parse/network_xml.h"
#include "models/text/plain_text.h"
#include "models/text/shell_quote.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

using Reach = LiveExecutor::Reach;

Result<QStringList> holdersOn(Reach &reach, const QString &hypervisor, MacAddress mac,
                              const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto domains = (*libvirt)->domains(stop);
    if (!domains)
        return tl::unexpected(domains.error());
    QStringList holders;
    for (const auto &domain : *domains) {
        const VmPlace vm{hypervisor, domain.name, domain.uuid};
        for (const NicForm which : {NicForm::Live, NicForm::Persistent}) {
            const auto form = reach.form(vm, which, stop);
            if (!form)
                return tl::unexpected(form.error());
            const bool has = std::any_of(form->nics.begin(), form->nics.end(),
                                         [mac](const Nic &nic) { return nic.mac == mac; });
            if (has && !holders.contains(vm.subject()))
                holders.append(vm.subject());
        }
    }
    return holders;
}

Result<QStringList> tapsThatSend(Reach &reach, const QString &hypervisor, MacAddress mac,
                                 const std::stop_token &stop)
{
    constexpr int just = 5; // seconds: what was detached is forgotten within minutes only
    // A tap has flags of its own in sysfs; the entries stand on the first line, as bridge -j writes them.
    const auto output = reach.onHost(hypervisor,
                                     "PATH=$PATH:/usr/sbin:/sbin; bridge -s -j fdb show && echo && "
                                     "for tap in /sys/class/net/*/tun_flags; do echo \"$tap\"; done",
                                     stop);
    if (!output)
        return tl::unexpected(output.error());
    const qsizetype end = output->out.indexOf('\n');
    const auto entries = QJsonDocument::fromJson(output->out.left(end));
    if (output->status != 0 || !entries.isArray())
        return failure(ErrorKind::Refused, hypervisor,
                       u"its forwarding tables could not be read: %1"_s.arg(
                           visibleText(QString::fromUtf8(output->error).trimmed(), 200)));
    const QStringList paths = QString::fromUtf8(output->out.mid(end)).split(u'\n');
    QStringList taps;
    const QJsonArray all = entries.array();
    for (const QJsonValue &one : all) {
        const QString port = one["ifname"_L1].toString();
        if (MacAddress::fromString(one["mac"_L1].toString()) == mac && one["updated"_L1].toInt(just) < just &&
            one["state"_L1].toString() != u"permanent" && !taps.contains(port) &&
            paths.contains(u"/sys/class/net/%1/tun_flags"_s.arg(port)))
            taps.append(port);
    }
    return taps;
}

Result<Observation> slotIsFree(Reach &reach, const SlotIsFree &c, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(c.vm.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto xml = (*libvirt)->domainXml(c.vm.uuid, c.form == NicForm::Persistent, stop);
    if (!xml)
        return tl::unexpected(xml.error());
    if (xml->isEmpty())
        return Observation{false, u"it does not run"_s};
    const auto slots = pciSlotsOf(*xml);
    if (!slots)
        return tl::unexpected(slots.error());
    const bool taken = std::any_of(slots->taken.begin(), slots->taken.end(), [&](PciAddress one) {
        one.function = c.pci.function;
        return one == c.pci;
    });
    return Observation{!taken, taken ? u"a device sits there"_s : u"it is free"_s};
}

Result<Observation> guestAddress(Reach &reach, const GuestAddressIs &c, const std::stop_token &stop)
{
    const auto output = reach.inGuest(c.vm, "ip -o -4 addr show", stop);
    if (!output)
        return tl::unexpected(output.error());
    if (output->status != 0)
        return failure(ErrorKind::Refused, c.vm.subject(), u"ip could not list its addresses"_s);
    QString holder; // a name is the guest's own word
    for (const QString &line : QString::fromUtf8(output->out).split(u'\n')) {
        const QStringList words = line.simplified().split(u' '); // 3: ens5 inet 129.215.175.100/24 …
        if (words.size() > 3 && words[2] == u"inet" && words[3].section(u'/', 0, 0) == c.address.toString())
            holder = words[1];
    }
    if (holder.isEmpty())
        return Observation{!c.present, u"it does not have it"_s};
    if (!c.present)
        return Observation{false, u"%1 has it"_s.arg(holder)};
    const auto device = c.pci ? reach.deviceAt(c.vm, *c.pci, stop) : Result<QString>(holder);
    if (!device)
        return tl::unexpected(device.error());
    return Observation{*device == holder, u"%1 has it"_s.arg(holder)};
}

Result<Observation> bridgeLearned(Reach &reach, const BridgeLearned &c, const QString &tap,
                                  const std::stop_token &stop)
{
    const auto device = shellQuoted(c.bridge);
    if (!device)
        return tl::unexpected(device.error());
    const auto output = reach.onHost(c.nic.vm.hypervisor,
                                     "PATH=$PATH:/usr/sbin:/sbin; bridge -j fdb show br " + *device, stop);
    if (!output)
        return tl::unexpected(output.error());
    if (output->status != 0)
        return failure(ErrorKind::Refused, c.nic.vm.hypervisor,
                       u"its forwarding table could not be read: %1"_s.arg(
                           visibleText(QString::fromUtf8(output->error).trimmed(), 200)));
    QStringList ports;
    for (const FdbEntry &entry : parseBridgeFdbJson(output->out, u"fdb"_s).value)
        if (entry.mac == c.nic.mac && entry.isLearned() && !ports.contains(entry.port))
            ports.append(entry.port);
    if (ports.isEmpty())
        return Observation{false, u"it has not been learned"_s};
    return Observation{ports == QStringList{tap}, u"it was learned behind %1"_s.arg(ports.join(" and "_L1))};
}

Result<NetworkForm> networkForm(Reach &reach, const NetworkPlace &network, bool persistent,
                                const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(network.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto xml = (*libvirt)->networkXml(network.name, persistent, stop);
    if (!xml)
        return tl::unexpected(xml.error());
    const auto form = parseNetworkXml(*xml, network.name).value;
    if (!form)
        return failure(ErrorKind::Format, network.name, u"its description cannot be read"_s);
    return *form;
}

QString networkDifference(const NetworkForm &is, const NetworkForm &wished)
{
    if (is.forward != wished.forward)
        return u"it forwards by '%1'"_s.arg(is.forward);
    if (is.bridge != wished.bridge)
        return u"its bridge is %1"_s.arg(is.bridge);
    if (is.address != wished.address)
        return u"its address is %1"_s.arg(is.address ? is.address->address.toString() : u"none"_s);
    if (is.ranges != wished.ranges)
        return u"its DHCP ranges differ"_s;
    const auto has = [](const QList<Reservation> &all, const Reservation &one) {
        return std::any_of(all.begin(), all.end(), [&](const Reservation &other) {
            return one.mac == other.mac && one.address == other.address && one.name == other.name;
        });
    };
    for (const Reservation &one : wished.reservations)
        if (!has(is.reservations, one))
            return u"the reservation for %1 is missing"_s.arg(one.name);
    for (const Reservation &one : is.reservations)
        if (!has(wished.reservations, one))
            return u"there is a reservation for %1"_s.arg(one.name);
    return {};
}

Result<Observation> serviceReplicas(Reach &reach, const ServiceReplicasAre &c, const std::stop_token &stop)
{
    const auto output = reach.docker(c.manager,
                                     {u"service"_s, u"ls"_s, u"--filter"_s, QString(u"id="_s + c.serviceId),
                                      u"--format"_s, u"{{json .}}"_s},
                                     stop);
    if (!output)
        return tl::unexpected(output.error());
    const auto services = parseServices(output->out, u"services"_s).value;
    if (output->status != 0 || services.isEmpty())
        return failure(ErrorKind::Refused, c.manager.subject(),
                       u"the Swarm's manager does not list the service: %1"_s.arg(
                           visibleText(QString::fromUtf8(output->error).trimmed(), 300)));
    const Service &service = services.front();
    const bool asWished = service.desired == c.desired && (!c.running || service.running == c.running);
    return Observation{asWished,
                       u"it asks for %1 and %2 run"_s.arg(QString::number(service.desired.value_or(-1)),
                                                          QString::number(service.running.value_or(-1)))};
}

} // namespace tropo
