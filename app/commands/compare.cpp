#include "models/compare/comparison.h"

#include "app/commands/commands.h"
#include "app/judgement.h"
#include "models/report/comparison_report.h"

namespace tropo {

int runCompare(const Request &request)
{
    const EndOfLifeTable endOfLife = bundledEndOfLife();
    const auto before = openCapture(request.text, endOfLife);
    if (!before)
        return fail(before.error());
    const auto after = openCapture(request.secondText, endOfLife);
    if (!after)
        return fail(after.error());
    const Comparison comparison = compare(**before, **after);
    return request.format == u"json" ? printResult(comparisonJson(comparison, **before, **after))
                                     : printResult(comparisonText(comparison, **before, **after));
}

} // namespace tropo
