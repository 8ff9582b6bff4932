#pragma once

#include "models/snapshot.h"

#include <QByteArray>

#include <variant>

namespace tropo {

/// What the author wrote, in Markdown.
struct NoteText
{
    QString markdown;
    bool operator==(const NoteText &) const = default;
};

/// A finding or a story, by its id, with its evidence.
struct NoteFinding
{
    QString id;
    bool operator==(const NoteFinding &) const = default;
};

/// All findings in a table, worst first.
struct NoteSummary
{
    bool operator==(const NoteSummary &) const = default;
};

/// A picture of a view, as renderView() knows them.
struct NotePicture
{
    QString view;
    QString subject; ///< empty: the worst finding's
    bool operator==(const NotePicture &) const = default;
};

/// A plan that was carried out, with what differs before and after; in Markdown, as planNote() writes it.
struct NotePlan
{
    QString title;
    QString markdown;
    bool operator==(const NotePlan &) const = default;
};

/// The commands that show by hand what the chosen findings stand on.
struct NoteByHand
{
    bool operator==(const NoteByHand &) const = default;
};

/// What was not read, so that nobody takes its silence for health.
struct NoteNotKnown
{
    bool operator==(const NoteNotKnown &) const = default;
};

using NotePart =
    std::variant<NoteText, NoteFinding, NoteSummary, NotePicture, NotePlan, NoteByHand, NoteNotKnown>;

/// An incident note as its author puts it together: what stands in it, in order.
struct Note
{
    QString title;
    QDateTime written; ///< set when it is composed
    QList<NotePart> parts;

    bool operator==(const Note &) const = default;
};

/// What the fleet calls itself; else what its fleet file calls it.
QString fleetName(const Snapshot &snapshot);

/// What is wrong and with what, short enough for a title.
QString findingTitle(const Finding &finding);

/// What a part is called in a list: "Finding float-duplicate-nic:…", "Picture of floats".
QString partTitle(const NotePart &part, const Snapshot &snapshot);

/// A note about these findings, or about all where none is named: summary, stories and findings, a picture of
/// the findings, commands, and what is not known. Errors (Usage): an id that is no finding's or story's.
Result<Note> noteAbout(const Snapshot &snapshot, const QStringList &ids, const QStringList &views);

} // namespace tropo
