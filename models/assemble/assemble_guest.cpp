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

/// Files of a folder that the format describes: others, such as ifcfg-ens5's neighbours ifup and route-ens5,
/// are evidence but no configuration of an interface.
QStringList filesOf(const Evidence &evidence, const QString &folder, QLatin1String prefix,
                    QLatin1String suffix)
{
    QStringList paths;
    for (const QString &path : evidence.below(folder)) {
        const QStringView name = QStringView(path).sliced(folder.size() + 1);
        if (name.startsWith(prefix) && name.endsWith(suffix) && !name.contains(u'/'))
            paths.append(path);
    }
    return paths;
}

void addConfigs(DocumentReader &reader, const QString &folder, Guest &guest)
{
    const auto files = [&reader, &folder](const char *room, const char *prefix, const char *suffix) {
        return filesOf(reader.evidence(), folder + u'/' + QLatin1String(room), QLatin1String(prefix),
                       QLatin1String(suffix));
    };
    for (const QString &path : files("ifcfg", "ifcfg-", ""))
        if (auto config = reader.read(path, &parseIfcfg))
            guest.configs.append(*config);
    for (const QString &path : files("nm", "", ".nmconnection"))
        if (auto config = reader.read(path, &parseKeyfile))
            guest.configs.append(*config);
    for (const QString &path : files("netplan", "", ".yaml"))
        guest.configs.append(reader.read(path, &parseNetplan).value_or(QList<InterfaceConfig>()));
    guest.configs.append(reader.read(folder + QLatin1String("/guest/interfaces.txt"), &parseDebianInterfaces)
                             .value_or(QList<InterfaceConfig>()));
}

/// Whether a file that configures an interface, or the folder with such files, could not be read.
bool configsFailed(const Evidence &evidence, const QString &folder)
{
    const auto isOne = [&folder](const SourceError &error) {
        const QString path = escapedName(error.hypervisor) + u'/' + error.source;
        if (!path.startsWith(folder + u'/'))
            return false;
        const QStringView below = QStringView(path).sliced(folder.size() + 1);
        const QStringView room = below.first(qMax(below.indexOf(u'/'), qsizetype(0)));
        static const QStringList rooms{QStringLiteral("ifcfg"), QStringLiteral("nm"),
                                       QStringLiteral("netplan")};
        return rooms.contains(room.isEmpty() ? below : room) ||
               below == QLatin1String("guest/interfaces.txt");
    };
    return std::any_of(evidence.errors.begin(), evidence.errors.end(), isOne);
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
    guest.configsRead =
        reader.has(folder + QLatin1String("/interface-pci.txt")) && !configsFailed(reader.evidence(), folder);
    guest.packages = reader.read(folder + QLatin1String("/package-history.txt"), &parsePackageHistory);
    guest.engine = assembleEngine(reader, folder + QLatin1String("/docker"));
    return guest;
}

} // namespace tropo
