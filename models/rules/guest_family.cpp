#include "models/rules/families.h"

#include "models/rules/guest_rules.h"

namespace tropo {

std::vector<Rule> guestFamily()
{
    return {
        {"guest-os-eol",
         Severity::Warning,
         "An operating system past its end of life",
         "The guest's operating system is past its end of life, at the time of the capture.",
         "os-release or redhat-release, the bundled table",
         "No security updates.",
         {},
         &guestOsEol},
    };
}

} // namespace tropo
