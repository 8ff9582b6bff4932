#include "ssh/apply/live_actions.h"

#include "models/fixes/stoppable_wait.h"
#include "models/text/plain_text.h"
#include "ssh/apply/docker_ids.h"
#include "ssh/apply/plan_reverts.h"
#include "ssh/apply/quoted_line.h"

#include <QDir>
#include <QSaveFile>

#include <pugixml.hpp>

#include <sstream>
#include <string_view>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Reach = LiveExecutor::Reach;

/// Whether an <interface> names this NIC and no other. libvirt refuses what names several, and mistakes what
/// names less than one: without a MAC it took the management link.
bool names(const QByteArray &xml, const NicPlace &nic)
{
    pugi::xml_document document;
    if (!document.load_buffer(xml.constData(), static_cast<std::size_t>(xml.size())))
        return false;
    const pugi::xml_node interface = document.child("interface");
    const pugi::xml_node address = interface.child("address");
    const auto number = [&address](const char *part) { return address.attribute(part).as_uint(~0U); };
    const auto mac =
        MacAddress::fromString(QString::fromUtf8(interface.child("mac").attribute("address").value()));
    return mac == nic.mac && std::string_view(address.attribute("type").value()) == "pci" &&
           number("domain") == nic.pci.domain && number("bus") == nic.pci.bus &&
           number("slot") == nic.pci.slot && number("function") == nic.pci.function;
}

Result<void> device(Reach &reach, const NicPlace &nic, LibvirtControl::Device how, const QByteArray &xml,
                    const std::stop_token &stop)
{
    if (!names(xml, nic))
        return failure(ErrorKind::Usage, nic.vm.subject(),
                       u"the description does not name the NIC %1 at %2 alone, so libvirt is not asked"_s.arg(
                           nic.mac.toString(), nic.pci.toString()));
    const auto libvirt = reach.libvirt(nic.vm.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    return (*libvirt)->changeDevice(nic.vm.uuid, how, nic.form == NicForm::Persistent, xml, stop);
}

Result<void> act(Reach &reach, const DetachNic &a, const std::stop_token &stop)
{
    return device(reach, a.nic, LibvirtControl::Device::Detach, a.xml, stop);
}

Result<void> act(Reach &reach, const AttachNic &a, const std::stop_token &stop)
{
    return device(reach, a.nic, LibvirtControl::Device::Attach, a.xml, stop);
}

Result<void> act(Reach &reach, const SetNicLink &a, const std::stop_token &stop)
{
    return device(reach, a.nic, LibvirtControl::Device::Update, a.xml, stop);
}

Result<void> act(Reach &reach, const SetDomainAutostart &a, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(a.vm.hypervisor, stop);
    return libvirt ? (*libvirt)->setDomainAutostart(a.vm.uuid, a.on, stop) : tl::unexpected(libvirt.error());
}

Result<void> act(Reach &reach, const SetNetworkAutostart &a, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(a.network.hypervisor, stop);
    return libvirt ? (*libvirt)->setNetworkAutostart(a.network.name, a.on, stop)
                   : tl::unexpected(libvirt.error());
}

Result<void> act(Reach &reach, const SetNetworkActive &a, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(a.network.hypervisor, stop);
    return libvirt ? (*libvirt)->setNetworkActive(a.network.name, a.active, stop)
                   : tl::unexpected(libvirt.error());
}

Result<void> act(Reach &reach, const DefineNetwork &a, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(a.network.hypervisor, stop);
    return libvirt ? (*libvirt)->defineNetwork(a.xml, stop) : tl::unexpected(libvirt.error());
}

Result<void> act(Reach &reach, const UndefineNetwork &a, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(a.network.hypervisor, stop);
    return libvirt ? (*libvirt)->undefineNetwork(a.network.name, stop) : tl::unexpected(libvirt.error());
}

Result<void> act(Reach &reach, const ChangeReservation &a, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(a.network.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    pugi::xml_document document;
    pugi::xml_node host = document.append_child("host");
    const auto set = [&host](const char *name, const QString &value) {
        host.append_attribute(name).set_value(value.toUtf8().constData());
    };
    if (a.mac)
        set("mac", a.mac->toString());
    if (a.address)
        set("ip", a.address->toString());
    if (!a.name.isEmpty())
        set("name", a.name);
    std::ostringstream xml;
    host.print(xml, "", pugi::format_raw);
    return (*libvirt)->changeReservation(a.network.name, a.add, QByteArray::fromStdString(xml.str()), stop);
}

Result<void> changed(const Result<ChangeAnswer> &answer)
{
    if (!answer)
        return tl::unexpected(answer.error());
    return {};
}

QString sumOrAbsent(const QString &sha256)
{
    return sha256.isEmpty() ? fileSum({}) : sha256;
}

Result<void> act(Reach &reach, const WriteGuestFile &a, const std::stop_token &stop)
{
    // What this plan itself took away comes back as the copy that it kept there, with its mode, owner and
    // label.
    const QString &plan = reach.options().planId;
    const auto back = reach.ask(
        a.vm, {u"restore"_s, {a.path, plan, fileSum(a.content), sumOrAbsent(a.oldSha256)}, {}}, stop);
    if (!back)
        return tl::unexpected(back.error());
    if (back->isDone())
        return {};
    if (back->outcome != ChangeAnswer::Outcome::Impossible)
        return failure(ErrorKind::Refused, a.vm.subject(), back->reason);
    ChangeCall call = ChangeCall::write(a.path, {}, a.content, a.mode, plan);
    call.arguments[1] = sumOrAbsent(a.oldSha256);
    return changed(reach.change(a.vm, call, stop));
}

Result<void> act(Reach &reach, const RemoveGuestFile &a, const std::stop_token &stop)
{
    return changed(
        reach.change(a.vm, {u"remove"_s, {a.path, a.oldSha256, reach.options().planId}, {}}, stop));
}

/// The interface inside. Where it goes by a slot, the guest may still be finding a NIC that was just
/// attached, and naming it: any name but the one foretold must be seen twice.
Result<QString> deviceFor(Reach &reach, const VmPlace &vm, const std::optional<PciAddress> &pci,
                          const QString &name, const std::stop_token &stop)
{
    if (!pci)
        return name;
    constexpr std::chrono::seconds patience(15);
    constexpr std::chrono::milliseconds pause(300);
    const auto end = std::chrono::steady_clock::now() + patience;
    QString last;
    while (true) {
        const auto found = reach.deviceAt(vm, *pci, stop);
        if (!found || (!found->isEmpty() && (*found == name || *found == last)))
            return found;
        if (std::chrono::steady_clock::now() > end)
            return failure(ErrorKind::Refused, vm.subject(),
                           u"no interface inside is at %1"_s.arg(pci->toString()));
        last = *found;
        if (const auto waited = stoppableWait(pause, stop); !waited)
            return tl::unexpected(waited.error());
    }
}

Result<void> act(Reach &reach, const SetGuestInterface &a, const std::stop_token &stop)
{
    const auto device = deviceFor(reach, a.vm, a.pci, a.device, stop);
    if (!device)
        return tl::unexpected(device.error());
    const bool byFile = !a.path.isEmpty();
    const QString verb = byFile ? (a.up ? u"ifup"_s : u"ifdown"_s) : (a.up ? u"addradd"_s : u"addrdel"_s);
    return changed(reach.change(a.vm, {verb, {*device, byFile ? a.path : a.address}, {}}, stop));
}

Result<void> act(Reach &reach, const AnnounceAddress &a, const std::stop_token &stop)
{
    const auto device = deviceFor(reach, a.vm, a.pci, a.device, stop);
    if (!device)
        return tl::unexpected(device.error());
    return changed(reach.change(
        a.vm, {u"announce"_s, {*device, a.address.toString(), QString::number(a.rounds)}, {}}, stop));
}

Result<void> dockerDone(const Result<CommandOutput> &output, const VmPlace &vm, const QString &what)
{
    if (!output)
        return tl::unexpected(output.error());
    if (output->status != 0)
        return failure(ErrorKind::Refused, vm.subject(),
                       u"docker could not %1: %2"_s.arg(
                           what, visibleText(QString::fromUtf8(output->error).trimmed(), 300)));
    return {};
}

/// A file on this machine, whole or not at all. `ownOnly`: nobody else may read it.
Result<void> keep(const QString &path, const QByteArray &text, bool ownOnly)
{
    QSaveFile file(path);
    const bool kept = QDir().mkpath(QFileInfo(path).absolutePath()) && file.open(QIODevice::WriteOnly) &&
                      (!ownOnly || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)) &&
                      file.write(text) == text.size() && file.commit();
    if (!kept)
        return failure(ErrorKind::Io, path, u"could not be written: %1"_s.arg(file.errorString()));
    return {};
}

Result<void> act(Reach &reach, const SaveContainer &a, const std::stop_token &stop)
{
    const VmPlace &vm = a.container.vm;
    const auto saved = [&](const QStringList &arguments, const QString &what,
                           const QString &file) -> Result<void> {
        const auto output = reach.docker(vm, arguments, stop);
        if (const auto done = dockerDone(output, vm, what); !done)
            return done;
        // A description holds the environment, and so passwords.
        return keep(reach.options().keepFolder + u'/' + a.container.id.left(12) + file,
                    output->out + output->error, true);
    };
    if (const auto plain = dockerId(a.container.id, vm); !plain)
        return plain;
    if (const auto done =
            saved({u"inspect"_s, a.container.id}, u"describe the container"_s, u"-inspect.json"_s);
        !done)
        return done;
    return saved({u"logs"_s, u"--tail"_s, u"200"_s, a.container.id}, u"give the container's log"_s,
                 u"-log.txt"_s);
}

/// One container, by id.
Result<void> docker(Reach &reach, const ContainerPlace &container, const QString &verb, const QString &what,
                    const std::stop_token &stop)
{
    if (const auto plain = dockerId(container.id, container.vm); !plain)
        return plain;
    return dockerDone(reach.docker(container.vm, {verb, container.id}, stop), container.vm, what);
}

Result<void> act(Reach &reach, const StopContainer &a, const std::stop_token &stop)
{
    return docker(reach, a.container, u"stop"_s, u"stop the container"_s, stop);
}

Result<void> act(Reach &reach, const StartContainer &a, const std::stop_token &stop)
{
    return docker(reach, a.container, u"start"_s, u"start the container"_s, stop);
}

Result<void> act(Reach &reach, const RemoveContainer &a, const std::stop_token &stop)
{
    return docker(reach, a.container, u"rm"_s, u"remove the container"_s, stop);
}

Result<void> act(Reach &reach, const ScaleService &a, const std::stop_token &stop)
{
    if (const auto plain = dockerId(a.serviceId, a.manager); !plain)
        return plain;
    return dockerDone(reach.docker(a.manager,
                                   {u"service"_s, u"scale"_s, u"--detach"_s,
                                    u"%1=%2"_s.arg(a.serviceId, QString::number(a.replicas))},
                                   stop),
                      a.manager, u"scale the service"_s);
}

Result<void> act(Reach &, const Wait &a, const std::stop_token &stop)
{
    return stoppableWait(a.time, stop);
}

Result<void> act(Reach &reach, const ArmRevert &a, const std::stop_token &stop)
{
    return reach.reverts().arm(reach, a, stop);
}

Result<void> act(Reach &reach, const DisarmRevert &a, const std::stop_token &stop)
{
    for (const RevertPlace &place : a.places)
        if (const auto done = reach.reverts().disarm(reach, place, stop); !done)
            return done;
    return {};
}

Result<void> act(Reach &, const WriteLocalFile &a, const std::stop_token &)
{
    return keep(a.path, a.content, false);
}

} // namespace

Result<void> performLive(LiveExecutor::Reach &reach, const Action &action, const std::stop_token &stop)
{
    return std::visit([&](const auto &one) { return act(reach, one, stop); }, action);
}

} // namespace tropo
