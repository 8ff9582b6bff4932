#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

QList<Breakage> swarmBreakages()
{
    return {};
}

} // namespace tropo::generator
