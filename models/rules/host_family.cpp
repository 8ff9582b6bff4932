#include "models/rules/families.h"

#include "models/rules/bridge_rules.h"
#include "models/rules/interfaces_drift.h"
#include "models/rules/skew_rules.h"
#include "models/rules/source_rules.h"

namespace tropo {

namespace {

void addHosts(std::vector<Rule> &rules)
{
    rules.push_back({"source-unreachable",
                     Severity::Error,
                     "Something could not be read",
                     "A hypervisor, a running guest or one source on it could not be read.",
                     "what collecting reported",
                     "What it would have said was not checked.",
                     {},
                     &sourceUnreachable});
    rules.push_back(
        {"bridge-port-missing",
         Severity::Error,
         "A bridge without its port",
         "A bridge is configured with a port of the host and does not have it.",
         "the host's interfaces file, else the declared one; interfaces and bridge ports of the host",
         "Nothing on the bridge reaches the outside.",
         {},
         &bridgePortMissing});
    rules.push_back({"bridge-port-down",
                     Severity::Warning,
                     "A bridge port that is down",
                     "A port that leads out of the host is switched off or has no link.",
                     "interfaces and bridge ports of the host",
                     "What hangs on the bridge is cut off, or lives on the ports that are left.",
                     {},
                     &bridgePortDown});
    rules.push_back(
        {"bridge-mac-mismatch",
         Severity::Warning,
         "A bridge with a stranger's MAC",
         "A bridge has a MAC that is none of its physical ports'. Bridges of libvirt and container engines "
         "have none, and one that a file gives a MAC is meant to have it.",
         "interfaces and bridge ports of the host",
         "Its MAC changes when a port comes or goes, and neighbours lose it for a while.",
         {},
         &bridgeMacMismatch});
    rules.push_back(
        {"interfaces-drift",
         Severity::Warning,
         "Host interfaces that are not as declared",
         "Addresses, masks, gateway or ports of a host interface differ from the declared interfaces file.",
         "the declared interfaces file, interfaces, routes and bridge ports of the host",
         "The next restart or deployment changes how the host is reached.",
         {},
         &interfacesDrift});
    rules.push_back(
        {"clock-skew",
         Severity::Warning,
         "A clock that is wrong",
         "A machine's clock differs from the other machines' by more than a minute; where fewer than three "
         "were read, from the collector's.",
         "the machine's clock and when it was read",
         "Certificates, Swarm and log files stop to agree.",
         {},
         &clockSkew});
    rules.push_back({"fleet-version-skew",
                     Severity::Info,
                     "Hypervisors of different versions",
                     "Hypervisors run different versions of libvirt or QEMU.",
                     "virsh version",
                     "A VM may not move or start on every one of them.",
                     {},
                     &fleetVersionSkew});
}

} // namespace

std::vector<Rule> hostFamily()
{
    std::vector<Rule> rules;
    addHosts(rules);
    return rules;
}

} // namespace tropo
