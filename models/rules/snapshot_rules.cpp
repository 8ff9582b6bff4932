#include "models/rules/about.h"
#include "models/rules/disk_facts.h"
#include "models/rules/disk_rules.h"
#include "models/rules/known_list.h"

#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace tropo {

namespace {

/// How many domains stand on an image, so that a base which several share is not taken for a leftover.
QHash<QString, QSet<QString>> domainsByBacking(const RuleInput &input, const ImageIndex &images)
{
    QHash<QString, QSet<QString>> domains;
    for (const VmView &vm : input.index.vms())
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive})
            if (*form)
                for (const Disk &disk : (*form)->disks)
                    for (const QString &path : images.chainOf(*vm.hypervisor, disk).mid(1))
                        domains[images.keyOfPath(*vm.hypervisor, path)].insert(vm.subject);
    return domains;
}

/// Whether a file is what an external snapshot leaves: beside the file that it stands on, and named after it.
/// libvirt puts the snapshot's name in place of the suffix ("Ulov.qcow2" becomes "Ulov.before-upgrade"). A
/// disk on a base image, which lies elsewhere or bears another name, is none.
bool isSnapshotOf(const QString &overlay, const QString &backing, const QString &domain)
{
    const QFileInfo above(overlay);
    const QFileInfo below(backing);
    const QString stem = below.completeBaseName();
    if (above.path() != below.path() || stem.isEmpty() || above.fileName() == below.fileName() ||
        !above.fileName().startsWith(stem))
        return false;
    if (stem.compare(domain, Qt::CaseInsensitive) == 0)
        return true;
    static const QStringList formats{QStringLiteral("qcow2"), QStringLiteral("qcow"), QStringLiteral("img"),
                                     QStringLiteral("raw"),   QStringLiteral("qed"),  QStringLiteral("vmdk")};
    const QString rest = above.fileName().sliced(stem.size());
    return rest.startsWith(u'.') && !formats.contains(rest.sliced(1).toLower()) &&
           rest.sliced(1).compare(domain, Qt::CaseInsensitive) != 0;
}

QString snapshotsSentence(const Domain &domain, QList<Source> &sources)
{
    QList<DomainSnapshot> snapshots = readOf(domain.snapshots);
    std::stable_sort(snapshots.begin(), snapshots.end(), [](const auto &a, const auto &b) {
        return std::tie(a.created, a.name) < std::tie(b.created, b.name);
    });
    QStringList names;
    for (const DomainSnapshot &snapshot : snapshots) {
        sources.append(snapshot.source);
        names.append(
            snapshot.created.isValid()
                ? QStringLiteral("%1 of %2").arg(snapshot.name, snapshot.created.date().toString(Qt::ISODate))
                : snapshot.name);
    }
    if (names.isEmpty())
        return {};
    return QStringLiteral("libvirt keeps %1 of it: %2.")
        .arg(counted(snapshots.size(), QStringLiteral("snapshot"), QStringLiteral("snapshots")),
             someOf(names, QStringLiteral(", ")));
}

QString overlaySentence(const VmView &vm, const ImageIndex &images,
                        const QHash<QString, QSet<QString>> &domainsOn, QList<Source> &sources)
{
    const DomainForm *form = vm.domain->current();
    if (!form)
        return {};
    QStringList overlays;
    for (const Disk &disk : form->disks) {
        const QStringList chain = images.chainOf(*vm.hypervisor, disk);
        for (qsizetype i = 0; i + 1 < chain.size(); ++i) {
            const bool isAlone = domainsOn.value(images.keyOfPath(*vm.hypervisor, chain[i + 1])).size() < 2;
            if (!isAlone || !isSnapshotOf(chain[i], chain[i + 1], vm.domain->name))
                continue;
            overlays.append(QStringLiteral("%1 (%2) stands on %3").arg(chain[i], disk.target, chain[i + 1]));
            sources.append(disk.source);
        }
    }
    if (overlays.isEmpty())
        return {};
    return QStringLiteral("Its disk still runs on what a snapshot left: %1.")
        .arg(someOf(overlays, QStringLiteral("; ")));
}

} // namespace

QList<Finding> domainSnapshotLeft(const RuleInput &input)
{
    const ImageIndex images(input.fleet);
    const auto domainsOn = domainsByBacking(input, images);
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        QList<Source> sources;
        QStringList sentences{snapshotsSentence(*vm.domain, sources),
                              overlaySentence(vm, images, domainsOn, sources)};
        sentences.removeAll(QString());
        if (!sentences.isEmpty())
            findings.append(
                about(vm.subject,
                      QStringLiteral("%1 on %2: %3")
                          .arg(vm.domain->name, vm.hypervisor->name, sentences.join(QLatin1Char(' '))),
                      sources));
    }
    return findings;
}

} // namespace tropo
