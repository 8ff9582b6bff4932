#include "models/fixes/planner.h"

#include "models/fixes/revert.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

const std::vector<PlanKind> &planCatalogue()
{
    static const std::vector<PlanKind> kinds{
        {"float-reassign", "Move a float to a VM, from whoever holds it", "FLOAT VM", &planFloatReassign},
        {"float-release", "Take a float from everyone who holds it", "FLOAT", &planFloatRelease},
        {"float-assign", "Give a free float to a VM", "FLOAT VM", &planFloatAssign},
        {"float-repair", "Bring a float's address and MAC together", "FLOAT --keep ip|mac", &planFloatRepair},
        {"nic-remove-duplicates", "Leave one NIC of each MAC, the one that the guest uses", "VM",
         &planNicRemoveDuplicates},
        {"nic-persist", "Make the live and persistent NICs the same", "VM --keep live|persistent",
         &planNicPersist},
        {"nic-detach", "Take a NIC that nothing inside uses from a VM, live and persistent", "VM PCI-ADDRESS",
         &planNicDetach},
        {"nic-rebind", "Bind an interface's file to the MAC that its NIC has", "VM INTERFACE [MAC]",
         &planNicRebind},
        {"nic-blink", "Blink a NIC's link, to see which interface inside it is", "VM PCI-ADDRESS",
         &planNicBlink},
        {"reservation-fix", "Add, correct or remove a DHCP reservation, without a restart",
         "HYPERVISOR NETWORK set MAC [ADDRESS] [NAME] | remove MAC [ADDRESS]", &planReservationFix},
        {"network-restore", "Bring a network to its declared form, or write the difference as a patch",
         "HYPERVISOR NETWORK [--to machine|patch]", &planNetworkRestore},
        {"container-remove-duplicates", "Leave each task of a service running once",
         "SERVICE | CONTAINER CONTAINER...", &planContainerRemoveDuplicates},
        {"network-start", "Start a network", "HYPERVISOR NETWORK", &planNetworkStart},
        {"autostart-on", "Let a VM or a network start by itself", "VM | HYPERVISOR NETWORK",
         &planAutostartOn},
    };
    return kinds;
}

const PlanKind *findPlan(QStringView name)
{
    for (const PlanKind &kind : planCatalogue())
        if (name == QLatin1String(kind.name))
            return &kind;
    return nullptr;
}

Result<Plan> makePlan(const PlanInput &input, const PlanRequest &request)
{
    const PlanKind *kind = findPlan(request.name);
    if (!kind) {
        QStringList names;
        for (const PlanKind &one : planCatalogue())
            names.append(QLatin1String(one.name));
        return failure(ErrorKind::Usage, {},
                       u"no plan \"%1\"; there are %2"_s.arg(request.name, names.join(", "_L1)));
    }
    if (request.arguments.isEmpty())
        return failure(ErrorKind::Usage, {}, u"%1 needs %2"_s.arg(request.name, QLatin1String(kind->usage)));
    const auto revert = revertSeconds(request);
    if (!revert)
        return tl::unexpected(revert.error());
    auto plan = kind->make(input, request);
    if (!plan)
        return plan;
    if (*revert)
        if (const auto added = addRevert(input, **revert, *plan); !added)
            return tl::unexpected(added.error());
    plan->name = request.name;
    plan->arguments = request.arguments;
    plan->read = input.fleet.taken;
    return plan;
}

} // namespace tropo
