#include "models/fixes/float_inside.h"

#include "models/fixes/files/guest_file_edit.h"
#include "models/fixes/files/guest_paths.h"
#include "models/fixes/files/new_file.h"
#include "models/fixes/guest_files.h"
#include "models/fixes/guest_steps.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What a file will hold after the steps before.
QByteArray textAfter(const QList<Step> &earlier, const VmView &vm, const QString &path,
                     const QByteArray &read)
{
    QByteArray text = read;
    for (const Step &step : earlier)
        if (const auto *write = std::get_if<WriteGuestFile>(&step.action);
            write && write->vm == placeOf(vm) && write->path == path)
            text = write->content;
    return text;
}

Result<GuestFileText> fileOf(const PlanInput &input, const VmView &vm, const InterfaceConfig &config,
                             const QList<Step> &earlier)
{
    auto file = fileTextOf(input, vm, config);
    if (file)
        file->text = textAfter(earlier, vm, file->path, file->text);
    return file;
}

bool gives(const InterfaceConfig &config, Ipv4 address)
{
    return std::any_of(config.addresses.begin(), config.addresses.end(),
                       [&](const auto &one) { return one.value.address == address; });
}

Result<void> addFileRelease(const PlanInput &input, const VmView &vm, const InsideUnit &unit,
                            const FloatPolicy &floating, QList<Step> &steps)
{
    for (const InterfaceConfig *config : unit.configs) {
        if (!gives(*config, floating.address))
            continue;
        const auto file = fileOf(input, vm, *config, steps);
        if (!file)
            return tl::unexpected(file.error());
        const auto rest = withoutAddress(InterfaceEntry::of(*config), file->text, floating.address);
        if (!rest)
            return tl::unexpected(rest.error());
        const QString title = u"%1 %2 from %3 inside %4; a copy is kept there"_s.arg(
            *rest ? u"Take"_s : u"Remove the file that gives"_s, floating.address.toString(), file->path,
            vm.domain->name);
        steps.append(*rest ? writeFileStep(input, vm, file->path, file->text, **rest, title)
                           : removeFileStep(input, vm, file->path, file->text, title));
    }
    return {};
}

} // namespace

Result<QList<Step>> releaseInsideSteps(const PlanInput &input, const VmView &vm, const FloatPolicy &floating)
{
    QList<Step> steps;
    for (const InsideUnit &unit : vm.units) {
        if (!unit.carries(floating.address))
            continue;
        if (const auto way = changeableInside(vm, input.policy); !way)
            return tl::unexpected(way.error());
        const bool isAlone = !unit.running || unit.running->addresses.size() < 2;
        // What else the interface has stays up; and what no file gives only comes and goes.
        const QString path = isAlone ? pathGiving(unit, floating.address) : QString();
        if (hasNow(unit, floating.address))
            steps.append(downStep(input, vm, unit, path, floating.address));
        if (const auto added = addFileRelease(input, vm, unit, floating, steps); !added)
            return tl::unexpected(added.error());
    }
    return steps;
}

namespace {

/// A new file of the guest's own kind, or a stanza more in the one that Debian has.
Result<Step> writeStepFor(const PlanInput &input, const VmView &vm, ConfigFormat format,
                          const AddressSettings &settings, const FloatPolicy &floating,
                          const QList<Step> &earlier)
{
    const auto title = [&](const QString &path) {
        return QString(
            u"Write %1 inside %2, bound to %3"_s.arg(path, vm.domain->name, floating.mac.toString()));
    };
    if (format != ConfigFormat::DebianInterfaces) {
        const auto file = newAddressFile(format, settings, floating.name);
        if (!file)
            return tl::unexpected(file.error());
        return newFileStep(input, vm, file->path, file->text, file->mode, title(file->path));
    }
    for (const InterfaceConfig &config : vm.domain->guest->configs) {
        if (config.format != format)
            continue;
        const auto file = fileOf(input, vm, config, earlier);
        if (!file)
            return tl::unexpected(file.error());
        const auto after = withNewStanza(file->text, settings, floating.name);
        if (!after)
            return tl::unexpected(after.error());
        return writeFileStep(input, vm, file->path, file->text, *after, title(file->path));
    }
    return failure(ErrorKind::Refused, vm.subject, u"its /etc/network/interfaces was not read"_s);
}

} // namespace

Result<QList<Step>> claimInsideSteps(const PlanInput &input, const VmView &vm, const FloatPolicy &floating,
                                     const PciAddress &pci, const QList<Step> &earlier)
{
    if (const auto way = changeableInside(vm, input.policy); !way)
        return tl::unexpected(way.error());
    const auto format = guestFormat(*vm.domain->guest);
    if (!format)
        return failure(
            ErrorKind::Refused, vm.subject,
            u"it is not known how its interfaces are configured (no ifcfg, NetworkManager, netplan or "
            u"interfaces file was read)"_s);
    const QString device = predictedDevice(vm, pci, earlier);
    AddressSettings settings;
    settings.device = device;
    settings.mac = floating.mac;
    settings.address = floating.address;
    settings.prefix = input.policy.floatSubnet ? input.policy.floatSubnet->prefix : 24;
    settings.gateway = input.policy.floatGateway;
    const auto write = writeStepFor(input, vm, *format, settings, floating, earlier);
    if (!write)
        return tl::unexpected(write.error());
    const Step up = interfaceStep(input, vm, device, pci, std::get<WriteGuestFile>(write->action).path,
                                  u"%1/%2"_s.arg(floating.address.toString()).arg(settings.prefix), true);
    return QList<Step>{*write, up, announceStep(input, vm, device, pci, floating.address, floating.mac)};
}

} // namespace tropo
