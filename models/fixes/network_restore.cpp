#include "models/fixes/find.h"
#include "models/fixes/network_words.h"
#include "models/fixes/typed.h"
#include "models/text/unified_diff.h"

#include <pugixml.hpp>

#include <algorithm>
#include <sstream>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What stands in a document of the evidence. Errors (Refused): it is not among what was read.
Result<QByteArray> textOf(const PlanInput &input, const std::optional<NetworkForm> &form, const QString &what)
{
    const Document *document = form ? input.evidence.find(form->source.document) : nullptr;
    if (!document)
        return failure(ErrorKind::Refused, what, u"it was not read, so there is nothing to go by"_s);
    return document->text;
}

/// The declared description with the UUID that the network has: without it libvirt takes it for another one.
Result<QByteArray> withUuid(const QByteArray &declared, const QString &uuid, const QString &where)
{
    pugi::xml_document document;
    if (!document.load_buffer(declared.constData(), static_cast<std::size_t>(declared.size())))
        return failure(ErrorKind::Format, where, u"the declared description is not well-formed"_s);
    pugi::xml_node network = document.child("network");
    while (network.remove_child("uuid")) {
    }
    if (!uuid.isEmpty())
        network.insert_child_after("uuid", network.child("name")).text().set(uuid.toUtf8().constData());
    std::ostringstream out;
    network.print(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    return QByteArray::fromStdString(out.str());
}

/// Running VMs with a NIC on the network: they lose their link while it is restarted.
QStringList usersOf(const VmIndex &index, const NetworkPlace &place)
{
    QStringList users;
    for (const VmView &vm : index.vms())
        if (vm.hypervisor->name == place.hypervisor && vm.domain->live)
            for (const Nic &nic : vm.domain->live->nics)
                if (nic.network == place.name && !users.contains(vm.domain->name))
                    users.append(vm.domain->name);
    return users;
}

Step defineStep(const PlanInput &input, const NetworkPlace &place, const QByteArray &before,
                const QByteArray &after)
{
    Step step;
    step.id = u"define"_s;
    step.title = u"Give %1 of %2 its declared description"_s.arg(place.name, place.hypervisor);
    step.machine = subject::network(place.hypervisor, place.name);
    const auto line = [&](const QByteArray &xml) {
        return virshLineWith(input.policy, place.hypervisor, {u"net-define"_s, u"/dev/stdin"_s}, xml);
    };
    step.command = line(after);
    step.action = DefineNetwork{place, after};
    const QString name = QString(place.name + u".xml");
    step.diff = QString::fromUtf8(unifiedDiff(
        {name, before.isEmpty() ? std::optional<QByteArray>() : std::optional(before)}, {name, after}));
    step.before = {NetworkIs{place, before, true}};
    step.verify = {NetworkIs{place, after, true}};
    step.undo = {DefineNetwork{place, before}};
    step.undoText = line(before);
    return step;
}

Step activeStep(const PlanInput &input, const NetworkPlace &place, bool active, const QStringList &users)
{
    Step step;
    step.id = active ? u"start"_s : u"stop"_s;
    step.title = active ? u"Start %1 anew, in its declared form"_s.arg(place.name)
                        : u"Stop %1: its description counts from the next start"_s.arg(place.name);
    step.machine = subject::network(place.hypervisor, place.name);
    const auto line = [&](bool on) {
        return virshLine(input.policy, place.hypervisor,
                         {on ? u"net-start"_s : u"net-destroy"_s, QString(u"--network="_s + place.name)});
    };
    step.command = line(active);
    step.action = SetNetworkActive{place, active};
    step.before = {NetworkActiveIs{place, !active}};
    step.verify = {NetworkActiveIs{place, active}};
    step.undo = {SetNetworkActive{place, !active}};
    step.undoText = line(!active);
    step.disruptive = !active && !users.isEmpty();
    if (step.disruptive)
        step.outage = u"%1 lose their link on it until it is started and they are plugged in again"_s.arg(
            users.join(", "_L1));
    return step;
}

/// A declared network that the hypervisor does not have.
Result<Plan> newNetwork(const PlanInput &input, const NetworkPlace &place, const QByteArray &declared)
{
    const Hypervisor &hypervisor = *input.fleet.hypervisor(place.hypervisor);
    const NetworkForm &wished = *hypervisor.network(place.name)->declared;
    for (const Network &other : hypervisor.networks.value_or(QList<Network>()))
        if (other.form && wished.forward != u"bridge" && other.form->bridge == wished.bridge)
            return failure(ErrorKind::Refused, place.name,
                           u"the network %1 has its bridge %2 already, so it would not start: most likely "
                           u"that is the same "
                           u"network under another name; rename it (virsh net-edit) or remove it first"_s.arg(
                               other.name, wished.bridge));
    const auto description = withUuid(declared, {}, place.name);
    if (!description)
        return tl::unexpected(description.error());
    Step define = defineStep(input, place, {}, *description);
    define.before = {NetworkDefined{place, false}};
    define.undo = {UndefineNetwork{place}};
    define.undoText =
        virshLine(input.policy, place.hypervisor, {u"net-undefine"_s, QString(u"--network="_s + place.name)});
    Plan plan;
    plan.intent = u"Make the network %1 of %2 as it is declared"_s.arg(place.name, place.hypervisor);
    plan.steps = {define, networkAutostartStep(input, place), networkStartStep(input, place)};
    plan.touches = {define.machine};
    plan.hypervisors = {place.hypervisor};
    return plan;
}

Result<Plan> restored(const PlanInput &input, const NetworkPlace &place, const Network &network,
                      const QByteArray &declared, const QByteArray &running)
{
    const auto after = withUuid(declared, network.form->uuid, place.name);
    if (!after)
        return tl::unexpected(after.error());
    const VmIndex index(input.fleet);
    // Taps on a host's own bridge stay on it whatever becomes of the network that forwards there.
    const bool keepsLinks = network.form->forward == u"bridge" && network.declared->forward == u"bridge" &&
                            network.form->bridge == network.declared->bridge;
    const QStringList users = keepsLinks ? QStringList() : usersOf(index, place);
    Plan plan;
    plan.intent = u"Bring the network %1 of %2 to its declared form"_s.arg(place.name, place.hypervisor);
    plan.touches = {subject::network(place.hypervisor, place.name)};
    plan.hypervisors = {place.hypervisor};
    std::optional<Step> define;
    const bool isSame = meansTheSame(*network.form, *network.declared);
    if (!isSame || network.persistent == false)
        define = defineStep(input, place, running, *after);
    if (define)
        plan.steps.append(*define);
    if (network.autostart == false)
        plan.steps.append(networkAutostartStep(input, place));
    if (isSame && network.active == true) {
        if (plan.steps.isEmpty())
            return failure(ErrorKind::Refused, place.name, u"it is as it is declared already"_s);
        return plan;
    }
    if (network.active == true) {
        if (!users.isEmpty())
            return failure(
                ErrorKind::Refused, place.name,
                u"%1 hang on it and would lose their link, and with it our way in: for reservations use "
                u"reservation-fix, which needs no restart; else shut them down first, or take the difference "
                u"as a "
                u"patch (--to patch)"_s.arg(users.join(", "_L1)));
        Step stop = activeStep(input, place, false, users);
        // What it starts by on the way back is its old description, which therefore comes first.
        if (define) {
            stop.undo = define->undo + stop.undo;
            stop.undoText = define->undoText + u'\n' + stop.undoText;
        }
        stop.undone = {NetworkActiveIs{place, true}, NetworkIs{place, running, false}};
        plan.steps.append(stop);
    }
    Step start = activeStep(input, place, true, users);
    start.verify.append(NetworkIs{place, *after, false});
    plan.steps.append(start);
    return plan;
}

Plan patchPlan(const PlanInput &input, const NetworkPlace &place, const QByteArray &declared,
               const QByteArray &running)
{
    const QString file = u"%1/etc/libvirt/qemu/networks/%2.xml"_s.arg(input.policy.declaredPath, place.name)
                             .replace(u"{hypervisor}"_s, place.hypervisor);
    const QByteArray patch = unifiedDiff({u"a/"_s + file, declared}, {u"b/"_s + file, running});
    Plan plan;
    plan.intent = u"Write what %1 of %2 runs as a patch for the declared repository"_s.arg(place.name,
                                                                                           place.hypervisor);
    Step step;
    step.id = u"patch"_s;
    step.title = u"Write the patch %1-%2.patch here; nothing is changed on any machine"_s.arg(
        place.hypervisor, place.name);
    step.machine = u"fleet"_s;
    const QString path = u"%1-%2.patch"_s.arg(escapedName(place.hypervisor), escapedName(place.name));
    step.command = u"printf %s "_s + shellWord(QString::fromUtf8(patch)) + u" >" + shellWord(path);
    step.action = WriteLocalFile{path, patch};
    step.diff = QString::fromUtf8(patch);
    step.undoText = u"remove the file"_s;
    plan.steps = {step};
    return plan;
}

} // namespace

Result<Plan> planNetworkRestore(const PlanInput &input, const PlanRequest &request)
{
    const auto named = networkNamed(input, request.arguments);
    if (!named)
        return tl::unexpected(named.error());
    const NetworkPlace &place = named->place;
    const Network &network = *input.fleet.hypervisor(place.hypervisor)->network(place.name);
    const QString to = request.options.value(u"to"_s, u"machine"_s);
    if (to != u"machine" && to != u"patch")
        return failure(ErrorKind::Usage, {},
                       u"say where the difference goes: --to machine (the network follows what is declared) "
                       u"or --to patch "
                       u"(the repository follows what runs)"_s);
    const auto declared = textOf(input, network.declared, u"the declared description of "_s + place.name);
    if (!declared)
        return tl::unexpected(declared.error());
    const bool isMissing = !network.form && !network.active;
    if (isMissing && to == u"machine")
        return newNetwork(input, place, *declared);
    const auto running = textOf(input, network.form, u"the description of "_s + place.name);
    if (!running)
        return tl::unexpected(running.error());
    return to == u"patch" ? patchPlan(input, place, *declared, *running)
                          : restored(input, place, network, *declared, *running);
}

} // namespace tropo
