#include "models/rules/swarm_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <QMap>
#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

/// During an update any of this is so for a moment: one reading cannot tell.
Finding seenOnce(const QString &subject, const QString &message, const QList<Source> &sources,
                 const QStringList &related = {})
{
    Finding finding = about(subject, message, sources, related);
    finding.sighting = Sighting::Once;
    return finding;
}

bool isDuplicate(const SwarmRow &row)
{
    return row.verdict == SwarmVerdict::OverCount && row.running().size() > 1;
}

/// The one container of a row that has exactly one running.
const SwarmCopy *onlyCopy(const SwarmRow &row)
{
    const auto running = row.running();
    return running.size() == 1 ? running.front() : nullptr;
}

template <typename Each> void forEachService(const RuleInput &input, const Each &each)
{
    for (const Swarm &swarm : input.swarm.swarms())
        for (const SwarmService &service : swarm.services)
            each(swarm, service);
}

QString managerOf(const Swarm &swarm)
{
    return swarm.manager.engine() ? QStringLiteral("its manager %1").arg(swarm.manager.engine()->domain->name)
                                  : QStringLiteral("its manager");
}

} // namespace

QList<Finding> containerTaskDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    forEachService(input, [&findings](const Swarm &swarm, const SwarmService &service) {
        QStringList sentences;
        QStringList related;
        QList<Source> sources;
        QString vm;
        for (const SwarmRow &row : service.rows) {
            if (!isDuplicate(row))
                continue;
            QStringList copies;
            for (const SwarmCopy *copy : row.running()) {
                copies.append(copy->text());
                related.append(copy->subject());
                if (vm.isEmpty() || copy->engine->subject < vm)
                    vm = copy->engine->subject;
            }
            sources.append(row.sources);
            sentences.append(
                QStringLiteral("%1 runs %2 times (%3)")
                    .arg(row.place(), QString::number(copies.size()), someOf(copies, QStringLiteral("; "))));
        }
        if (sentences.isEmpty())
            return;
        QString message = QStringLiteral("Swarm service %1: %2.")
                              .arg(service.name, someOf(sentences, QStringLiteral(", ")));
        if (!swarm.manager.engine())
            message += QStringLiteral(" No manager of it was read, so which of them it wants is not known.");
        findings.append(seenOnce(subject::service(vm, service.name), message, sources, related));
    });
    return findings;
}

QList<Finding> containerOverReplicas(const RuleInput &input)
{
    QList<Finding> findings;
    forEachService(input, [&findings](const Swarm &swarm, const SwarmService &service) {
        if (service.surplus.value_or(0) == 0)
            return;
        QStringList places;
        QStringList related;
        QList<Source> sources{service.listed->source};
        for (const SwarmRow &row : service.rows)
            for (const SwarmCopy *copy : row.running()) {
                places.append(row.place() + QStringLiteral(" as ") + copy->text());
                related.append(copy->subject());
                sources.append(copy->container->source);
                if (copy->task)
                    sources.append(copy->task->source);
            }
        QString message =
            QStringLiteral("Swarm service %1 asks for %2 and %3 more %4")
                .arg(service.name,
                     counted(*service.listed->desired, QStringLiteral("replica"), QStringLiteral("replicas")),
                     QString::number(*service.surplus),
                     *service.surplus == 1 ? QStringLiteral("runs") : QStringLiteral("run"));
        if (service.runningPlaces() <= *service.listed->desired)
            message += QStringLiteral(", as %1 counts").arg(managerOf(swarm));
        message += places.isEmpty() ? QStringLiteral(".")
                                    : QStringLiteral(": %1.").arg(someOf(places, QStringLiteral("; ")));
        findings.append(seenOnce(service.subject, message, sources, related));
    });
    return findings;
}

QList<Finding> containerOrphan(const RuleInput &input)
{
    QList<Finding> findings;
    forEachService(input, [&findings](const Swarm &swarm, const SwarmService &service) {
        for (const SwarmRow &row : service.rows) {
            const SwarmCopy *copy = onlyCopy(row);
            if (!copy ||
                (row.verdict != SwarmVerdict::UnknownTask && row.verdict != SwarmVerdict::UnknownService &&
                 row.verdict != SwarmVerdict::WrongNode))
                continue;
            const bool noService = row.verdict == SwarmVerdict::UnknownService;
            QString message =
                QStringLiteral("%1 on %2 runs as task %3 of the Swarm service %4, %5.")
                    .arg(copy->container->name, copy->engine->domain->name, copy->container->task->taskId,
                         service.name,
                         noService ? QStringLiteral("which %1 does not know").arg(managerOf(swarm))
                                   : copy->words);
            const auto namesake = std::any_of(
                swarm.services.begin(), swarm.services.end(), [&service](const SwarmService &other) {
                    return other.listed && other.name == service.name && &other != &service;
                });
            if (noService && namesake)
                message += QStringLiteral(" The service of that name that it knows is another one.");
            message += QStringLiteral(" Swarm neither counts nor stops it.");
            findings.append(seenOnce(copy->subject(), message, row.sources, {service.subject}));
        }
    });
    return findings;
}

QList<Finding> containerNotWanted(const RuleInput &input)
{
    QList<Finding> findings;
    forEachService(input, [&findings](const Swarm &, const SwarmService &service) {
        for (const SwarmRow &row : service.rows)
            if (const SwarmCopy *copy = onlyCopy(row); copy && row.verdict == SwarmVerdict::NotWanted)
                findings.append(seenOnce(copy->subject(),
                                         QStringLiteral("Swarm service %1: %2 still runs as %3.")
                                             .arg(service.name, row.place(), copy->text()),
                                         row.sources, {service.subject}));
    });
    return findings;
}

QList<Finding> containerNotRunning(const RuleInput &input)
{
    QList<Finding> findings;
    forEachService(input, [&findings](const Swarm &swarm, const SwarmService &service) {
        QStringList sentences;
        QList<Source> sources;
        for (const SwarmRow &row : service.rows)
            if (row.verdict == SwarmVerdict::NotRunning) {
                sentences.append(row.why);
                sources.append(row.sources);
            }
        // Without its tasks, a manager still counts.
        const Service *listed = service.listed;
        const bool isJob = listed && listed->mode.contains(QLatin1String("job"), Qt::CaseInsensitive);
        if (listed && !swarm.manager.knowsTasks() && !service.isChanging() && !isJob && listed->running &&
            listed->desired && *listed->running < *listed->desired) {
            sentences.append(QStringLiteral("%1 of %2 run, as %3 counts.")
                                 .arg(QString::number(*listed->running), QString::number(*listed->desired),
                                      managerOf(swarm)));
            sources.append(listed->source);
        }
        if (!sentences.isEmpty())
            findings.append(seenOnce(service.subject,
                                     QStringLiteral("Swarm service %1: %2")
                                         .arg(service.name, someOf(sentences, QStringLiteral(" "))),
                                     sources));
    });
    return findings;
}

QList<Finding> containerNodeDown(const RuleInput &input)
{
    struct Lost
    {
        QStringList copies;
        QStringList related;
        QList<Source> sources;
    };
    QMap<QString, Lost> byVm;
    QSet<QString> explained; // a task that runs twice because of it says so itself
    QMap<QString, const EngineView *> engines;
    forEachService(input, [&](const Swarm &, const SwarmService &service) {
        for (const SwarmRow &row : service.rows)
            for (const SwarmCopy *copy : row.running()) {
                if (copy->verdict != SwarmVerdict::NodeDown)
                    continue;
                const QString &vm = copy->engine->subject;
                if (isDuplicate(row))
                    explained.insert(vm);
                engines.insert(vm, copy->engine);
                byVm[vm].copies.append(copy->container->name + QStringLiteral(", ") + copy->words);
                byVm[vm].related.append(copy->subject());
                byVm[vm].sources.append(row.sources);
            }
    });
    QList<Finding> findings;
    for (auto vm = byVm.cbegin(); vm != byVm.cend(); ++vm)
        if (!explained.contains(vm.key()))
            findings.append(seenOnce(
                vm.key(),
                QStringLiteral("The engine of %1 runs tasks of a Swarm whose manager does not hear it: %2. "
                               "Swarm starts them elsewhere as well. See whether TCP port 2377 of the "
                               "manager can be reached from there.")
                    .arg(engines.value(vm.key())->domain->name, someOf(vm->copies, QStringLiteral("; "))),
                vm->sources, vm->related));
    return findings;
}

} // namespace tropo
