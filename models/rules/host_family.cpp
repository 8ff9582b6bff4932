#include "models/rules/families.h"

#include "models/rules/bridge_rules.h"
#include "models/rules/clone_rules.h"
#include "models/rules/disk_rules.h"
#include "models/rules/disk_space_rules.h"
#include "models/rules/domain_rules.h"
#include "models/rules/end_of_life_rules.h"
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

void addDomains(std::vector<Rule> &rules)
{
    rules.push_back({"domain-duplicate",
                     Severity::Error,
                     "One VM on two hypervisors",
                     "One name or UUID is defined on two hypervisors. Worse when both run.",
                     "libvirt's lists of domains, domain XML",
                     "Started on both, they write one disk or answer under one name.",
                     {},
                     &domainDuplicate});
    rules.push_back({"domain-no-autostart", Severity::Info, "A VM that will not come back",
                     "A VM runs, but will not start with its host.", "libvirt's list of domains",
                     "After the next restart of the host somebody has to start it.", plans({"autostart-on"}),
                     &domainNoAutostart});
    rules.push_back({"domain-not-running",
                     Severity::Info,
                     "A VM that should run",
                     "A VM starts with its host, but does not run now.",
                     "libvirt's list of domains",
                     "What it serves is not there.",
                     {},
                     &domainNotRunning});
    rules.push_back({"domain-agent-missing",
                     Severity::Info,
                     "No guest agent",
                     "A running VM has no channel for the guest agent, or no agent answers on it.",
                     "live domain XML",
                     "The host cannot ask it for addresses, freeze its disks for a backup or set its clock.",
                     {},
                     &domainAgentMissing});
    rules.push_back(
        {"guest-clone",
         Severity::Warning,
         "Two VMs with one identity",
         "Two VMs have the same machine-id or SSH host key: one was copied from the other, or both from an "
         "image.",
         "machine-id and SSH host keys inside",
         "DHCP gives them one lease, journals mix, and one can pose as the other.",
         {},
         &guestClone});
}

void addDisks(std::vector<Rule> &rules)
{
    rules.push_back(
        {"disk-shared-writable",
         Severity::Error,
         "One image written by two VMs",
         "Two running domains write one image, or one writes what another stands on. Disks marked as shared "
         "or read-only are excepted.",
         "live domain XML, volumes, file systems of the host",
         "The file system on it is destroyed.",
         {},
         &diskSharedWritable});
    rules.push_back({"disk-unused",
                     Severity::Info,
                     "Images that no VM uses",
                     "A storage pool keeps images that belong to no domain, nor to the images of one.",
                     "volumes of the pools, domain XML",
                     "They take room, and nobody knows whether they may go.",
                     {},
                     &diskUnused});
    rules.push_back({"domain-media-left",
                     Severity::Info,
                     "A disc left in a drive",
                     "A VM has a disc or floppy image in a drive. cloud-init's own is excepted.",
                     "domain XML",
                     "The VM may boot from it, and does not move or start where the file is missing.",
                     {},
                     &domainMediaLeft});
    rules.push_back(
        {"domain-snapshot-left",
         Severity::Info,
         "A snapshot left over",
         "libvirt keeps snapshots of a VM, or its disk runs on the file that one left. A disk on a base "
         "image is none.",
         "libvirt's list of snapshots, domain XML, volumes",
         "The chain of files grows, slows down and must not lose a link.",
         {},
         &domainSnapshotLeft});
}

/// The hypervisor's own system.
void addSystems(std::vector<Rule> &rules)
{
    const std::vector<Rule> systems{
        {"host-os-eol",
         Severity::Warning,
         "A hypervisor's system past its end of life",
         "The hypervisor's own operating system is past its end of life at the time of the capture, or ends "
         "within 90 days.",
         "os-release or redhat-release of the host, the bundled table",
         "No security updates, under every VM on it.",
         {},
         &hostOsEol},
        {"host-kernel-eol",
         Severity::Warning,
         "A hypervisor's kernel past its end of life",
         "The hypervisor runs a kernel of kernel.org whose series is past its end of life, or ends within 90 "
         "days. Kernels that a distribution maintains are not judged.",
         "uname -r of the host, the bundled table",
         "No security updates, under every VM on it.",
         {},
         &hostKernelEol},
        {"host-disk-full",
         Severity::Warning,
         "A hypervisor's disk nearly full",
         "A file system of the hypervisor is at least 90 % full and has less than 10 GiB left, or is at "
         "least "
         "97 % full. Images, memory and other machines' shares are not judged.",
         "df on the host",
         "VMs pause when their images cannot grow.",
         {},
         &hostDiskFull},
    };
    rules.insert(rules.end(), systems.begin(), systems.end());
}

} // namespace

std::vector<Rule> hostFamily()
{
    std::vector<Rule> rules;
    addHosts(rules);
    addSystems(rules);
    addDomains(rules);
    addDisks(rules);
    return rules;
}

} // namespace tropo
