#include "models/assemble/assemble_guest.h"

#include "models/assemble/assemble_engine.h"
#include "models/assemble/assemble_machine.h"
#include "models/parse/debian_interfaces.h"
#include "models/parse/ifcfg.h"
#include "models/parse/interface_pci.h"
#include "models/parse/netplan.h"
#include "models/parse/nm_keyfile.h"

#include "models/parse/package_history.h"

#include <algorithm>

namespace tropo {

namespace {

/// Interfaces that only interface-pci.txt names are added: it lists what the kernel has.
void addPciAddresses(DocumentReader &reader, const QString &path, Machine &system)
{
    const auto entries = reader.read(path, &parseInterfacePci);
    if (!entries)
        return;
    // It tells no addresses: what a list made of it alone lacks is not known to be absent.
    if (!system.interfaces)
        system.interfaces = InterfaceList{{}, true};
    for (const InterfacePci &entry : *entries) {
        auto known =
            std::find_if(system.interfaces->items.begin(), system.interfaces->items.end(),
                         [&entry](const Interface &interface) { return interface.name == entry.name; });
        if (known == system.interfaces->items.end()) {
            Interface interface;
            interface.name = entry.name;
            interface.mac = entry.mac;
            interface.source = entry.source;
            system.interfaces->items.append(interface);
            known = std::prev(system.interfaces->items.end());
        }
        if (entry.pci)
            known->pci = Sourced<PciAddress>{*entry.pci, entry.source};
    }
}

void addConfigs(DocumentReader &reader, const QString &folder, Guest &guest)
{
    for (const QString &path : reader.evidence().below(folder + QLatin1String("/ifcfg")))
        if (auto config = reader.read(path, &parseIfcfg))
            guest.configs.append(*config);
    for (const QString &path : reader.evidence().below(folder + QLatin1String("/nm")))
        if (auto config = reader.read(path, &parseKeyfile))
            guest.configs.append(*config);
    for (const QString &path : reader.evidence().below(folder + QLatin1String("/netplan")))
        guest.configs.append(reader.read(path, &parseNetplan).value_or(QList<InterfaceConfig>()));
    guest.configs.append(reader.read(folder + QLatin1String("/guest/interfaces.txt"), &parseDebianInterfaces)
                             .value_or(QList<InterfaceConfig>()));
}

} // namespace

std::optional<Guest> assembleGuest(DocumentReader &reader, const QString &folder)
{
    if (reader.evidence().below(folder).isEmpty())
        return {};
    Guest guest;
    guest.system = assembleMachine(reader, folder + QLatin1String("/guest"));
    addPciAddresses(reader, folder + QLatin1String("/interface-pci.txt"), guest.system);
    addConfigs(reader, folder, guest);
    // The probe prints the PCI list with all files that there are; a capture made by hand has those that
    // somebody copied.
    guest.configsRead = reader.has(folder + QLatin1String("/interface-pci.txt"));
    guest.packages = reader.read(folder + QLatin1String("/package-history.txt"), &parsePackageHistory);
    guest.engine = assembleEngine(reader, folder + QLatin1String("/docker"));
    return guest;
}

} // namespace tropo
