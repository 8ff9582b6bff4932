#include "models/report/story_report.h"

#include "models/text/plain_text.h"

#include <QJsonObject>
#include <QTextStream>

namespace tropo {

using namespace Qt::StringLiterals;

QJsonObject sourceJson(const Source &source)
{
    return {{u"document"_s, source.document}, {u"lines"_s, QJsonArray{source.first, source.last}}};
}

QJsonArray sourcesJson(const QList<Source> &sources)
{
    QJsonArray array;
    for (const Source &source : sources)
        array.append(sourceJson(source));
    return array;
}

QString linesText(const Source &source)
{
    if (source.first == 0)
        return source.document;
    if (source.first == source.last)
        return u"%1:%2"_s.arg(source.document, QString::number(source.first));
    return u"%1:%2-%3"_s.arg(source.document, QString::number(source.first), QString::number(source.last));
}

namespace {

QJsonObject partJson(const StoryPart &part)
{
    return {{u"chapter"_s, chapterName(part.chapter)},
            {u"text"_s, part.text},
            {u"probable"_s, part.probable},
            {u"findings"_s, QJsonArray::fromStringList(part.findings)},
            {u"plan"_s, part.plan.isEmpty() ? QJsonValue() : QJsonValue(part.plan)},
            {u"sources"_s, sourcesJson(part.sources)}};
}

/// Each document once, with all its lines.
QJsonArray documentsJson(const Story &story)
{
    QJsonArray documents;
    for (qsizetype i = 0; i < story.evidence.size();) {
        const QString document = story.evidence[i].source.document;
        QJsonArray lines;
        for (; i < story.evidence.size() && story.evidence[i].source.document == document; ++i)
            lines.append(QJsonArray{story.evidence[i].source.first, story.evidence[i].source.last});
        documents.append(QJsonObject{{u"document"_s, document}, {u"lines"_s, lines}});
    }
    return documents;
}

} // namespace

QJsonObject storyJson(const Story &story)
{
    QJsonArray parts;
    for (const StoryPart &part : story.parts)
        parts.append(partJson(part));
    return {{u"id"_s, story.id()},
            {u"cause"_s, story.cause},
            {u"severity"_s, severityName(story.severity)},
            {u"subject"_s, story.subject},
            {u"title"_s, story.title},
            {u"accepted"_s, story.accepted},
            {u"parts"_s, parts},
            {u"findings"_s, QJsonArray::fromStringList(story.findings)},
            {u"documents"_s, documentsJson(story)}};
}

QString chapterTitle(Chapter chapter)
{
    switch (chapter) {
    case Chapter::Should:
        return u"What should be"_s;
    case Chapter::Is:
        return u"What is"_s;
    case Chapter::History:
        return u"How it probably came"_s;
    case Chapter::Consequence:
        return u"What it leads to"_s;
    case Chapter::Remedy:
        return u"How to mend it"_s;
    }
    return {};
}

void writeStory(QTextStream &out, const Story &story)
{
    out << severityName(story.severity) << "  " << visibleText(story.title)
        << "  [story: " << visibleText(story.id()) << "]\n";
    std::optional<Chapter> chapter;
    int step = 0;
    for (const StoryPart &part : story.parts) {
        if (chapter != part.chapter)
            out << "    " << chapterTitle(part.chapter) << '\n';
        chapter = part.chapter;
        out << "        ";
        if (part.chapter == Chapter::Remedy)
            out << ++step << ". ";
        out << visibleText(part.text);
        if (!part.plan.isEmpty())
            out << " (" << part.plan << ')';
        out << '\n';
    }
    out << '\n';
}

} // namespace tropo
