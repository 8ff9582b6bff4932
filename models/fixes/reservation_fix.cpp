#include "models/fixes/find.h"
#include "models/fixes/network_words.h"
#include "models/fixes/typed.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString hostXml(const Reservation &one)
{
    QString xml = u"<host"_s;
    if (one.mac)
        xml += u" mac='%1'"_s.arg(one.mac->toString());
    if (one.address)
        xml += u" ip='%1'"_s.arg(one.address->toString());
    if (!one.name.isEmpty())
        xml += u" name='%1'"_s.arg(one.name.toHtmlEscaped());
    return xml + u"/>";
}

QString words(const Reservation &one)
{
    return u"%1 %2 %3"_s
        .arg(one.mac ? one.mac->toString() : QString(), one.address ? one.address->toString() : QString(),
             one.name)
        .simplified();
}

Step changeStep(const PlanInput &input, const NetworkPlace &network, const Reservation &one, bool add)
{
    Step step;
    step.id = (add ? u"add-"_s : u"remove-"_s) + (one.mac ? one.mac->toString() : one.name);
    step.title =
        add ? u"Reserve %1 on %2 of %3"_s.arg(words(one), network.name, network.hypervisor)
            : u"Remove the reservation %1 from %2 of %3"_s.arg(words(one), network.name, network.hypervisor);
    step.machine = subject::network(network.hypervisor, network.name);
    const auto line = [&](bool adds) {
        return virshLine(input.policy, network.hypervisor,
                         {u"net-update"_s, QString(u"--network="_s + network.name),
                          adds ? u"--command=add-last"_s : u"--command=delete"_s, u"--section=ip-dhcp-host"_s,
                          QString(u"--xml="_s + hostXml(one)), u"--live"_s, u"--config"_s});
    };
    step.command = line(add);
    step.action = ChangeReservation{network, add, one.mac, one.address, one.name};
    const QString text = u"      "_s + hostXml(one);
    step.diff = u"--- %1\n+++ %1\n@@ dhcp @@\n%2%3\n"_s.arg(network.name, add ? u"+"_s : u"-"_s, text);
    step.before = {NetworkActiveIs{network, true},
                   ReservationIs{network, one.mac, one.address, one.name, !add}};
    step.verify = {ReservationIs{network, one.mac, one.address, one.name, add}};
    step.undo = {ChangeReservation{network, !add, one.mac, one.address, one.name}};
    step.undoText = line(!add);
    return step;
}

/// What the words after the network say: MAC, address and name, in any order.
Result<Reservation> wished(const QStringList &given)
{
    Reservation one;
    for (const QString &word : given) {
        if (const auto mac = MacAddress::fromString(word))
            one.mac = mac;
        else if (const auto address = Ipv4::fromString(word))
            one.address = address;
        else
            one.name = word;
    }
    if (!one.mac)
        return failure(ErrorKind::Usage, {}, u"give the MAC that the reservation is for"_s);
    return one;
}

/// A network has one reservation for each MAC, and one for each name.
bool standsInTheWay(const Reservation &old, const Reservation &wish)
{
    return old.mac == wish.mac || (!wish.name.isEmpty() && old.name == wish.name);
}

/// Of several with one MAC the one with this address or name.
bool isMeant(const Reservation &old, const Reservation &asked)
{
    return old.mac == asked.mac && (!asked.address || old.address == asked.address) &&
           (asked.name.isEmpty() || old.name == asked.name);
}

/// Whether another reservation has its MAC, address or name.
bool isShared(const Network &network, const Reservation &one)
{
    const auto &all = network.form->reservations;
    return std::any_of(all.begin(), all.end(), [&one](const Reservation &other) {
        return &other != &one && other != one &&
               ((one.mac && other.mac == one.mac) || (one.address && other.address == one.address) ||
                (!one.name.isEmpty() && other.name == one.name));
    });
}

/// Errors (Refused): the address is outside of the network, or somebody else's.
Result<void> fits(const Network &network, const Reservation &one)
{
    if (!one.address)
        return {};
    const auto subnet = network.form->subnet();
    if (subnet && !subnet->contains(*one.address))
        return failure(ErrorKind::Refused, network.name,
                       u"%1 is outside of its subnet %2"_s.arg(one.address->toString(), subnet->toString()));
    for (const Reservation &other : network.form->reservations)
        if (other.address == one.address && !standsInTheWay(other, one))
            return failure(ErrorKind::Refused, network.name,
                           u"%1 is reserved for %2 already"_s.arg(one.address->toString(), other.name));
    for (const Lease &lease : network.leases.value_or(QList<Lease>()))
        if (lease.address == one.address && lease.mac != one.mac)
            return failure(
                ErrorKind::Refused, network.name,
                u"%1 is leased to %2 at this moment"_s.arg(one.address->toString(), lease.mac.toString()));
    return {};
}

/// Whether the network will have a reservation that is not declared, or lack one that is.
bool differsFromDeclared(const Network &network, const Reservation &one, bool sets)
{
    if (!network.declared)
        return false;
    const auto &all = network.declared->reservations;
    const bool isDeclared = std::any_of(all.begin(), all.end(), [&](const Reservation &declared) {
        return declared.mac == one.mac &&
               (!sets || (declared.address == one.address && declared.name == one.name));
    });
    return sets != isDeclared;
}

/// Those that have to go: what stands in the way of a new one, or what is to be removed.
QList<Reservation> toGo(const Network &network, const Reservation &asked, bool sets)
{
    QList<Reservation> olds;
    for (const Reservation &old : network.form->reservations)
        if (sets ? standsInTheWay(old, asked) : isMeant(old, asked))
            olds.append(old);
    return olds;
}

/// What is not said stays as it was.
Reservation completed(Reservation wish, const QList<Reservation> &olds)
{
    for (const Reservation &old : olds) {
        if (old.mac != wish.mac)
            continue;
        wish.address = wish.address ? wish.address : old.address;
        wish.name = wish.name.isEmpty() ? old.name : wish.name;
    }
    return wish;
}

Step removeStep(const PlanInput &input, const NetworkPlace &place, const Network &network,
                const Reservation &old)
{
    Step step = changeStep(input, place, old, false);
    if (isShared(network, old)) {
        step.undo.clear();
        step.finalAfter = step.id;
        step.undoText =
            u"none while the other stands: libvirt takes no second reservation of one MAC, address or name"_s;
    }
    return step;
}

bool isSame(const Reservation &a, const Reservation &b)
{
    return a.mac == b.mac && a.address == b.address && a.name == b.name;
}

/// The steps to what is wished. Errors (Refused): it is so already, or does not fit.
Result<QList<Step>> stepsTo(const PlanInput &input, const NetworkPlace &place, const Network &network,
                            const Reservation &wish, const QList<Reservation> &olds, bool sets)
{
    const auto refuse = [&](const QString &why) { return failure(ErrorKind::Refused, place.name, why); };
    if (!sets && olds.isEmpty())
        return refuse(u"no reservation is for %1"_s.arg(wish.mac->toString()));
    if (sets && olds.size() == 1 && isSame(olds.front(), wish))
        return refuse(u"it is reserved so already"_s);
    if (const auto may = sets ? fits(network, wish) : Result<void>(); !may)
        return tl::unexpected(may.error());
    QList<Step> steps;
    for (const Reservation &old : olds)
        steps.append(removeStep(input, place, network, old));
    if (sets)
        steps.append(changeStep(input, place, wish, true));
    return steps;
}

} // namespace

Result<Plan> planReservationFix(const PlanInput &input, const PlanRequest &request)
{
    const auto named = networkNamed(input, request.arguments);
    if (!named)
        return tl::unexpected(named.error());
    const auto &[place, rest] = *named;
    const Network &network = *input.fleet.hypervisor(place.hypervisor)->network(place.name);
    if (!network.form || network.active != true)
        return failure(
            ErrorKind::Refused, place.name,
            u"it is not known to be active: start it first (network-start), as a change is made while it runs"_s);
    const bool sets = rest.value(0) == u"set";
    if (!sets && rest.value(0) != u"remove")
        return failure(ErrorKind::Usage, {},
                       u"say what to do: set MAC [ADDRESS] [NAME], or remove MAC [ADDRESS]; for example "
                       u"\"reservation-fix trop02 default set 52:54:00:02:02:0a 192.168.202.10 Ulov\""_s);
    const auto asked = wished(rest.mid(1));
    if (!asked)
        return tl::unexpected(asked.error());
    const auto olds = toGo(network, *asked, sets);
    const Reservation wish = sets ? completed(*asked, olds) : *asked;
    const auto steps = stepsTo(input, place, network, wish, olds, sets);
    if (!steps)
        return tl::unexpected(steps.error());
    Plan plan;
    plan.steps = *steps;
    plan.intent = sets ? u"Reserve %1 on the network %2 of %3, without a restart"_s.arg(
                             words(wish), place.name, place.hypervisor)
                       : u"Remove the reservation for %1 from the network %2 of %3"_s.arg(
                             wish.mac->toString(), place.name, place.hypervisor);
    if (differsFromDeclared(network, wish, sets))
        plan.warnings.append(
            u"The declared configuration of %1 says otherwise: change it too, or take the difference as a "
            u"patch (network-restore --to patch)"_s.arg(place.name));
    plan.warnings.append(u"A VM takes its new address at its next lease: renew it inside, or wait"_s);
    plan.touches = {subject::network(place.hypervisor, place.name)};
    plan.hypervisors = {place.hypervisor};
    return plan;
}

} // namespace tropo
