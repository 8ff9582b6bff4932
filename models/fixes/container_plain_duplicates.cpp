#include "models/fixes/container_steps.h"
#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Named
{
    const VmView *vm = nullptr;
    const Container *container = nullptr;
};

Result<Named> containerNamed(const VmIndex &index, const QString &text)
{
    for (const VmView &vm : index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->engine.containers)
            continue;
        for (const Container &container : *vm.domain->guest->engine.containers)
            if (text == subject::container(vm.subject, container.name))
                return Named{&vm, &container};
    }
    return failure(ErrorKind::Usage, {},
                   u"no container \"%1\": name it as HYPERVISOR/vm/VM/container/NAME"_s.arg(text));
}

int healthOf(const Container &container)
{
    switch (container.health) {
    case Health::Healthy:
        return 3;
    case Health::None:
    case Health::Unknown:
        return 2;
    case Health::Starting:
        return 1;
    case Health::Unhealthy:
        return 0;
    }
    return 0;
}

bool isBetter(const Container &a, const Container &b)
{
    if (healthOf(a) != healthOf(b))
        return healthOf(a) > healthOf(b);
    return a.created.isValid() && b.created.isValid() && a.created > b.created;
}

/// Errors: they are not copies of one another, or cannot be told.
Result<void> areCopies(const QList<Named> &all)
{
    const Named &first = all.front();
    for (const Named &one : all) {
        const QString where = one.vm->subject;
        if (one.vm != first.vm)
            return failure(
                ErrorKind::Refused, where,
                u"%1 runs on another VM than %2"_s.arg(one.container->name, first.container->name));
        if (one.container->task)
            return failure(ErrorKind::Refused, where,
                           u"%1 is a task of the service %2: name the service alone"_s.arg(
                               one.container->name, one.container->task->service));
        if (one.container->image != first.container->image ||
            one.container->command != first.container->command)
            return failure(ErrorKind::Refused, where,
                           u"%1 and %2 do not run the same command of one image, so neither is a copy"_s.arg(
                               first.container->name, one.container->name));
        if (one.container->state != ContainerState::Running)
            return failure(ErrorKind::Refused, where, u"%1 does not run"_s.arg(one.container->name));
    }
    return {};
}

} // namespace

Result<Plan> planPlainDuplicates(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    QList<Named> all;
    for (const QString &text : request.arguments) {
        const auto one = containerNamed(index, text);
        if (!one)
            return tl::unexpected(one.error());
        if (std::any_of(all.begin(), all.end(),
                        [&](const Named &other) { return other.container == one->container; }))
            return failure(ErrorKind::Usage, {}, u"%1 is named twice"_s.arg(text));
        all.append(*one);
    }
    if (const auto may = areCopies(all); !may)
        return tl::unexpected(may.error());
    const Named kept = *std::min_element(all.begin(), all.end(), [](const Named &a, const Named &b) {
        return isBetter(*a.container, *b.container);
    });
    Plan plan;
    plan.intent = u"Leave one of %1 copies on %2: %3"_s.arg(QString::number(all.size()),
                                                            kept.vm->domain->name, kept.container->name);
    plan.warnings.append(
        u"It keeps %1, which is the healthy or newer one: read its state once more before you say yes"_s.arg(
            kept.container->name));
    for (const Named &one : all) {
        if (one.container == kept.container)
            continue;
        ContainerRemoval removal;
        removal.container = one.container;
        removal.why = u"of which %1 is a copy"_s.arg(kept.container->name);
        removal.kept = u"%1 serves on"_s.arg(kept.container->name);
        addContainerRemoval(input, *one.vm, removal, plan);
    }
    plan.hypervisors = {kept.vm->hypervisor->name};
    return plan;
}

} // namespace tropo
