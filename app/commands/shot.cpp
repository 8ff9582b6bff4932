#include "views/shot.h"

#include "app/commands/commands.h"
#include "app/judgement.h"
#include "app/reporting/redacted.h"
#include "models/items/fleet_tree.h"

#include <algorithm>

namespace tropo {

using namespace Qt::StringLiterals;

std::optional<Error> shotRefusal(const Request &request)
{
    if (!viewNames().contains(request.view))
        return Error{ErrorKind::Usage,
                     {},
                     u"there is no view \"%1\" to picture; there are %2"_s.arg(request.view,
                                                                               viewNames().join(u", "_s))};
    if (!request.with.isEmpty() && request.view != u"changes")
        return Error{ErrorKind::Usage, {}, u"--with is for --view changes: the capture to compare with"_s};
    if (!request.output.endsWith(u".png"_s, Qt::CaseInsensitive))
        return Error{ErrorKind::Usage, request.output, u"a picture's name must end in .png"_s};
    return {};
}

namespace {

/// Views fall back to the nearest thing that they know, which in a picture would pass for what was asked.
bool isKnown(const QString &subject, const Snapshot &snapshot)
{
    const auto isSubject = [&subject](const Finding &finding) { return finding.subject == subject; };
    return SubjectIndex(fleetTree(snapshot)).contains(subject) ||
           std::any_of(snapshot.findings.begin(), snapshot.findings.end(), isSubject);
}

/// What is pictured.
struct Shown
{
    SnapshotPtr snapshot;
    SnapshotPtr other;
    QString subject;
    QString replaced; ///< for standard output
};

/// Both readings with the same stand-ins, so that only what differs differs. `other` may be null.
Shown hidden(const Snapshot &snapshot, const Snapshot *other, const QString &subject)
{
    const EndOfLifeTable endOfLife = bundledEndOfLife();
    Redaction redaction(snapshot, {subject});
    if (other)
        redaction.alsoHide(*other);
    return {redactedSnapshot(snapshot, endOfLife, redaction),
            other ? redactedSnapshot(*other, endOfLife, redaction) : nullptr, redaction.text(subject),
            toldOf(redaction)};
}

/// Qt speaks of what its windowless platform lacks, which is nothing to an operator; errors are values here.
void dropQtMessage(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        printError(text);
}

} // namespace

int runShot(const Request &request)
{
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    const auto other =
        request.with.isEmpty() ? Result<SnapshotPtr>() : openCapture(request.with, bundledEndOfLife());
    if (!other)
        return fail(other.error());
    if (!request.select.isEmpty() && !isKnown(request.select, **snapshot) &&
        !(*other && isKnown(request.select, **other)))
        return fail(
            {ErrorKind::Usage,
             {},
             u"nothing that was read is the subject \"%1\"; inspect and identify print subjects"_s.arg(
                 request.select)});
    const Shown shown = request.redact ? hidden(**snapshot, other->get(), request.select)
                                       : Shown{*snapshot, *other, request.select, {}};
    qInstallMessageHandler(&dropQtMessage);
    const auto picture = renderView(shown.snapshot, request.view, request.size, shown.subject,
                                    request.dark ? Theme::Dark : Theme::Light, shown.other);
    qInstallMessageHandler(nullptr);
    if (!picture)
        return fail(picture.error());
    if (!picture->save(request.output))
        return fail({ErrorKind::Io, request.output, u"the picture could not be written there"_s});
    return shown.replaced.isEmpty() ? Done : printResult(shown.replaced);
}

} // namespace tropo
