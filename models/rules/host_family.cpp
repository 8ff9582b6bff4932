#include "models/rules/families.h"

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
    };
}

} // namespace tropo
