#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

QList<Breakage> addressBreakages()
{
    return {};
}

} // namespace tropo::generator
