#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

QList<Breakage> hostBreakages()
{
    return {};
}

} // namespace tropo::generator
