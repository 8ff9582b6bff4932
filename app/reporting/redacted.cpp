#include "app/reporting/redacted.h"

#include "app/judgement.h"
#include "models/policy/fleet_file.h"

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
    return {redactedSnapshot(snapshot, endOfLife, redaction), redaction};
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
