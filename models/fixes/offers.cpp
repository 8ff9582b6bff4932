#include "models/fixes/offers.h"

#include "models/fixes/reservation_offers.h"
#include "models/fleet/subject.h"
#include "models/rules/vm_index.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Subjects that a finding is about: its own first.
QStringList subjectsOf(const Finding &finding)
{
    QStringList all{finding.subject};
    for (const QString &one : finding.related)
        if (!all.contains(one))
            all.append(one);
    return all;
}

QStringList floatsOf(const PlanInput &input, const Finding &finding)
{
    QStringList names;
    for (const FloatPolicy &floating : input.policy.floats)
        if (subjectsOf(finding).contains(subject::floating(floating.name)))
            names.append(floating.name);
    // In the order of the finding: the float whose address it is comes before the one whose MAC it is.
    std::sort(names.begin(), names.end(), [&](const QString &a, const QString &b) {
        return subjectsOf(finding).indexOf(subject::floating(a)) <
               subjectsOf(finding).indexOf(subject::floating(b));
    });
    return names;
}

/// A file that names a wrong MAC says so in the float's stead: the float is the one whose address it gives.
QStringList floatsInside(const PlanInput &input, const Finding &finding)
{
    QStringList names;
    const VmIndex index(input.fleet);
    for (const VmView &vm : index.vms())
        for (const InsideUnit &unit : vm.units)
            if (subject::interface(vm.subject, unit.name) == finding.subject)
                for (const FloatPolicy &floating : input.policy.floats)
                    if (unit.carries(floating.address))
                        names.append(floating.name);
    return names;
}

QStringList vmsOf(const Finding &finding)
{
    QStringList vms;
    for (const QString &one : subjectsOf(finding))
        if (const QString vm = subject::vmOf(one); !vm.isEmpty() && !vms.contains(vm))
            vms.append(vm);
    return vms;
}

QList<PlanRequest> floatOffers(const PlanInput &input, const Finding &finding, const QString &plan)
{
    QList<PlanRequest> offers;
    QStringList floats = floatsOf(input, finding);
    if (floats.isEmpty())
        floats = floatsInside(input, finding);
    if (plan == u"float-repair" && !floats.isEmpty())
        return {{plan, {floats.front()}, {{u"keep"_s, u"ip"_s}}},
                {plan, {floats.front()}, {{u"keep"_s, u"mac"_s}}}};
    for (const QString &floating : floats) {
        if (plan == u"float-release" || plan == u"float-assign")
            offers.append({plan, {floating}, {}});
        else if (plan == u"float-reassign" &&
                 (finding.rule != u"float-mac-ip-mismatch" || floating == floats.front()))
            for (const QString &vm : vmsOf(finding))
                offers.append({plan, {floating, vm}, {}});
    }
    return offers;
}

QList<PlanRequest> vmOffers(const Finding &finding, const QString &plan)
{
    QList<PlanRequest> offers;
    for (const QString &vm : vmsOf(finding)) {
        if (plan == u"nic-persist") {
            // A float that only one form has is wanted in both.
            if (finding.rule != u"float-not-live")
                offers.append({plan, {vm}, {{u"keep"_s, u"live"_s}}});
            if (finding.rule != u"float-not-persistent")
                offers.append({plan, {vm}, {{u"keep"_s, u"persistent"_s}}});
        } else {
            offers.append({plan, {vm}, {}});
        }
    }
    return offers;
}

/// Slots of the NICs that an interface inside is, or may be.
QStringList slotsOf(const VmView &vm, const QString &interface)
{
    QStringList slots;
    for (const InsideUnit &unit : vm.units)
        if (subject::interface(vm.subject, unit.name) == interface)
            for (const InsideMatch &match : unit.matches)
                if (const auto &pci = vm.domain->live->nics[match.nic].pci)
                    slots.append(pci->toString());
    return slots;
}

/// What is asked for by the interface inside that a finding is about.
QList<PlanRequest> interfaceOffers(const PlanInput &input, const Finding &finding, const QString &plan)
{
    // A float's file is mended with the float.
    if (plan == u"nic-rebind")
        return floatsInside(input, finding).isEmpty()
                   ? QList<PlanRequest>{{plan, {subject::vmOf(finding.subject), finding.subject}, {}}}
                   : QList<PlanRequest>();
    QList<PlanRequest> offers;
    const VmIndex index(input.fleet);
    for (const VmView &vm : index.vms())
        for (const QString &slot : slotsOf(vm, finding.subject))
            offers.append({plan, {vm.subject, slot}, {}});
    return offers;
}

QList<PlanRequest> networkOffers(const Finding &finding, const QString &plan)
{
    QList<PlanRequest> offers;
    for (const QString &subject : subjectsOf(finding)) {
        if (!subject.contains(u"/network/"_s))
            continue;
        if (plan != u"network-restore") {
            offers.append({plan, {subject}, {}});
            continue;
        }
        offers.append({plan, {subject}, {{u"to"_s, u"machine"_s}}});
        offers.append({plan, {subject}, {{u"to"_s, u"patch"_s}}});
    }
    return offers;
}

} // namespace

QList<PlanRequest> offersFor(const PlanInput &input, const Finding &finding)
{
    QList<PlanRequest> offers;
    for (const QString &plan : finding.fixes) {
        if (plan.startsWith(u"float-"))
            offers += floatOffers(input, finding, plan);
        else if (plan == u"nic-detach" || plan == u"nic-rebind")
            offers += interfaceOffers(input, finding, plan);
        else if (plan == u"reservation-fix")
            offers += reservationOffers(input, finding);
        else if (plan.startsWith(u"network-") || finding.subject.contains(u"/network/"_s))
            offers += networkOffers(finding, plan);
        else if (plan == u"container-remove-duplicates")
            offers.append(
                {plan,
                 finding.rule == u"container-duplicate" ? subjectsOf(finding) : QStringList{finding.subject},
                 {}});
        else
            offers += vmOffers(finding, plan);
    }
    return offers;
}

bool isComplete(const PlanRequest &request)
{
    const bool needsVm = request.name == u"float-assign" || request.name == u"float-reassign";
    return request.arguments.size() >= (needsVm ? 2 : 1);
}

} // namespace tropo
