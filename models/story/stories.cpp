#include "models/story/tellers.h"

#include <algorithm>
#include <array>

namespace tropo {

namespace {

constexpr std::array tellers{&hypervisorUnreachable, &floatConfused, &floatHalfMoved, &clonedVm,
                             &fileOfAnotherNic,      &networkBroken, &bridgeBroken,   &movedVm,
                             &swarmRestarted,        &neverUpdated};

} // namespace

QString chapterName(Chapter chapter)
{
    switch (chapter) {
    case Chapter::Should:
        return QStringLiteral("should");
    case Chapter::Is:
        return QStringLiteral("is");
    case Chapter::History:
        return QStringLiteral("history");
    case Chapter::Consequence:
        return QStringLiteral("consequence");
    case Chapter::Remedy:
        return QStringLiteral("remedy");
    }
    return {};
}

QList<Story> stories(const Fleet &fleet, const Policy &policy, const QList<Finding> &findings)
{
    const VmIndex index(fleet);
    const Witnesses witnesses(fleet, index);
    QHash<QString, const VmView *> vms;
    for (const VmView &vm : index.vms())
        vms.insert(vm.subject, &vm);
    FindingPool pool(findings);
    QList<Story> all;
    for (const Teller teller : tellers) {
        for (const Draft &draft : teller({fleet, policy, index, witnesses, pool, vms})) {
            const auto &members = draft.findings();
            const auto isFree = [&pool](const Finding *finding) { return pool.isFree(*finding); };
            // Of two drafts of one kind that want a finding, the first has it.
            const auto story =
                std::all_of(members.begin(), members.end(), isFree) ? draft.finished() : std::nullopt;
            if (!story)
                continue;
            for (const Finding *finding : members)
                pool.take(*finding);
            all.append(*story);
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Story &a, const Story &b) {
        return std::tuple(a.accepted, b.severity, a.subject, a.cause) <
               std::tuple(b.accepted, a.severity, b.subject, b.cause);
    });
    return all;
}

} // namespace tropo
