#include "models/evidence/capture.h"
#include "app/commands/commands.h"

namespace tropo {

using namespace Qt::StringLiterals;

int runCapture(const Request &request)
{
    if (auto ok = checkCaptureTarget(request.output); !ok)
        return fail(ok.error());
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    const Evidence &evidence = (*snapshot)->evidence;
    if (auto written = writeCapture(request.output, evidence); !written)
        return fail(written.error());
    for (const SourceError &error : evidence.errors)
        printError(u"not read: %1 %2: %3"_s.arg(error.hypervisor, error.source, error.message));
    printError(u"wrote %1 documents to %2"_s.arg(evidence.documents.size()).arg(request.output));
    return Done;
}

} // namespace tropo
