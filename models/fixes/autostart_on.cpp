#include "models/fixes/find.h"
#include "models/fixes/network_words.h"
#include "models/fixes/typed.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

Plan planOf(const QString &intent, const QString &hypervisor, const QString &subject, const Step &step)
{
    Plan plan;
    plan.intent = intent;
    plan.steps = {step};
    plan.touches = {subject};
    plan.hypervisors = {hypervisor};
    return plan;
}

Plan networkPlan(const NetworkPlace &network, const Step &step)
{
    return planOf(step.title, network.hypervisor, step.machine, step);
}

const Network &networkAt(const PlanInput &input, const NetworkPlace &place)
{
    return *input.fleet.hypervisor(place.hypervisor)->network(place.name);
}

/// Errors (Refused): the network is declared, and its hypervisor does not have it.
Result<void> isThere(const Network &network, const NetworkPlace &place)
{
    if (network.form || network.active)
        return {};
    return failure(
        ErrorKind::Refused, place.name,
        u"%1 does not have it: make it as it is declared (network-restore)"_s.arg(place.hypervisor));
}

Plan domainAutostart(const PlanInput &input, const VmView &vm)
{
    const VmPlace place = placeOf(vm);
    Step step;
    step.id = u"autostart"_s;
    step.title = u"Let %1 start by itself when %2 does"_s.arg(place.name, place.hypervisor);
    step.machine = vm.subject;
    step.command = virshLine(input.policy, place.hypervisor, {u"autostart"_s, domainWord(place)});
    step.action = SetDomainAutostart{place, true};
    step.before = {DomainAutostartIs{place, false}};
    step.verify = {DomainAutostartIs{place, true}};
    step.undo = {SetDomainAutostart{place, false}};
    step.undoText =
        virshLine(input.policy, place.hypervisor, {u"autostart"_s, u"--disable"_s, domainWord(place)});
    return planOf(step.title, place.hypervisor, step.machine, step);
}

} // namespace

Result<Plan> planAutostartOn(const PlanInput &input, const PlanRequest &request)
{
    if (meansNetwork(input, request.arguments)) {
        const auto named = networkNamed(input, request.arguments);
        if (!named)
            return tl::unexpected(named.error());
        const Network &network = networkAt(input, named->place);
        if (const auto may = isThere(network, named->place); !may)
            return tl::unexpected(may.error());
        if (network.persistent == false)
            return failure(ErrorKind::Refused, named->place.name,
                           u"it has no persistent description that could start by itself: define it first "
                           u"(network-restore)"_s);
        if (network.autostart == true)
            return failure(ErrorKind::Refused, named->place.name, u"it starts by itself already"_s);
        return networkPlan(named->place, networkAutostartStep(input, named->place));
    }
    const VmIndex index(input.fleet);
    const auto vm = vmNamed(index, request.arguments.value(0));
    if (!vm)
        return tl::unexpected(vm.error());
    if ((*vm)->domain->uuid.isEmpty())
        return failure(
            ErrorKind::Refused, (*vm)->subject,
            u"its UUID was not read, so it cannot be told from others: read the fleet live first"_s);
    if ((*vm)->domain->persistent == false)
        return failure(
            ErrorKind::Refused, (*vm)->subject,
            u"it is not persistent: it has no description that could start by itself; define it first"_s);
    if ((*vm)->domain->autostart == true)
        return failure(ErrorKind::Refused, (*vm)->subject, u"it starts by itself already"_s);
    return domainAutostart(input, **vm);
}

Result<Plan> planNetworkStart(const PlanInput &input, const PlanRequest &request)
{
    const auto named = networkNamed(input, request.arguments);
    if (!named)
        return tl::unexpected(named.error());
    const Network &network = networkAt(input, named->place);
    if (const auto may = isThere(network, named->place); !may)
        return tl::unexpected(may.error());
    if (network.active == true)
        return failure(ErrorKind::Refused, named->place.name, u"it is active already"_s);
    return networkPlan(named->place, networkStartStep(input, named->place));
}

} // namespace tropo
