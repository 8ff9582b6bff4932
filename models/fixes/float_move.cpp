#include "models/fixes/float_parts.h"

#include "models/fixes/guest_steps.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList hypervisorsOf(const QList<FloatFacts> &holders)
{
    QStringList names;
    for (const FloatFacts &holder : holders)
        if (!names.contains(holder.vm->hypervisor->name))
            names.append(holder.vm->hypervisor->name);
    return names;
}

QString whereFrom(const QList<FloatFacts> &holders)
{
    QStringList names;
    for (const FloatFacts &holder : holders)
        names.append(u"%1 (%2)"_s.arg(holder.vm->domain->name, holder.vm->hypervisor->name));
    return names.isEmpty() ? u"nobody"_s : names.join(" and "_L1);
}

/// Whether a holder has the float as it should be, now and after a restart.
bool isSettled(const FloatFacts &holder, const Policy &policy)
{
    const bool isThere =
        holder.live.size() == 1 && holder.persistent.size() == 1 && !holder.running.isEmpty();
    if (!isThere || holder.mismatched() || holder.misnamed() || !holder.missingAtRestart().isEmpty() ||
        !holder.missingNow().isEmpty())
        return false;
    return !hangsElsewhere(*holder.live.front(), *holder.vm->hypervisor, policy) &&
           !hangsElsewhere(*holder.persistent.front(), *holder.vm->hypervisor, policy);
}

/// What is asked for, as it stands in the fleet.
struct Asked
{
    const FloatPolicy *floating = nullptr;
    const VmView *target = nullptr; ///< nothing: the plan has none
    QList<FloatFacts> holders;
};

Result<Asked> askedFor(const PlanInput &input, const VmIndex &index, const PlanRequest &request,
                       bool hasTarget)
{
    Asked asked;
    const auto floating = floatNamed(input.policy, request.arguments.value(0));
    if (!floating)
        return tl::unexpected(floating.error());
    asked.floating = *floating;
    if (hasTarget) {
        const auto target = vmNamed(index, request.arguments.value(1));
        if (!target)
            return tl::unexpected(target.error());
        asked.target = *target;
    }
    auto holders = holdersOf(input, index, *asked.floating);
    if (!holders)
        return tl::unexpected(holders.error());
    asked.holders = *std::move(holders);
    return asked;
}

/// Whether one alone has the float as it should be, so that its neighbours see it: whoever is to have it next
/// must be one of them.
bool answersNow(const QList<FloatFacts> &holders)
{
    return holders.size() == 1 && holders.front().live.size() == 1 && holders.front().running.size() == 1 &&
           !holders.front().mismatched() && holders.front().live.front()->linkUp.value_or(true);
}

Result<void> addReleases(const PlanInput &input, const QList<FloatFacts> &holders, Plan &plan)
{
    if (holders.size() > 1)
        plan.warnings.append(
            u"%1 VMs hold it: this is the repair of a conflict, and all are released first"_s.arg(
                holders.size()));
    for (const FloatFacts &holder : holders)
        if (const auto added = addRelease(input, holder, plan); !added)
            return added;
    return {};
}

} // namespace

Result<Plan> planFloatReassign(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    const auto asked = askedFor(input, index, request, true);
    if (!asked)
        return tl::unexpected(asked.error());
    const auto &[floating, target, holders] = *asked;
    if (holders.size() == 1 && holders.front().vm == target && isSettled(holders.front(), input.policy))
        return failure(ErrorKind::Refused, target->subject,
                       u"it holds %1 already, and nobody else does"_s.arg(floating->name));
    Plan plan;
    plan.intent = u"Move %1 (%2) from %3 to %4 on %5"_s.arg(floating->name, floating->address.toString(),
                                                            whereFrom(holders), target->domain->name,
                                                            target->hypervisor->name);
    if (const auto added = addReleases(input, holders, plan); !added)
        return tl::unexpected(added.error());
    if (!plan.steps.isEmpty() && answersNow(holders) && holders.front().vm->hypervisor != target->hypervisor)
        if (const auto there = floatBridge(*target->hypervisor, input.policy))
            plan.steps.front().before.append(
                AddressAnswers{target->hypervisor->name, *there, floating->address, floating->mac});
    QStringList askFrom = hypervisorsOf(holders);
    if (!askFrom.contains(target->hypervisor->name))
        askFrom.append(target->hypervisor->name);
    addProofOfFree(input, *floating, askFrom, plan);
    if (const auto added = addClaim(input, *target, *floating, plan); !added)
        return tl::unexpected(added.error());
    return plan;
}

Result<Plan> planFloatRelease(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    const auto asked = askedFor(input, index, request, false);
    if (!asked)
        return tl::unexpected(asked.error());
    const auto &[floating, target, holders] = *asked;
    if (holders.isEmpty())
        return failure(ErrorKind::Refused, subject::floating(floating->name), u"nobody holds it"_s);
    Plan plan;
    plan.intent =
        u"Take %1 (%2) from %3"_s.arg(floating->name, floating->address.toString(), whereFrom(holders));
    if (const auto added = addReleases(input, holders, plan); !added)
        return tl::unexpected(added.error());
    for (Step &step : plan.steps)
        if (!step.outage.isEmpty())
            step.outage = outageOf(floating->address.toString(), false);
    addProofOfFree(input, *floating, hypervisorsOf(holders), plan);
    return plan;
}

Result<Plan> planFloatAssign(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    const auto asked = askedFor(input, index, request, true);
    if (!asked)
        return tl::unexpected(asked.error());
    const auto &[floating, target, holders] = *asked;
    if (!holders.isEmpty())
        return failure(
            ErrorKind::Refused, subject::floating(floating->name),
            u"%1 holds it: release it first, or move it (float-reassign)"_s.arg(whereFrom(holders)));
    Plan plan;
    plan.intent = u"Give %1 (%2) to %3 on %4"_s.arg(floating->name, floating->address.toString(),
                                                    target->domain->name, target->hypervisor->name);
    addProofOfFree(input, *floating, {target->hypervisor->name}, plan);
    if (const auto added = addClaim(input, *target, *floating, plan); !added)
        return tl::unexpected(added.error());
    return plan;
}

} // namespace tropo
