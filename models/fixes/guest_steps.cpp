#include "models/fixes/guest_steps.h"

#include "models/fixes/guest_files.h"
#include "models/fixes/simulation.h"
#include "models/fixes/typed.h"
#include "models/text/unified_diff.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString difference(const QString &path, const std::optional<QByteArray> &before,
                   const std::optional<QByteArray> &after)
{
    return QString::fromUtf8(unifiedDiff({path, before}, {path, after}));
}

/// A new file.
QString writeLine(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &content,
                  int mode)
{
    return guestLine(input.policy, vm,
                     u"umask 077; cat > %1.new && chmod %2 %1.new && mv %1.new %1"_s.arg(
                         shellWord(path), QString::number(mode, 8)),
                     content);
}

/// Where a file is kept by hand: no ifup reads it there, and it lasts over a restart.
QString keptPath(const QString &path)
{
    return u"/var/tmp/"_s + path.section(u'/', -1) + u".before"_s;
}

/// A file that is there: mode, owner and context stay.
QString rewriteLine(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &content)
{
    return guestLine(input.policy, vm,
                     u"cp -p %1 %2 && cp -p %1 %1.new && cat > %1.new && mv %1.new %1"_s.arg(
                         shellWord(path), shellWord(keptPath(path))),
                     content);
}

QString removeLine(const PlanInput &input, const VmView &vm, const QString &path)
{
    return guestLine(input.policy, vm,
                     u"cp -p %1 %2 && rm %1"_s.arg(shellWord(path), shellWord(keptPath(path))));
}

QString putBackLine(const PlanInput &input, const VmView &vm, const QString &path)
{
    return guestLine(input.policy, vm, u"cp -p %2 %1"_s.arg(shellWord(path), shellWord(keptPath(path))));
}

Step fileStep(const VmView &vm, const QString &path, const QString &id, const QString &title)
{
    Step step;
    step.id = id + u'-' + path.section(u'/', -1);
    step.title = title;
    step.machine = vm.subject;
    step.before = {GuestReachable{placeOf(vm)}};
    return step;
}

QString interfaceLine(const PlanInput &input, const VmView &vm, const QString &device, const QString &path,
                      bool up, const QString &address)
{
    return guestLine(input.policy, vm, interfaceCommand(shellWord(device), path, up, address));
}

QString announceLine(const PlanInput &input, const VmView &vm, const QString &device, Ipv4 address)
{
    return guestLine(input.policy, vm, announceCommand(shellWord(device), address));
}

} // namespace

QString interfaceCommand(const QString &device, const QString &path, bool up, const QString &address)
{
    if (path.contains(u"/network-scripts/"_s) || path == u"/etc/network/interfaces")
        return (up ? u"ifup "_s : u"ifdown "_s) + device;
    if (path.contains(u"/NetworkManager/"_s))
        return u"nmcli connection reload && nmcli device %1 %2"_s.arg(up ? u"connect"_s : u"disconnect"_s,
                                                                      device);
    const QString prepare = path.isEmpty() ? QString() : u"netplan generate && "_s;
    return up ? prepare + u"ip link set %1 up && ip addr replace %2 dev %1"_s.arg(device, shellWord(address))
              : u"ip addr del %2 dev %1"_s.arg(device, shellWord(address));
}

QString announceCommand(const QString &device, Ipv4 address)
{
    return u"arping=arping; command -v arping >/dev/null || arping='busybox arping'; for i in 1 2 3; do "
           u"$arping -U -c 1 -I %1 %2; $arping -A -c 1 -I %1 %2; sleep 2; done"_s.arg(device,
                                                                                      address.toString());
}

QString predictedDevice(const VmView &vm, const PciAddress &pci, const QList<Step> &earlier)
{
    QList<PciAddress> gone;
    for (const Step &step : earlier)
        if (const auto *detach = std::get_if<DetachNic>(&step.action);
            detach && detach->nic.form == NicForm::Live && detach->nic.vm == placeOf(vm))
            gone.append(detach->nic.pci);
    return insideName(*vm.domain, pci, gone);
}

Step writeFileStep(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &before,
                   const QByteArray &after, const QString &title)
{
    constexpr int plain = 0644;
    Step step = fileStep(vm, path, u"write"_s, title);
    step.command = rewriteLine(input, vm, path, after);
    step.action = WriteGuestFile{placeOf(vm), path, after, sha256Of(before), plain};
    step.diff = difference(path, before, after);
    step.before.append(GuestFileIs{placeOf(vm), path, sha256Of(before)});
    step.verify = {GuestFileIs{placeOf(vm), path, sha256Of(after)}};
    step.undo = {WriteGuestFile{placeOf(vm), path, before, sha256Of(after), plain}};
    step.undoText = putBackLine(input, vm, path);
    return step;
}

Step newFileStep(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &content,
                 int mode, const QString &title)
{
    Step step = fileStep(vm, path, u"write"_s, title);
    step.command = writeLine(input, vm, path, content, mode);
    step.action = WriteGuestFile{placeOf(vm), path, content, {}, mode};
    step.diff = difference(path, {}, content);
    step.before.append(GuestFileIs{placeOf(vm), path, {}});
    step.verify = {GuestFileIs{placeOf(vm), path, sha256Of(content)}};
    step.undo = {RemoveGuestFile{placeOf(vm), path, sha256Of(content)}};
    step.undoText = removeLine(input, vm, path);
    return step;
}

Step removeFileStep(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &before,
                    const QString &title)
{
    constexpr int plain = 0644;
    Step step = fileStep(vm, path, u"remove"_s, title);
    step.command = removeLine(input, vm, path);
    step.action = RemoveGuestFile{placeOf(vm), path, sha256Of(before)};
    step.diff = difference(path, before, {});
    step.before.append(GuestFileIs{placeOf(vm), path, sha256Of(before)});
    step.verify = {GuestFileIs{placeOf(vm), path, {}}};
    step.undo = {WriteGuestFile{placeOf(vm), path, before, {}, plain}};
    step.undoText = putBackLine(input, vm, path);
    return step;
}

Step interfaceStep(const PlanInput &input, const VmView &vm, const QString &device,
                   std::optional<PciAddress> pci, const QString &path, const QString &address, bool up)
{
    Step step;
    step.id = (up ? u"up-"_s : u"down-"_s) + device;
    step.title = up ? u"Bring %1 up inside %2"_s.arg(device, vm.domain->name)
                    : u"Take %1 down inside %2"_s.arg(device, vm.domain->name);
    step.machine = vm.subject;
    step.command = interfaceLine(input, vm, device, path, up, address);
    step.action = SetGuestInterface{placeOf(vm), device, pci, path, up, address};
    step.before = {GuestReachable{placeOf(vm)}};
    const auto ip = Ipv4::fromString(address.section(u'/', 0, 0));
    if (ip) {
        if (!up)
            step.before.append(GuestAddressIs{placeOf(vm), *ip, pci, true});
        step.verify = {GuestAddressIs{placeOf(vm), *ip, up ? pci : std::nullopt, up}};
        step.undone = {GuestAddressIs{placeOf(vm), *ip, up ? std::nullopt : pci, !up}};
    }
    step.undo = {SetGuestInterface{placeOf(vm), device, pci, path, !up, address}};
    step.undoText = interfaceLine(input, vm, device, path, !up, address);
    step.disruptive = !up;
    if (!up)
        step.outage = outageOf(address.section(u'/', 0, 0), true);
    return step;
}

QString outageOf(const QString &address, bool comesBack)
{
    return comesBack ? u"%1 does not answer until the plan ends (up to a minute)"_s.arg(address)
                     : u"%1 does not answer any more"_s.arg(address);
}

Step downStep(const PlanInput &input, const VmView &vm, const InsideUnit &unit, const QString &path,
              Ipv4 address, bool comesBack)
{
    const auto pci = unit.running->pci ? std::optional(unit.running->pci->value) : std::nullopt;
    Step down = interfaceStep(input, vm, unit.name, pci, path, withPrefix(unit, address), false);
    down.outage = outageOf(address.toString(), comesBack);
    if (unit.running->mac) {
        down.undo.append(AnnounceAddress{placeOf(vm), pci, unit.name, address, *unit.running->mac, 3});
        down.undoText += u'\n' + announceLine(input, vm, unit.name, address);
    }
    return down;
}

Step announceStep(const PlanInput &input, const VmView &vm, const QString &device,
                  std::optional<PciAddress> pci, Ipv4 address, MacAddress mac)
{
    Step step;
    step.id = u"announce-"_s + address.toString();
    step.title =
        u"Tell the neighbours three times that %1 is at %2"_s.arg(address.toString(), mac.toString());
    step.machine = vm.subject;
    step.command = announceLine(input, vm, device, address);
    step.action = AnnounceAddress{placeOf(vm), pci, device, address, mac, 3};
    step.before = {GuestAddressIs{placeOf(vm), address, pci, true}};
    step.verify = {GuestAddressIs{placeOf(vm), address, pci, true}};
    step.undoText = u"nothing to take back: what is taken back later is announced anew"_s;
    return step;
}

} // namespace tropo
