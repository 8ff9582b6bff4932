#include "models/rules/families.h"

#include "models/rules/end_of_life_rules.h"

namespace tropo {

std::vector<Rule> guestFamily()
{
    return {
        {"guest-os-eol",
         Severity::Warning,
         "An operating system past its end of life",
         "The guest's operating system is past its end of life at the time of the capture, or ends within 90 "
         "days.",
         "os-release or redhat-release, the bundled table",
         "No security updates.",
         {},
         &guestOsEol},
        {"guest-kernel-eol",
         Severity::Warning,
         "A kernel past its end of life",
         "The guest runs a kernel of kernel.org whose series is past its end of life, or ends within 90 "
         "days. "
         "Kernels that a distribution maintains are not judged.",
         "uname -r, the bundled table",
         "No security updates.",
         {},
         &guestKernelEol},
        {"guest-docker-eol",
         Severity::Warning,
         "A Docker Engine past its end of life",
         "The guest runs a Docker Engine of Docker's own making whose version is past its end of life, or "
         "ends "
         "within 90 days. A distribution's build is maintained by the distribution, and is not judged.",
         "docker version, the bundled table",
         "No security updates.",
         {},
         &guestDockerEol},
    };
}

} // namespace tropo
