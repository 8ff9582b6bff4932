#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

QList<Breakage> fileBreakages()
{
    return {};
}

} // namespace tropo::generator
