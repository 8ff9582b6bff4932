#include "models/assemble/assemble.h"

#include "models/assemble/assemble_libvirt.h"
#include "models/assemble/assemble_machine.h"
#include "models/parse/debian_interfaces.h"
#include "models/parse/reachability.h"

#include <algorithm>

namespace tropo {

namespace {

Hypervisor assembleHypervisor(DocumentReader &reader, const QString &name)
{
    const QString folder = escapedName(name);
    Hypervisor hypervisor;
    hypervisor.name = name;
    hypervisor.host = assembleMachine(reader, folder + QLatin1String("/host"));
    hypervisor.interfacesFile =
        reader.read(folder + QLatin1String("/host/interfaces.txt"), &parseDebianInterfaces);
    hypervisor.declaredInterfaces =
        reader.read(folder + QLatin1String("/declared/etc/network/interfaces"), &parseDebianInterfaces);
    assembleLibvirt(reader, folder, hypervisor);
    for (const SourceError &error : reader.evidence().errors)
        if (error.hypervisor == name)
            hypervisor.errors.append(error);
    return hypervisor;
}

} // namespace

Fleet assemble(const Evidence &evidence, const Policy &policy)
{
    Fleet fleet;
    fleet.name = policy.name;
    fleet.taken = evidence.taken;
    fleet.problems = evidence.problems;
    DocumentReader reader(evidence, fleet.problems);
    QStringList names;
    for (const HypervisorPolicy &hypervisor : policy.hypervisors)
        names.append(hypervisor.name);
    for (const QString &name : evidence.hypervisors())
        if (!names.contains(name))
            names.append(name);
    for (const QString &name : names)
        fleet.hypervisors.append(assembleHypervisor(reader, name));
    fleet.reachability =
        reader.read(QStringLiteral("reachability.json"), &parseReachability).value_or(QList<Reachability>());
    std::stable_sort(fleet.problems.begin(), fleet.problems.end(),
                     [](const Problem &a, const Problem &b) { return a.document < b.document; });
    return fleet;
}

} // namespace tropo
