#include "app/reporting/redacted.h"

#include "app/judgement.h"
#include "models/policy/fleet_file.h"

#include <algorithm>

namespace tropo {

namespace {

/// Hands each text of the note to `act`, which may change it.
template <typename Act> void eachText(Note &note, Act act)
{
    act(note.title);
    for (NotePart &part : note.parts) {
        if (auto *text = std::get_if<NoteText>(&part)) {
            act(text->markdown);
        } else if (auto *finding = std::get_if<NoteFinding>(&part)) {
            act(finding->id);
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
    eachText(note, [&texts](const QString &text) { texts.append(text); });
    return texts;
}

} // namespace

Redacted redacted(const Snapshot &snapshot, const EndOfLifeTable &endOfLife, const Note &note)
{
    const Redaction redaction(snapshot, textsOf(note));
    Evidence evidence = redaction.evidence(snapshot.evidence);
    Policy policy;
    if (const Document *file = evidence.find(QString(fleetFileDocument))) {
        auto read = parseFleetFile(file->text, QString(fleetFileDocument));
        if (read)
            policy = *std::move(read);
        else
            evidence.problems.append({QString(fleetFileDocument), 0, read.error().message});
    }
    return {makeSnapshot(snapshot.kind, redaction.text(snapshot.origin), std::move(evidence), policy,
                         endOfLife, redaction.sightings(snapshot.sightings)),
            redaction};
}

Note redactedNote(const Note &note, const Redaction &redaction)
{
    Note shown = note;
    eachText(shown, [&redaction](QString &text) { text = redaction.text(text); });
    return shown;
}

bool covers(const Redaction &redaction, const Note &note)
{
    const QStringList texts = textsOf(note);
    return std::all_of(texts.begin(), texts.end(),
                       [&redaction](const QString &text) { return redaction.knows(text); });
}

} // namespace tropo
