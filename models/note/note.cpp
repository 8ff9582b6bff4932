#include "models/note/note.h"

#include "models/note/by_id.h"
#include "models/rules/rule.h"

#include <QCoreApplication>

#include <algorithm>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Note)
};

} // namespace

QString findingTitle(const Finding &finding)
{
    const Rule *rule = findRule(finding.rule);
    return QStringLiteral("%1 \u00b7 %2").arg(rule ? Words::tr(rule->title) : finding.rule, finding.subject);
}

QString fleetName(const Snapshot &snapshot)
{
    return snapshot.fleet.name.isEmpty() ? snapshot.policy.name : snapshot.fleet.name;
}

QString partTitle(const NotePart &part, const Snapshot &snapshot)
{
    const auto title = [&](const auto &one) -> QString {
        using Part = std::decay_t<decltype(one)>;
        if constexpr (std::is_same_v<Part, NoteText>) {
            const QString line = one.markdown.trimmed().section(u'\n', 0, 0).left(60);
            return line.isEmpty() ? Words::tr("Text") : line;
        } else if constexpr (std::is_same_v<Part, NoteFinding>) {
            const auto story = std::find_if(snapshot.stories.begin(), snapshot.stories.end(),
                                            [&](const Story &other) { return other.id() == one.id; });
            return story == snapshot.stories.end() ? one.id : story->title;
        } else if constexpr (std::is_same_v<Part, NoteSummary>) {
            return Words::tr("All findings, in a table");
        } else if constexpr (std::is_same_v<Part, NotePicture>) {
            return one.subject.isEmpty() ? Words::tr("Picture of %1").arg(one.view)
                                         : Words::tr("Picture of %1: %2").arg(one.view, one.subject);
        } else if constexpr (std::is_same_v<Part, NotePlan>) {
            return Words::tr("Plan: %1").arg(one.title);
        } else if constexpr (std::is_same_v<Part, NoteByHand>) {
            return Words::tr("The same by hand");
        } else {
            return Words::tr("What is not known");
        }
    };
    return std::visit(title, part);
}

Result<Note> noteAbout(const Snapshot &snapshot, const QStringList &ids, const QStringList &views)
{
    const ById byId(snapshot);
    Note note;
    QStringList chosen = ids;
    for (const QString &id : ids)
        if (!byId.finding(id) && !byId.story(id))
            return failure(ErrorKind::Usage, id,
                           Words::tr("is the id of no finding or story that was found"));
    if (ids.isEmpty()) {
        QSet<QString> told;
        for (const Story &story : snapshot.stories) {
            chosen.append(story.id());
            told.unite(QSet<QString>(story.findings.begin(), story.findings.end()));
        }
        for (const Finding &finding : snapshot.findings)
            if (!told.contains(finding.id()) && !finding.accepted && finding.severity != Severity::Info)
                chosen.append(finding.id());
        note.parts.append(NoteSummary{});
    }
    for (const QString &id : std::as_const(chosen))
        note.parts.append(NoteFinding{id});
    const Finding *first = chosen.isEmpty() ? nullptr : byId.finding(chosen.front());
    const Story *story = chosen.isEmpty() ? nullptr : byId.story(chosen.front());
    const QString subject = first ? first->subject : story ? story->subject : QString();
    for (const QString &view : views)
        note.parts.append(NotePicture{view, subject});
    note.parts.append(NoteByHand{});
    note.parts.append(NoteNotKnown{});
    note.title = ids.isEmpty() ? Words::tr("State of the fleet %1").arg(fleetName(snapshot))
                 : story       ? story->title
                               : findingTitle(*first);
    return note;
}

} // namespace tropo
