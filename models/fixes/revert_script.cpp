#include "models/fixes/revert_script.h"

#include "models/fixes/guest_steps.h"
#include "models/fixes/typed.h"

#include <QUrl>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// libvirt as the hypervisor itself calls it: without the way there.
QString localUri(const Policy &policy, const QString &hypervisor)
{
    const HypervisorPolicy *one = policy.hypervisor(hypervisor);
    const QUrl uri(one ? one->uri : QString());
    const QString driver = uri.scheme().section(u'+', 0, 0);
    return driver.isEmpty() ? u"qemu:///system"_s : u"%1://%2"_s.arg(driver, uri.path());
}

/// What a guest calls the device at a slot, as a word; it is looked up when the line runs.
QString deviceWord(const QString &device, const std::optional<PciAddress> &pci)
{
    if (!pci)
        return shellWord(device);
    const QString folder = u"/sys/bus/pci/devices/"_s + pci->toString();
    return u"\"$(ls %1/net %1/virtio*/net 2>/dev/null | grep -v : | head -n 1)\""_s.arg(folder);
}

QString modeOf(const QString &path, int mode)
{
    // Both programs refuse, or complain of, files that others may read.
    const bool isSecret = path.contains(u"/NetworkManager/"_s) || path.contains(u"/netplan/"_s);
    return isSecret ? u"600"_s : QString::number(mode, 8);
}

QString isFile(const QString &path, const QString &sha256)
{
    const QString word = shellWord(path);
    return sha256.isEmpty() ? u"[ ! -e %1 ]"_s.arg(word)
                            : u"[ \"$(sha256sum <%1 | cut -c 1-64)\" = %2 ]"_s.arg(word, shellWord(sha256));
}

struct Writer
{
    const Policy &policy;

    QString virsh(const NicPlace &nic, const QString &verb, const QByteArray &xml) const
    {
        return u"printf %s %1 | virsh -c %2 %3 %4 /dev/stdin %5\n"_s.arg(
            shellWord(QString::fromUtf8(xml)), shellWord(localUri(policy, nic.vm.hypervisor)), verb,
            shellWord(nic.vm.uuid), nic.form == NicForm::Live ? u"--live"_s : u"--config"_s);
    }
    QString operator()(const DetachNic &a) const { return virsh(a.nic, u"detach-device"_s, a.xml); }
    QString operator()(const AttachNic &a) const { return virsh(a.nic, u"attach-device"_s, a.xml); }
    QString operator()(const SetNicLink &a) const { return virsh(a.nic, u"update-device"_s, a.xml); }
    QString operator()(const WriteGuestFile &a) const
    {
        const QString next = shellWord(a.path.section(u'/', 0, -2) + u"/.troposcope-revert"_s);
        const QString path = shellWord(a.path);
        return u"if %1; then printf %s %2 >%3 && chmod %4 %3 && mv %3 %5; restorecon %5 2>/dev/null; fi\n"_s
            .arg(isFile(a.path, a.oldSha256), shellWord(QString::fromUtf8(a.content)), next,
                 modeOf(a.path, a.mode), path);
    }
    QString operator()(const RemoveGuestFile &a) const
    {
        return u"if %1; then rm -f %2; fi\n"_s.arg(isFile(a.path, a.oldSha256), shellWord(a.path));
    }
    QString operator()(const SetGuestInterface &a) const
    {
        const QString device = deviceWord(a.device, a.pci);
        const QString line = interfaceCommand(u"\"$device\""_s, a.path, a.up, a.address);
        if (!a.up)
            return u"device=%1; [ -z \"$device\" ] || { %2; }\n"_s.arg(device, line);
        // It comes back from outside first, by another timer.
        return u"tries=0; until device=%1; [ -n \"$device\" ]; do tries=$((tries + 1)); "
               u"[ $tries -lt 300 ] || exit 1; sleep 2; done\n"
               u"ip -o -4 addr show dev \"$device\" | grep -qF %2 || { %3; }\n"_s.arg(
                   device, shellWord(u' ' + a.address.section(u'/', 0, 0) + u'/'), line);
    }
    QString operator()(const AnnounceAddress &a) const
    {
        return u"device=%1; [ -z \"$device\" ] || { %2; }\n"_s.arg(
            deviceWord(a.device, a.pci), announceCommand(u"\"$device\""_s, a.address));
    }
    template <typename Other> QString operator()(const Other &) const { return {}; }
};

/// A tool of iputils or busybox asks as one who has no address yet: exit status 1 is an answer.
QString unlessAnswered(const AddressSilent &silent)
{
    return u"case $(arping -V 2>&1) in *iputils*) arping=arping ;; *) arping='busybox arping' ;; esac\n"
           u"$arping -D -q -c 3 -w 3 -I %1 %2 >/dev/null 2>&1\n"
           u"[ $? -ne 1 ] || { echo %3; exit 3; }\n"_s.arg(
               shellWord(silent.bridge), silent.address.toString(),
               shellWord(silent.address.toString() + u" is answered for, so its NIC is not given back"_s));
}

bool gives(const Action &action)
{
    return std::holds_alternative<AttachNic>(action);
}

struct Side
{
    using Found = std::optional<RevertSide>;
    Found operator()(const DetachNic &a) const { return RevertSide{a.nic.vm, false}; }
    Found operator()(const AttachNic &a) const { return RevertSide{a.nic.vm, false}; }
    Found operator()(const SetNicLink &a) const { return RevertSide{a.nic.vm, false}; }
    Found operator()(const WriteGuestFile &a) const { return RevertSide{a.vm, true}; }
    Found operator()(const RemoveGuestFile &a) const { return RevertSide{a.vm, true}; }
    Found operator()(const SetGuestInterface &a) const { return RevertSide{a.vm, true}; }
    Found operator()(const AnnounceAddress &a) const { return RevertSide{a.vm, true}; }
    template <typename Other> Found operator()(const Other &) const { return {}; }
};

} // namespace

std::optional<RevertSide> revertSideOf(const Action &action)
{
    return std::visit(Side{}, action);
}

QByteArray revertScript(const QList<Action> &actions, const RevertSide &side, const Policy &policy,
                        const std::optional<AddressSilent> &silent)
{
    QString text = u"umask 077\n"_s;
    if (silent && !side.inside && std::any_of(actions.begin(), actions.end(), gives))
        text += unlessAnswered(*silent);
    for (const Action &action : actions)
        text += std::visit(Writer{policy}, action);
    return text.toUtf8();
}

} // namespace tropo
