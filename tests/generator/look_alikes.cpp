#include "tests/generator/breakage.h"

namespace tropo::generator {

QList<Breakage> lookAlikes()
{
    return {};
}

} // namespace tropo::generator
