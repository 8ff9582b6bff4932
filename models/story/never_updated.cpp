#include "models/fleet/subject.h"
#include "models/story/tellers.h"

#include <algorithm>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array rules{"guest-os-eol"_L1, "guest-packages-stale"_L1, "container-os-eol"_L1,
                           "guest-docker-eol"_L1, "guest-kernel-eol"_L1};

/// The image below the VM's disks whose name bears a date, as 20181016 in
/// "fedora-28-docker-base-20181016.qcow".
QString imageOf(const VmView &vm, const QDate &date, QList<Source> &sources)
{
    const DomainForm *form = vm.domain->current();
    for (const Disk &disk : form ? form->disks : QList<Disk>())
        for (const QString &backing : disk.backing)
            if (backing.contains(date.toString(u"yyyyMMdd")) ||
                backing.contains(date.toString(Qt::ISODate))) {
                sources.append(disk.source);
                return backing.section(u'/', -1);
            }
    return {};
}

void guess(Draft &draft, const VmView &vm, const QList<PackageTransaction> &packages)
{
    const PackageTransaction &last = packages.front();
    QList<Source> sources{last.source};
    const QString image = imageOf(vm, last.time.date(), sources);
    QString history;
    if (packages.size() < 5)
        history = QStringLiteral(": its package history has no more than %1")
                      .arg(packages.size() == 1 ? QStringLiteral("one entry")
                                                : QStringLiteral("%1 entries").arg(packages.size()));
    const QString made = image.isEmpty() ? QStringLiteral("about then")
                                         : QStringLiteral("from the base image %1 of that day").arg(image);
    draft.guess(
        QStringLiteral("Probably it was made %1, and nobody has updated it since%2.").arg(made, history),
        sources);
}

} // namespace

QList<Draft> neverUpdated(const StoryInput &input)
{
    QMap<QString, QList<const Finding *>> byVm;
    for (const Finding *finding : input.pool.of(rules))
        byVm[subject::vmOf(finding->subject)].append(finding);
    QList<Draft> drafts;
    for (auto it = byVm.cbegin(); it != byVm.cend(); ++it) {
        const VmView *vm = input.vms.value(it.key());
        if (!vm)
            continue;
        const QString name = vm->domain->name;
        const auto &packages = vm->domain->guest ? vm->domain->guest->packages : std::nullopt;
        const auto isStale = [](const Finding *finding) {
            return finding->rule == "guest-packages-stale"_L1;
        };
        const bool dated = packages && !packages->isEmpty() && packages->front().time.isValid() &&
                           std::any_of(it->begin(), it->end(), isStale);
        Draft draft("never-updated", it.key(),
                    dated ? QStringLiteral("%1 has not been updated since %2")
                                .arg(name, packages->front().time.date().toString(Qt::ISODate))
                          : QStringLiteral("%1 and what runs in it are past their time").arg(name));
        draft.add(*it);
        if (dated)
            guess(draft, *vm, *packages);
        else
            draft.guess(QStringLiteral("Probably they were made at one time, and nobody renews them."));
        draft.mend({},
                   QStringLiteral(
                       "Build a new VM on a supported system and move what runs there; an upgrade in place "
                       "over several releases seldom ends well."));
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
