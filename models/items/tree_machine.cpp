#include "models/items/tree_growth.h"
#include "models/items/visible_text.h"

#include <algorithm>

namespace tropo {

namespace {

/// Rows of a table that may be long, as facts.
constexpr qsizetype mostRows = 12;

QString sizeText(qint64 kib)
{
    constexpr qint64 mib = 1024;
    constexpr qint64 gib = mib * 1024;
    const auto in = [kib](qint64 unit) {
        return QString::number(static_cast<double>(kib) / static_cast<double>(unit), 'f', 1);
    };
    return kib >= gib ? TreeWords::tr("%1 GiB").arg(in(gib)) : TreeWords::tr("%1 MiB").arg(in(mib));
}

/// On a disk: not memory, not a container's view of its host's, not an image that is mounted and always full.
bool isOnDisk(const Filesystem &filesystem)
{
    return filesystem.device.startsWith(u'/') && !filesystem.device.startsWith(QLatin1String("/dev/loop"));
}

/// The fullest first.
void addFilesystems(Facts &facts, const QList<Filesystem> &all)
{
    QList<Filesystem> disks;
    for (const Filesystem &one : all)
        if (isOnDisk(one))
            disks.append(one);
    std::stable_sort(disks.begin(), disks.end(), [](const Filesystem &a, const Filesystem &b) {
        return a.usedPercent().value_or(0) > b.usedPercent().value_or(0);
    });
    for (const Filesystem &one : disks.first(qMin(disks.size(), mostRows)))
        facts.add(
            TreeWords::tr("File system %1").arg(one.mount),
            TreeWords::tr("%1 % of %2 used, %3 free, on %4")
                .arg(one.usedPercent() ? QString::number(*one.usedPercent(), 'f', 0) : QStringLiteral("0"),
                     sizeText(one.kib), sizeText(qMax(one.availableKib, qint64(0))), one.device));
    if (disks.size() > mostRows)
        facts.add(TreeWords::tr("File systems"),
                  TreeWords::tr("and %1 more, less full").arg(disks.size() - mostRows));
}

/// How far the clock was from the collector's when both were read; empty where that is not known.
QString clockText(const Machine &machine)
{
    if (!machine.clock)
        return {};
    const QString time = timeText(machine.clock->value);
    if (!machine.clockRead.isValid())
        return time;
    // A clock is read in whole seconds, and its answer takes a moment to arrive.
    constexpr qint64 unavoidable = 2;
    const qint64 ahead = machine.clockRead.secsTo(machine.clock->value);
    if (qAbs(ahead) <= unavoidable)
        return joined({time, TreeWords::tr("as the collector's")});
    return joined({time, ahead > 0 ? TreeWords::tr("%1 s ahead of the collector's").arg(ahead)
                                   : TreeWords::tr("%1 s behind the collector's").arg(-ahead)});
}

} // namespace

void addMachineFacts(Facts &facts, const Machine &machine)
{
    facts.known(TreeWords::tr("System"), machine.os ? machine.os->pretty : QString())
        .add(TreeWords::tr("Kernel"), machine.kernel ? machine.kernel->value : QString())
        .add(TreeWords::tr("Clock"), clockText(machine))
        .add(TreeWords::tr("Machine id"), machine.machineId ? machine.machineId->value : QString());
    if (machine.filesystems)
        addFilesystems(facts, *machine.filesystems);
    if (machine.persistentNames)
        for (const PersistentName &one : *machine.persistentNames)
            facts.add(TreeWords::tr("Name kept by udev: %1").arg(one.name), one.mac.toString());
}

} // namespace tropo
