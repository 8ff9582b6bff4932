#include "models/rules/disk_space_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <algorithm>

namespace tropo {

namespace {

constexpr double nearlyFull = 90;                ///< per cent of what users can have
constexpr double fullOfAnySize = 97;             ///< from here on also where much is left in numbers
constexpr qint64 littleKib = 10LL * 1024 * 1024; ///< 10 GiB

/// What no file of the machine's own grows in: memory, images that are full by nature, shares of another
/// machine, layers above a file system that is listed itself.
bool isOwnDisk(const Filesystem &filesystem)
{
    const QString &device = filesystem.device;
    const QString &mount = filesystem.mount;
    const auto below = [&mount](const char *folder) {
        const QString path = QString::fromLatin1(folder);
        return mount == path || mount.startsWith(path + u'/');
    };
    if (device.startsWith(QLatin1String("//")) || device.contains(u':'))
        return false;
    if (!device.startsWith(u'/'))
        return device.contains(u'/'); // ZFS has pool/set; tmpfs, overlay and the like are words
    const bool image =
        device.startsWith(QLatin1String("/dev/loop")) || device.startsWith(QLatin1String("/dev/sr")) ||
        device.startsWith(QLatin1String("/dev/cdrom")) || device.startsWith(QLatin1String("/dev/fd"));
    return !image && !below("/snap") && !below("/var/lib/snapd/snap") && !below("/media") &&
           !below("/cdrom") && !below("/run/media") && !below("/proc") && !below("/sys");
}

bool isNearlyFull(const Filesystem &filesystem)
{
    const double percent = filesystem.usedPercent().value_or(0);
    return percent >= nearlyFull && (filesystem.availableKib < littleKib || percent >= fullOfAnySize);
}

QString sizeText(qint64 kib)
{
    const double mib = static_cast<double>(qMax(kib, qint64(0))) / 1024;
    return mib < 1024 ? QStringLiteral("%1 MiB").arg(mib, 0, 'f', 0)
                      : QStringLiteral("%1 GiB").arg(mib / 1024, 0, 'f', 1);
}

std::optional<Finding> nearlyFullOn(const Machine &machine, const QString &subject, const QString &name)
{
    if (!machine.filesystems)
        return {};
    QStringList devices; // one mounted in several places is one
    QStringList texts;
    QList<Source> sources;
    for (const Filesystem &filesystem : *machine.filesystems) {
        if (!isOwnDisk(filesystem) || !isNearlyFull(filesystem) || devices.contains(filesystem.device))
            continue;
        devices.append(filesystem.device);
        texts.append(QStringLiteral("%1 is %2 % full, %3 left of %4")
                         .arg(filesystem.mount)
                         .arg(*filesystem.usedPercent(), 0, 'f', 0)
                         .arg(sizeText(filesystem.availableKib), sizeText(filesystem.kib)));
        sources.append(filesystem.source);
    }
    if (texts.isEmpty())
        return {};
    return about(subject, QStringLiteral("%1: %2.").arg(name, someOf(texts, QStringLiteral("; "))), sources);
}

} // namespace

QList<Finding> guestDiskFull(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms())
        if (vm.domain->guest)
            if (const auto finding = nearlyFullOn(vm.domain->guest->system, vm.subject, vm.domain->name))
                findings.append(*finding);
    return findings;
}

QList<Finding> hostDiskFull(const RuleInput &input)
{
    QList<Finding> findings;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        if (const auto finding =
                nearlyFullOn(hypervisor.host, subject::hypervisor(hypervisor.name), hypervisor.name))
            findings.append(*finding);
    return findings;
}

} // namespace tropo
