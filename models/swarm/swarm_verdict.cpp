#include "models/swarm/swarm_verdict.h"

#include "models/swarm/row_verdict.h"
#include "models/swarm/swarm_ids.h"

#include <algorithm>

namespace tropo {

namespace {

// One container.

bool isElsewhere(const SwarmCopy &copy, const SwarmEvidence &evidence)
{
    const SwarmNode *here = evidence.nodeOf(*copy.engine);
    const QString &there = copy.task->node;
    return here && !there.isEmpty() && here->hostname != there &&
           !evidence.manager().nodesNamed(there).isEmpty();
}

void judgeKnownTask(SwarmCopy &copy, const SwarmEvidence &evidence)
{
    const SwarmNode *node = evidence.nodeOf(*copy.engine);
    const QString nodeWords =
        node && isDown(*node)           ? QStringLiteral("whose node its manager calls %1").arg(node->status)
        : evidence.isGone(*copy.engine) ? QStringLiteral("whose node its manager no longer has")
                                        : QString();
    const WantedState wanted = wantedState(copy.task->desiredState);
    if (wanted == WantedState::Stopped) {
        copy.verdict = nodeWords.isEmpty() ? SwarmVerdict::NotWanted : SwarmVerdict::NodeDown;
        copy.words = QStringLiteral("which its manager wants %1").arg(copy.task->desiredState.toLower());
        if (!nodeWords.isEmpty())
            copy.words += QStringLiteral(" and ") + nodeWords;
    } else if (wanted == WantedState::Unknown) {
        copy.words = QStringLiteral("of which its manager does not say what it wants");
    } else if (!nodeWords.isEmpty()) {
        copy.verdict = SwarmVerdict::NodeDown;
        copy.words = nodeWords;
    } else if (isElsewhere(copy, evidence)) {
        copy.verdict = SwarmVerdict::WrongNode;
        copy.words = QStringLiteral("which its manager has on %1").arg(copy.task->node);
    } else {
        copy.verdict = SwarmVerdict::AsWanted;
        copy.words = QStringLiteral("which its manager wants");
    }
}

void judgeUnknownTask(SwarmCopy &copy, const SwarmService &service, const SwarmEvidence &evidence)
{
    const ManagerView &manager = evidence.manager();
    const Engine &engine = *copy.engine->engine;
    if (engine.swarmState && engine.swarmState->value == QLatin1String("inactive")) {
        copy.verdict = SwarmVerdict::UnknownTask;
        copy.words = QStringLiteral("whose engine is in no Swarm");
    } else if (!manager.engine()) {
        return;
    } else if (!evidence.isCertain(*copy.engine)) {
        copy.words = QStringLiteral("which may be another Swarm's");
    } else if (evidence.mayBeNewer(*copy.engine, *copy.container)) {
        copy.words = QStringLiteral("which may be newer than what its manager said");
    } else if (manager.knowsServices() && !service.listed) {
        copy.verdict = SwarmVerdict::UnknownService;
        copy.words = QStringLiteral("of a service that its manager does not know");
    } else if (manager.knowsTasks()) {
        const QString &node = copy.container->task->nodeId;
        const bool nodeUnknown = manager.knowsNodes() && !swarmIdKey(node).isEmpty() && !manager.node(node);
        copy.verdict = SwarmVerdict::UnknownTask;
        copy.words = nodeUnknown ? QStringLiteral("of which its manager knows neither task nor node")
                                 : QStringLiteral("which its manager does not know");
    }
}

void judgeCopy(SwarmCopy &copy, const SwarmService &service, const SwarmEvidence &evidence)
{
    if (!copy.running) {
        copy.verdict = copy.engine->containersKnown ? SwarmVerdict::AsWanted : SwarmVerdict::NotKnown;
        if (!copy.engine->containersKnown)
            copy.words = QStringLiteral("which was not read again since");
    } else if (copy.task) {
        judgeKnownTask(copy, evidence);
    } else {
        judgeUnknownTask(copy, service, evidence);
    }
}

// The whole service.

/// Whether the place counts against what the service asks for: what no manager knows, and what runs on a
/// node that it does not hear, has another cause.
bool counts(const SwarmRow &row, const SwarmEvidence &evidence)
{
    for (const SwarmCopy *copy : row.running())
        if (copy->verdict != SwarmVerdict::UnknownTask && copy->verdict != SwarmVerdict::UnknownService &&
            copy->verdict != SwarmVerdict::NodeDown)
            return true;
    return row.verdict == SwarmVerdict::NotKnown && row.wantedTask() && evidence.manager().knowsTasks();
}

std::optional<int> surplusOf(const SwarmService &service, const SwarmEvidence &evidence)
{
    const Service *listed = service.listed;
    if (!listed || !listed->desired || service.isChanging() ||
        listed->mode.contains(QLatin1String("job"), Qt::CaseInsensitive))
        return {};
    int places = 0;
    int copies = 0;
    for (const SwarmRow &row : service.rows) {
        places += counts(row, evidence) ? 1 : 0;
        copies += static_cast<int>(row.running().size());
    }
    int surplus = qMax(0, places - *listed->desired);
    // The manager's own count says less than its tasks: a task on a node that is down counts as running.
    const ManagerView &manager = evidence.manager();
    const bool allUp =
        manager.knowsNodes() && std::none_of(manager.nodes().begin(), manager.nodes().end(), &isDown);
    if (!manager.knowsTasks() && allUp && listed->running) {
        const int repeated = qMax(0, copies - service.runningPlaces());
        surplus = qMax(surplus, *listed->running - *listed->desired - repeated);
    }
    return surplus;
}

} // namespace

void decide(SwarmService &service, const SwarmEvidence &evidence)
{
    for (SwarmRow &row : service.rows) {
        for (SwarmCopy &copy : row.copies)
            judgeCopy(copy, service, evidence);
        decideRow(row, service, evidence);
    }
    service.rows.removeIf([](const SwarmRow &row) { return row.why.isEmpty(); });
    service.surplus = surplusOf(service, evidence);
    for (SwarmRow &row : service.rows)
        if (row.verdict == SwarmVerdict::NotWanted && service.surplus.value_or(0) > 0) {
            row.verdict = SwarmVerdict::OverCount;
            row.why += QStringLiteral(" The service asks for %1.").arg(*service.listed->desired);
            row.sources.append(service.listed->source);
        }
}

} // namespace tropo
