#include "app/reporting/redacted.h"

#include "app/judgement.h"
#include "models/policy/fleet_file.h"
#include "models/text/words.h"

#include <algorithm>

namespace tropo {

namespace {

/// Hands each text of the note to `act`, and each id to `actOnId`, which may change them.
template <typename Act, typename ActOnId> void eachText(Note &note, Act act, ActOnId actOnId)
{
    act(note.title);
    for (NotePart &part : note.parts) {
        if (auto *text = std::get_if<NoteText>(&part)) {
            act(text->markdown);
        } else if (auto *finding = std::get_if<NoteFinding>(&part)) {
            actOnId(finding->id);
        } else if (auto *picture = std::get_if<NotePicture>(&part)) {
            act(picture->subject);
        } else if (auto *plan = std::get_if<NotePlan>(&part)) {
            act(plan->title);
            act(plan->markdown);
        }
    }
}

QStringList textsOf(Note note)
{
    QStringList texts;
    const auto append = [&texts](const QString &text) { texts.append(text); };
    eachText(note, append, append);
    return texts;
}

/// The rules of findings and the causes of stories.
QStringList whatIsFound(const Snapshot &snapshot)
{
    QStringList all;
    for (const Finding &finding : snapshot.findings)
        all.append(finding.rule);
    for (const Story &story : snapshot.stories)
        all.append(story.cause);
    return all;
}

/// Where the operator keeps captures and fleet files may name whom they are of.
QString originShown(const Snapshot &snapshot)
{
    switch (snapshot.kind) {
    case SnapshotKind::Live:
        return QStringLiteral("a fleet read live");
    case SnapshotKind::Capture:
        return QStringLiteral("a capture");
    case SnapshotKind::Demo:
        break;
    }
    return snapshot.origin;
}

} // namespace

Redacted redacted(const Snapshot &snapshot, const EndOfLifeTable &endOfLife, const Note &note,
                  const Redaction *earlier)
{
    Redaction redaction = earlier ? *earlier : Redaction(snapshot);
    redaction.alsoHide(textsOf(note));
    const SnapshotPtr shown = redactedSnapshot(snapshot, endOfLife, redaction);
    return {shown, redaction, differenceText(snapshot, *shown)};
}

QString differenceText(const Snapshot &before, const Snapshot &after)
{
    QStringList gone = whatIsFound(before);
    QStringList added;
    for (const QString &one : whatIsFound(after))
        if (!gone.removeOne(one))
            added.append(one);
    QStringList parts;
    if (!gone.isEmpty())
        parts.append(QStringLiteral("not found any more: %1").arg(listed(gone)));
    if (!added.isEmpty())
        parts.append(QStringLiteral("found now: %1").arg(listed(added)));
    return parts.isEmpty()
               ? QString()
               : QStringLiteral("Hiding has changed what is found, so that the note is not right; %1.")
                     .arg(parts.join(QLatin1String("; ")));
}

SnapshotPtr redactedSnapshot(const Snapshot &snapshot, const EndOfLifeTable &endOfLife,
                             const Redaction &redaction)
{
    Evidence evidence = redaction.evidence(snapshot.evidence);
    Policy policy;
    if (const Document *file = evidence.find(QString(fleetFileDocument))) {
        auto read = parseFleetFile(file->text, QString(fleetFileDocument));
        if (read)
            policy = *std::move(read);
        else
            evidence.problems.append({QString(fleetFileDocument), 0, read.error().message});
    }
    return makeSnapshot(snapshot.kind, originShown(snapshot), std::move(evidence), policy, endOfLife,
                        redaction.sightings(snapshot.sightings));
}

Note redactedNote(const Note &note, const Redaction &redaction)
{
    Note shown = note;
    eachText(
        shown, [&redaction](QString &text) { text = redaction.text(text); },
        [&redaction](QString &id) { id = redaction.id(id); });
    return shown;
}

bool covers(const Redaction &redaction, const Note &note)
{
    const QStringList texts = textsOf(note);
    return std::all_of(texts.begin(), texts.end(),
                       [&redaction](const QString &text) { return redaction.knows(text); });
}

} // namespace tropo
