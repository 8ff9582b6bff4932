#include "models/rules/disk_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/disk_facts.h"
#include "models/rules/known_list.h"

#include <QDir>
#include <QFileInfo>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

/// A running domain that uses an image.
struct ImageUse
{
    const VmView *vm = nullptr;
    const Disk *disk = nullptr;
    QString path;
    bool writes = false; ///< else it stands on it as a backing file
};

QMap<QString, QList<ImageUse>> usesByImage(const RuleInput &input, const ImageIndex &images)
{
    QMap<QString, QList<ImageUse>> uses;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->isRunning() || !vm.domain->live)
            continue;
        for (const Disk &disk : vm.domain->live->disks) {
            const QStringList chain = images.chainOf(*vm.hypervisor, disk);
            if (!chain.isEmpty() && isWritable(disk) && !disk.shareable)
                uses[images.keyOf(*vm.hypervisor, disk)].append({&vm, &disk, chain.first(), true});
            for (const QString &backing : chain.mid(1))
                uses[images.keyOfPath(*vm.hypervisor, backing)].append({&vm, &disk, backing, false});
        }
    }
    return uses;
}

/// Whether one running domain disturbs another: two write, or one writes what the other stands on.
bool isConflict(const QList<ImageUse> &uses)
{
    QSet<QString> users;
    QSet<QString> uuids;
    bool anyWrites = false;
    bool anyNameless = false;
    for (const ImageUse &use : uses) {
        users.insert(use.vm->subject);
        uuids.insert(use.vm->domain->uuid.toLower());
        anyNameless = anyNameless || use.vm->domain->uuid.isEmpty();
        anyWrites = anyWrites || use.writes;
    }
    // One VM that runs on two hypervisors at once is domain-duplicate's.
    const bool isOneVm = uuids.size() == 1 && !anyNameless;
    return anyWrites && users.size() > 1 && !isOneVm;
}

Finding sharedFinding(QList<ImageUse> uses)
{
    std::stable_sort(uses.begin(), uses.end(), [](const ImageUse &a, const ImageUse &b) {
        return a.vm->subject != b.vm->subject ? a.vm->subject < b.vm->subject
                                              : a.disk->target < b.disk->target;
    });
    QStringList writers;
    QStringList readers;
    QStringList related;
    QList<Source> sources;
    for (const ImageUse &use : uses) {
        const QString who = QStringLiteral("%1 on %2 (%3)")
                                .arg(use.vm->domain->name, use.vm->hypervisor->name, use.disk->target);
        (use.writes ? writers : readers).append(who);
        if (use.vm->subject != uses.first().vm->subject && !related.contains(use.vm->subject))
            related.append(use.vm->subject);
        sources.append(use.disk->source);
    }
    QString message = QStringLiteral("%1 is written by %2")
                          .arg(uses.first().path, someOf(writers, QStringLiteral(" and by ")));
    if (!readers.isEmpty())
        message += QStringLiteral(", and is what %1 %2 on as a backing file")
                       .arg(someOf(readers, QStringLiteral(" and ")),
                            readers.size() == 1 ? QStringLiteral("stands") : QStringLiteral("stand"));
    return about(uses.first().vm->subject, QString(message + u'.'), sources, related);
}

} // namespace

QList<Finding> diskSharedWritable(const RuleInput &input)
{
    const ImageIndex images(input.fleet);
    QList<Finding> findings;
    const auto uses = usesByImage(input, images);
    for (const QList<ImageUse> &image : uses)
        if (isConflict(image))
            findings.append(sharedFinding(image));
    return findings;
}

namespace {

/// Everything that any domain of the fleet stands on, by path: a pool may be shared, so a use on
/// another hypervisor counts.
QSet<QString> usedPaths(const RuleInput &input, const ImageIndex &images)
{
    QSet<QString> used;
    for (const VmView &vm : input.index.vms())
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive})
            if (*form)
                for (const Disk &disk : (*form)->disks)
                    for (const QString &path : images.chainOf(*vm.hypervisor, disk))
                        used.insert(QDir::cleanPath(path));
    return used;
}

/// Whether every disk of a hypervisor's domains is known, so that "no domain" can be said.
bool disksKnown(const Hypervisor &hypervisor)
{
    return hypervisor.domains &&
           std::all_of(hypervisor.domains->begin(), hypervisor.domains->end(), [](const Domain &domain) {
               const auto whole = [](const std::optional<DomainForm> &form) {
                   return form && !form->partial;
               };
               const bool isOff =
                   domain.state == DomainState::ShutOff || domain.state == DomainState::Crashed;
               const bool liveKnown = isOff || whole(domain.live);
               return liveKnown && (domain.persistent == false || whole(domain.inactive));
           });
}

/// Whether a volume is a disk's image. A directory pool lists every file that lies in it as a raw volume, and
/// discs are kept to be put into drives.
bool isImage(const Volume &volume)
{
    static const QStringList formats{QStringLiteral("qcow"), QStringLiteral("qcow2"), QStringLiteral("qed"),
                                     QStringLiteral("vmdk"), QStringLiteral("vdi"),   QStringLiteral("vpc"),
                                     QStringLiteral("vhd"),  QStringLiteral("vhdx")};
    static const QStringList suffixes{QString(), QStringLiteral("img"), QStringLiteral("raw")};
    if (formats.contains(volume.format.toLower()))
        return true;
    return volume.format == QLatin1String("raw") &&
           suffixes.contains(QFileInfo(volume.path).suffix().toLower());
}

QList<const Volume *> unusedVolumes(const Hypervisor &hypervisor, const QSet<QString> &used)
{
    QMap<QString, const Volume *> unused;
    for (const Volume &volume : readOf(hypervisor.volumes)) {
        const QString path = QDir::cleanPath(volume.path);
        if (!volume.path.isEmpty() && isImage(volume) && !used.contains(path))
            unused.insert(path, &volume);
    }
    return unused.values();
}

} // namespace

QList<Finding> diskUnused(const RuleInput &input)
{
    const ImageIndex images(input.fleet);
    const QSet<QString> used = usedPaths(input, images);
    QList<Finding> findings;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
        // A domain that libvirt did not tell of may have any image.
        const auto ofLibvirt = [](const SourceError &error) {
            return error.source.startsWith(QLatin1String("libvirt"));
        };
        const bool allTold = std::none_of(hypervisor.errors.begin(), hypervisor.errors.end(), ofLibvirt);
        if (!hypervisor.volumes || !allTold || !disksKnown(hypervisor))
            continue;
        QStringList paths;
        QList<Source> sources;
        const auto unused = unusedVolumes(hypervisor, used);
        for (const Volume *volume : unused) {
            paths.append(volume->path);
            sources.append(volume->source);
        }
        if (paths.isEmpty())
            continue;
        findings.append(
            about(subject::hypervisor(hypervisor.name),
                  QStringLiteral("%1 keeps %2 that no VM uses, nor any image of one: %3.")
                      .arg(hypervisor.name,
                           counted(unused.size(), QStringLiteral("image"), QStringLiteral("images")),
                           someOf(paths, QStringLiteral(", "))),
                  sources));
    }
    return findings;
}

namespace {

/// A disc that a VM is meant to find at every start: cloud-init's.
bool isSeed(const QString &path)
{
    const QString name = QFileInfo(path).completeBaseName().toLower();
    static const QStringList parts{QStringLiteral("cidata"),      QStringLiteral("cloud-init"),
                                   QStringLiteral("cloudinit"),   QStringLiteral("nocloud"),
                                   QStringLiteral("configdrive"), QStringLiteral("config-drive")};
    return name == QLatin1String("seed") || name.endsWith(QLatin1String("-seed")) ||
           std::any_of(parts.begin(), parts.end(), [&](const QString &part) { return name.contains(part); });
}

bool isDrive(const Disk &disk)
{
    return disk.device == QLatin1String("cdrom") || disk.device == QLatin1String("floppy");
}

} // namespace

QList<Finding> domainMediaLeft(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        QStringList left;
        QList<Source> sources;
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive}) {
            if (!*form)
                continue;
            for (const Disk &disk : (*form)->disks) {
                if (!isDrive(disk) || disk.path.isEmpty() || isSeed(disk.path))
                    continue;
                const QString medium = QStringLiteral("%1 in %2").arg(disk.path, disk.target);
                if (!left.contains(medium))
                    left.append(medium);
                sources.append(disk.source);
            }
        }
        if (left.isEmpty())
            continue;
        left.sort();
        findings.append(
            about(vm.subject,
                  QStringLiteral("%1 on %2 has %3.")
                      .arg(vm.domain->name, vm.hypervisor->name, someOf(left, QStringLiteral(" and "))),
                  sources));
    }
    return findings;
}

} // namespace tropo
