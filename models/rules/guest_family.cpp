#include "models/rules/families.h"

#include "models/rules/disk_space_rules.h"
#include "models/rules/end_of_life_rules.h"
#include "models/rules/guest_net_rules.h"
#include "models/rules/guest_rules.h"

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
        {"guest-hostname-mismatch",
         Severity::Warning,
         "A guest by another name",
         "The host name inside is not the domain's name. A short name and a full one, and upper and lower "
         "case, are the same.",
         "hostname inside, the list of domains",
         "Logs, prompts and mails name the wrong machine.",
         {},
         &guestHostnameMismatch},
        {"guest-packages-stale",
         Severity::Info,
         "Packages long unchanged",
         "The last package transaction is older, at the time of the capture, than the fleet file's "
         "stale_packages_days.",
         "package history, the fleet file",
         "Known holes stay open.",
         {},
         &guestPackagesStale},
        {"guest-idle",
         Severity::Info,
         "A container host without work",
         "Docker was read, and no container runs. Swarm managers are not judged.",
         "docker ps, docker info",
         "It costs memory and updates for nothing.",
         {},
         &guestIdle},
        {"guest-two-default-routes",
         Severity::Warning,
         "Two default routes at once",
         "A guest has two default routes with the same metric, or none. Different metrics are a choice.",
         "routes inside",
         "Answers may leave by another interface than the question came in, and are dropped on the way.",
         {},
         &guestTwoDefaultRoutes},
        {"guest-disk-full",
         Severity::Warning,
         "A disk nearly full",
         "A file system of the guest is at least 90 % full and has less than 10 GiB left, or is at least 97 "
         "% "
         "full. Images, memory and other machines' shares are not judged.",
         "df inside",
         "What cannot write stops: databases, logs, updates, containers.",
         {},
         &guestDiskFull},
    };
}

} // namespace tropo
