#include "models/rules/families.h"

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
    };
}

} // namespace tropo
