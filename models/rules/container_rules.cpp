#include "models/rules/container_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

struct Copy
{
    const VmView *vm;
    const Engine *engine;
    const Container *container;
};

bool runs(const Container &container)
{
    return container.state == ContainerState::Running || container.state == ContainerState::Restarting ||
           container.state == ContainerState::Paused;
}

/// Which of a service's tasks a container is a copy of: its slot, or its node for a global service.
QString slotOf(const SwarmTaskLabel &task)
{
    if (task.slot)
        return QStringLiteral("slot %1").arg(*task.slot);
    return task.nodeId.isEmpty() ? QString() : QStringLiteral("node %1").arg(task.nodeId);
}

/// Two services that share a name are one, unless their ids or clusters are known to differ.
bool sameService(const Copy &a, const Copy &b)
{
    const SwarmTaskLabel &first = *a.container->task;
    const SwarmTaskLabel &second = *b.container->task;
    if (!first.serviceId.isEmpty() && !second.serviceId.isEmpty())
        return first.serviceId == second.serviceId;
    return a.engine->clusterId.isEmpty() || b.engine->clusterId.isEmpty() ||
           a.engine->clusterId == b.engine->clusterId;
}

using TasksBySlot = QMap<QString, QList<Copy>>;

/// Splits the containers of one service name into services. Those that tell most go first; one that tells
/// too little to say which of several services it is of stands alone, because it is not known to be a copy.
QList<TasksBySlot> splitByService(QList<Copy> copies)
{
    const auto rank = [](const Copy &copy) {
        return !copy.container->task->serviceId.isEmpty() ? 0 : copy.engine->clusterId.isEmpty() ? 2 : 1;
    };
    std::stable_sort(copies.begin(), copies.end(),
                     [&](const Copy &a, const Copy &b) { return rank(a) < rank(b); });
    struct OneService
    {
        QList<Copy> copies;
        QList<Copy> kinds; ///< one for each way in which they tell what they are of
    };
    const auto tellsTheSame = [](const Copy &a, const Copy &b) {
        return a.container->task->serviceId == b.container->task->serviceId &&
               a.engine->clusterId == b.engine->clusterId;
    };
    QList<OneService> services;
    for (const Copy &copy : copies) {
        QList<qsizetype> fitting;
        for (qsizetype i = 0; i < services.size(); ++i)
            if (std::all_of(services[i].kinds.begin(), services[i].kinds.end(),
                            [&](const Copy &other) { return sameService(other, copy); }))
                fitting.append(i);
        if (fitting.size() != 1) {
            services.append({{copy}, {copy}});
            continue;
        }
        OneService &service = services[fitting.front()];
        service.copies.append(copy);
        if (std::none_of(service.kinds.begin(), service.kinds.end(),
                         [&](const Copy &other) { return tellsTheSame(other, copy); }))
            service.kinds.append(copy);
    }
    QList<TasksBySlot> split;
    for (const OneService &service : services) {
        TasksBySlot tasks;
        for (const Copy &copy : service.copies)
            tasks[slotOf(*copy.container->task)].append(copy);
        split.append(tasks);
    }
    return split;
}

/// Running containers of Swarm tasks by service name and slot, split where the services are not the same.
QMap<QString, QList<TasksBySlot>> tasksByService(const RuleInput &input)
{
    QMap<QString, QList<Copy>> byName;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->engine.containers)
            continue;
        const Engine &engine = vm.domain->guest->engine;
        for (const Container &container : *engine.containers) {
            if (!container.task || !runs(container) || slotOf(*container.task).isEmpty())
                continue;
            byName[container.task->service].append({&vm, &engine, &container});
        }
    }
    QMap<QString, QList<TasksBySlot>> services;
    for (auto it = byName.cbegin(); it != byName.cend(); ++it)
        services.insert(it.key(), splitByService(*it));
    return services;
}

/// Tables cut ids to 12 digits.
bool sameTask(const QString &a, const QString &b)
{
    return qMin(a.size(), b.size()) >= 12 && (a.startsWith(b) || b.startsWith(a));
}

/// What the managers say of a task: the manager's list is the truth about which copy is wanted.
QString managersWord(const RuleInput &input, const Copy &copy, QList<Source> &sources)
{
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->engine.tasks)
            continue;
        if (!copy.engine->clusterId.isEmpty() && vm.domain->guest->engine.clusterId != copy.engine->clusterId)
            continue;
        for (const SwarmTask &task : *vm.domain->guest->engine.tasks) {
            if (!sameTask(task.id, copy.container->task->taskId))
                continue;
            sources.append(task.source);
            return task.desiredState.compare(QLatin1String("running"), Qt::CaseInsensitive) == 0
                       ? QStringLiteral(", which its manager wants")
                       : QStringLiteral(", which its manager wants %1").arg(task.desiredState.toLower());
        }
    }
    return {};
}

} // namespace

QList<Finding> containerTaskDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    const auto services = tasksByService(input);
    for (auto service = services.cbegin(); service != services.cend(); ++service) {
        for (const auto &slotsOfOne : *service) {
            QStringList sentences;
            QStringList related;
            QList<Source> sources;
            const VmView *first = nullptr;
            for (auto slot = slotsOfOne.cbegin(); slot != slotsOfOne.cend(); ++slot) {
                if (slot->size() < 2)
                    continue;
                QStringList copies;
                for (const Copy &copy : *slot) {
                    if (!first || copy.vm->subject < first->subject)
                        first = copy.vm;
                    sources.append(copy.container->source);
                    copies.append(QStringLiteral("%1 on %2%3")
                                      .arg(copy.container->name, copy.vm->domain->name,
                                           managersWord(input, copy, sources)));
                    related.append(subject::container(copy.vm->subject, copy.container->name));
                }
                sentences.append(
                    QStringLiteral("%1 runs %2 times (%3)")
                        .arg(slot.key(), QString::number(slot->size()), copies.join(QLatin1String("; "))));
            }
            if (first)
                findings.append(about(subject::service(first->subject, service.key()),
                                      QStringLiteral("Swarm service %1: %2. This is one reading; during an "
                                                     "update it may be so for a moment.")
                                          .arg(service.key(), sentences.join(QLatin1String(", "))),
                                      sources, related));
        }
    }
    return findings;
}

QList<Finding> containerImageShared(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->engine.containers)
            continue;
        QMap<QString, QMap<QString, const Container *>> byImage; // image → service → one of its containers
        for (const Container &container : *vm.domain->guest->engine.containers)
            if (container.task && runs(container) && !container.image.isEmpty())
                byImage[container.image].insert(container.task->service, &container);
        for (auto image = byImage.cbegin(); image != byImage.cend(); ++image) {
            if (image->size() < 2)
                continue;
            const QStringList names = image->keys();
            QStringList related;
            QList<Source> sources;
            for (const Container *container : *image) {
                related.append(subject::container(vm.subject, container->name));
                sources.append(container->source);
            }
            findings.append(about(subject::service(vm.subject, names.front()),
                                  QStringLiteral("%1 on %2 run the same image %3. They are %4 different "
                                                 "services, so these are not duplicates.")
                                      .arg(names.join(QLatin1String(" and ")), vm.domain->name, image.key(),
                                           QString::number(names.size())),
                                  sources, related));
        }
    }
    return findings;
}

} // namespace tropo
