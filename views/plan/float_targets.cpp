#include "views/plan/float_targets.h"

#include "models/fixes/simulation_start.h"
#include "models/fleet/subject.h"

#include <QCoreApplication>

#include <algorithm>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FloatTargets)
};

const BoardCard *cardIn(const QList<BoardCard> &cards, const QString &name)
{
    const auto it = std::find_if(cards.begin(), cards.end(),
                                 [&name](const BoardCard &card) { return card.name == name; });
    return it == cards.end() ? nullptr : &*it;
}

} // namespace

QString nobodySubject()
{
    return QStringLiteral("nobody");
}

PlanRequest moveRequest(const FloatBoard &board, const QString &name, const QString &subject)
{
    if (subject == nobodySubject())
        return {QStringLiteral("float-release"), {name}, {}};
    return {cardIn(board.loose, name) ? QStringLiteral("float-assign") : QStringLiteral("float-reassign"),
            {name, subject},
            {}};
}

QString whyNotThere(const FloatBoard &board, const QString &name, const QString &subject)
{
    if (subject == nobodySubject())
        return cardIn(board.loose, name)
                   ? Words::tr("No VM that was read holds it, so there is nothing to release.")
                   : QString();
    for (const BoardColumn &column : board.columns)
        for (const BoardVm &vm : column.vms) {
            if (vm.subject != subject)
                continue;
            const BoardCard *card = cardIn(vm.cards, name);
            return card && card->state == CardState::Sound
                       ? Words::tr("%1 has it already, and nobody else does.").arg(vm.name)
                       : QString();
        }
    return Words::tr("What stands there was not read. Refresh that hypervisor first.");
}

QString whyNoPlan(const Snapshot &snapshot, const PlanRequest &request)
{
    if (snapshot.kind == SnapshotKind::Live) {
        const auto plan = makePlan({snapshot.fleet, snapshot.policy, snapshot.evidence}, request);
        return plan ? QString() : plan.error().text();
    }
    const SimulationStart start = simulationStart(snapshot.evidence, snapshot.policy);
    const auto plan = makePlan({start.fleet, start.policy, start.evidence}, request);
    return plan ? QString() : plan.error().text();
}

} // namespace tropo
