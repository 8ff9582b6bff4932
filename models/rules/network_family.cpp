#include "models/rules/families.h"

#include "models/rules/network_rules.h"
#include "models/rules/reservation_rules.h"

namespace tropo {

namespace {

void addNetworks(std::vector<Rule> &rules)
{
    rules.push_back(
        {"network-missing", Severity::Error, "An expected network is not there",
         "A network that the fleet file, the declared configuration or a VM expects is not defined on a "
         "hypervisor.",
         "libvirt's list of networks, the fleet file, declared network XML, domain XML",
         "VMs that hang on it do not start.", plans({"network-restore"}), &networkMissing});
    rules.push_back(
        {"network-inactive", Severity::Error, "A network that does not run",
         "A network is defined but not active, though it is expected, declared, starts with the host or "
         "has VMs.",
         "libvirt's list of networks, domain XML", "VMs that hang on it are cut off, or do not start.",
         plans({"network-start"}), &networkInactive});
    rules.push_back({"network-no-autostart", Severity::Warning, "A network that will not come back",
                     "A network is active but will not start with the host.", "libvirt's list of networks",
                     "After the next restart its VMs are cut off, or do not start.",
                     plans({"autostart-on", "network-restore"}), &networkNoAutostart});
    rules.push_back({"network-bridge-missing",
                     Severity::Error,
                     "A network without its bridge",
                     "The bridge that a network uses does not exist on the host.",
                     "network XML, interfaces of the host",
                     "VMs that hang on it are cut off, or do not start.",
                     {},
                     &networkBridgeMissing});
    rules.push_back(
        {"network-drift", Severity::Warning, "A network that is not as declared",
         "What libvirt runs and what is declared for it differ in what matters: forward mode, bridge, "
         "address, range, reservations. Said field by field.",
         "network XML, declared network XML",
         "The next deployment changes the network, or the declaration is no longer true.",
         plans({"network-restore", "reservation-fix"}), &networkDrift});
    rules.push_back(
        {"network-subnet-overlap", Severity::Error, "Networks that share addresses",
         "The NAT networks of two hypervisors overlap, or one is not its hypervisor's subnet.",
         "network XML, the fleet file",
         "An address no longer tells which hypervisor it belongs to, and none can be routed between them.",
         plans({"network-restore"}), &networkSubnetOverlap});
}

void addReservations(std::vector<Rule> &rules)
{
    rules.push_back({"reservation-duplicate", Severity::Error, "Something reserved twice",
                     "A MAC, an address or a name is reserved more than once in the fleet.", "network XML",
                     "Two VMs get one address, or one VM another than it should.", plans({"reservation-fix"}),
                     &reservationDuplicate});
    rules.push_back({"reservation-outside-range", Severity::Warning, "A reservation outside its network",
                     "A reservation's address is not in the network's subnet or DHCP range.", "network XML",
                     "The VM gets no address, or one that the network does not expect.",
                     plans({"reservation-fix"}), &reservationOutsideRange});
    rules.push_back(
        {"reservation-octet", Severity::Info, "A reservation that breaks the convention",
         "The last octet of a reservation's MAC is not that of its address. Only where the fleet file says "
         "that they agree.",
         "network XML, the fleet file", "An address no longer tells the MAC, nor a MAC the address.",
         plans({"reservation-fix"}), &reservationOctet});
    rules.push_back({"reservation-name-mismatch", Severity::Warning, "A MAC reserved for another VM",
                     "A VM uses a MAC that is reserved under another VM's name.", "domain XML, network XML",
                     "It answers under the other's name, and takes its address.", plans({"reservation-fix"}),
                     &reservationNameMismatch});
    rules.push_back(
        {"reservation-missing", Severity::Info, "A VM without a reservation",
         "A VM hangs on a NAT network that hands out addresses, and none is reserved for its MAC.",
         "domain XML, network XML", "Its address may change with each lease.", plans({"reservation-fix"}),
         &reservationMissing});
    rules.push_back(
        {"reservation-declared-conflict", Severity::Warning, "Declared reservations that contradict",
         "The declared configuration gives a MAC, an address or a name to two, or an address outside its "
         "own network. What runs does not show it.",
         "declared network XML", "The next deployment brings the fault to the running network.",
         plans({"network-restore"}), &reservationDeclaredConflict});
    rules.push_back({"lease-mismatch", Severity::Warning, "A lease that is not the reserved address",
                     "A lease gives a reserved MAC another address than the reservation.",
                     "network XML, DHCP leases",
                     "The VM is not where its reservation says, until it asks for an address anew.",
                     plans({"reservation-fix"}), &leaseMismatch});
}

} // namespace

std::vector<Rule> networkFamily()
{
    std::vector<Rule> rules;
    addNetworks(rules);
    addReservations(rules);
    return rules;
}

} // namespace tropo
