#include "models/fleet/subject.h"
#include "models/story/tellers.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array rules{"guest-os-eol"_L1, "guest-packages-stale"_L1, "container-os-eol"_L1,
                           "guest-docker-eol"_L1, "guest-kernel-eol"_L1};

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
        const bool dated = packages && !packages->isEmpty() && packages->front().time.isValid();
        Draft draft("never-updated", it.key(),
                    dated ? QStringLiteral("%1 has not been updated since %2")
                                .arg(name, packages->front().time.date().toString(Qt::ISODate))
                          : QStringLiteral("%1 and what runs in it are past their time").arg(name));
        draft.add(*it);
        if (dated && packages->size() < 5)
            draft.guess(QStringLiteral(
                            "Probably it was made from a base image of that time, and nobody has updated it "
                            "since: its package history has no more than %1 entries.")
                            .arg(packages->size()),
                        {packages->front().source});
        else
            draft.guess(QStringLiteral("Probably nobody updates it any more."));
        draft.mend({},
                   QStringLiteral(
                       "Build a new VM on a supported system and move what runs there; an upgrade in place "
                       "over several releases seldom ends well."));
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
