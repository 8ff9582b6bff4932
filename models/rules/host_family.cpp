#include "models/rules/families.h"

#include "models/rules/disk_space_rules.h"
#include "models/rules/end_of_life_rules.h"
#include "models/rules/source_rules.h"

namespace tropo {

std::vector<Rule> hostFamily()
{
    return {
        {"source-unreachable",
         Severity::Error,
         "Something could not be read",
         "A hypervisor, a running guest or one source on it could not be read.",
         "what collecting reported",
         "What it would have said was not checked.",
         {},
         &sourceUnreachable},
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
}

} // namespace tropo
