#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

QList<Breakage> containerBreakages()
{
    return {};
}

} // namespace tropo::generator
