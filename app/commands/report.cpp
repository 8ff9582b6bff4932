#include "app/commands/commands.h"
#include "app/judgement.h"
#include "app/reporting/redacted.h"
#include "app/reporting/write_note.h"
#include "models/evidence/capture.h"
#include "models/fixes/journal.h"
#include "models/fixes/plan_note.h"
#include "views/shot.h"

#include <QFile>
#include <QFileInfo>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

/// The author's own words, from a file.
Result<QString> authorsText(const QString &path)
{
    if (path.isEmpty())
        return QString();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Io, path, u"could not be read: %1"_s.arg(file.errorString()));
    constexpr qint64 bound = 4 * 1024 * 1024;
    const QByteArray text = file.read(bound + 1);
    if (text.size() > bound)
        return failure(ErrorKind::Limit, path, u"is larger than 4 MiB, the bound for the text of a note"_s);
    return QString::fromUtf8(text);
}

/// A plan that was applied, from its journal.
Result<NotePlan> planOf(const QString &path)
{
    const auto entry = readJournal(path);
    if (!entry)
        return tl::unexpected(entry.error());
    RunResult result;
    result.outcome = entry->outcome.value_or(RunOutcome::Stopped);
    result.says = entry->outcome ? entry->says : u"it was cut off, and nobody has gone on with it"_s;
    result.steps = entry->steps;
    return NotePlan{entry->plan.intent, planNote(entry->plan, result, entry->compared, false)};
}

/// What is asked for, of the whole snapshot.
Result<Note> noteOf(const Request &request, const Snapshot &snapshot)
{
    const auto text = authorsText(request.with);
    if (!text)
        return tl::unexpected(text.error());
    auto note = noteAbout(snapshot, request.findings, request.pictures);
    if (!note)
        return note;
    if (!request.title.isEmpty())
        note->title = request.title;
    note->written = QDateTime::currentDateTimeUtc();
    if (!text->isEmpty())
        note->parts.prepend(NoteText{*text});
    if (!request.journal.isEmpty()) {
        auto plan = planOf(request.journal);
        if (!plan)
            return tl::unexpected(plan.error());
        // Before the commands and what is not known, which end a note.
        note->parts.insert(note->parts.size() - 2, *std::move(plan));
    }
    return note;
}

/// What is asked of the disk, before a fleet is read for it. A pipe can be read once only: its text is
/// looked at when it is needed.
std::optional<Error> fileRefusal(const Request &request)
{
    if (!QFileInfo(QFileInfo(request.output).absolutePath()).isDir())
        return Error{ErrorKind::Io, request.output,
                     u"could not be written: its folder does not exist; make it first"_s};
    if (!request.with.isEmpty() && (QFileInfo(request.with).isFile() || !QFileInfo::exists(request.with)))
        if (const auto text = authorsText(request.with); !text)
            return text.error();
    if (!request.journal.isEmpty())
        if (const auto plan = planOf(request.journal); !plan)
            return plan.error();
    if (!request.attach.isEmpty())
        if (const auto target = checkCaptureTarget(request.attach); !target)
            return target.error();
    return {};
}

} // namespace

std::optional<Error> reportRefusal(const Request &request)
{
    if (const auto name = checkReportName(request.output); !name)
        return name.error();
    QStringList views = viewNames();
    views.removeAll(u"changes"_s);
    for (const QString &view : request.pictures) {
        if (view == u"changes")
            return Error{ErrorKind::Usage,
                         {},
                         u"a report has one reading, and the view \"changes\" compares two; troposcope shot "
                         "--view changes --with CAPTURE pictures it"_s};
        if (!views.contains(view))
            return Error{
                ErrorKind::Usage,
                {},
                u"there is no view \"%1\" to picture; there are %2"_s.arg(view, views.join(u", "_s))};
    }
    return fileRefusal(request);
}

int runReport(const Request &request)
{
    auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    auto note = noteOf(request, **snapshot);
    if (!note)
        return fail(note.error());
    QString replaced;
    if (request.redact) {
        const Redacted hidden = redacted(**snapshot, bundledEndOfLife(), *note);
        note = redactedNote(*note, hidden.redaction);
        snapshot = hidden.snapshot;
        replaced = toldOf(hidden.redaction);
        if (!hidden.differs.isEmpty())
            printError(u"troposcope: "_s + hidden.differs);
    }
    const auto written =
        writeNote(request.output, composeNote(*note, **snapshot, pictureMaker(*snapshot)), note->title);
    if (!written)
        return fail(written.error());
    if (!request.attach.isEmpty())
        if (const auto attached = writeCapture(request.attach, (*snapshot)->evidence); !attached)
            return fail(attached.error());
    return replaced.isEmpty() ? Done : printResult(replaced);
}

} // namespace tropo
