#pragma once

#include "models/story/story.h"
#include "tests/rules/judging.h"

namespace tropo::build {

/// A finding by hand, as judge() would return it; its severity and fixes are the rule's where it is known.
inline Finding made(const char *rule, const QString &subject, const QStringList &related = {},
                    const QString &message = QStringLiteral("It is wrong."))
{
    Finding finding;
    finding.rule = str(rule);
    finding.subject = subject;
    finding.related = related;
    finding.message = message;
    finding.severity = Severity::Warning;
    if (const Rule *known = findRule(finding.rule)) {
        finding.severity = known->severity;
        finding.fixes = known->fixes;
    }
    return finding;
}

inline QString textOf(const Story &story, Chapter chapter)
{
    QStringList texts;
    for (const StoryPart &part : story.parts)
        if (part.chapter == chapter)
            texts.append(part.text);
    return texts.join(u'\n');
}

inline QStringList idsOf(const QList<Story> &stories)
{
    QStringList ids;
    for (const Story &story : stories)
        ids.append(story.id());
    return ids;
}

inline QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

} // namespace tropo::build
