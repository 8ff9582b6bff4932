#include "models/rules/families.h"

namespace tropo {

std::vector<Rule> networkFamily()
{
    return {};
}

} // namespace tropo
