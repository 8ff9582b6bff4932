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

/// Running containers of Swarm tasks by service name and slot, split where the services are not the same.
QMap<QString, QList<QMap<QString, QList<Copy>>>> tasksByService(const RuleInput &input)
{
    QMap<QString, QList<QMap<QString, QList<Copy>>>> services;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->engine.containers)
            continue;
        const Engine &engine = vm.domain->guest->engine;
        for (const Container &container : *engine.containers) {
            if (!container.task || !runs(container) || slotOf(*container.task).isEmpty())
                continue;
            const Copy copy{&vm, &engine, &container};
            auto &namesakes = services[container.task->service];
            auto group = std::find_if(namesakes.begin(), namesakes.end(), [&](const auto &tasks) {
                return sameService(tasks.first().front(), copy);
            });
            if (group == namesakes.end())
                group = namesakes.insert(namesakes.end(), QMap<QString, QList<Copy>>());
            (*group)[slotOf(*container.task)].append(copy);
        }
    }
    return services;
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
            if (task.id.isEmpty() || task.id != copy.container->task->taskId)
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
                sentences.append(QStringLiteral("%1 runs %2 times (%3)")
                                     .arg(slot.key())
                                     .arg(slot->size())
                                     .arg(copies.join(QLatin1String("; "))));
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
            if (container.task && runs(container))
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
                                      .arg(names.join(QLatin1String(" and ")), vm.domain->name, image.key())
                                      .arg(names.size()),
                                  sources, related));
        }
    }
    return findings;
}

} // namespace tropo
