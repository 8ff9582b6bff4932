#include "views/findings/finding_page.h"

#include "models/items/findings_model.h"
#include "models/items/visible_text.h"
#include "models/report/story_report.h"
#include "models/rules/rule.h"
#include "models/rules/sightings.h"
#include "views/parts/rich_text.h"
#include "views/presentation.h"

#include <QCoreApplication>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FindingPage)
};

QString encoded(const QString &name)
{
    return QString::fromLatin1(name.toUtf8().toBase64(QByteArray::Base64UrlEncoding));
}

void link(PageWriter &page, const QString &subject)
{
    page.link(subject, QLatin1String("subject:") + encoded(subject));
}

} // namespace

void writeStory(PageWriter &page, const Story &story,
                const std::function<const Finding *(const QString &id)> &findingById)
{
    page.title(iconName(story.severity), story.title, severityWord(story.severity));
    page.muted(Words::tr("%1 findings with one cause").arg(story.findings.size()));
    if (story.accepted)
        page.notice(QStringLiteral("accepted"), Words::tr("All of them are accepted."));
    std::optional<Chapter> chapter;
    int step = 0;
    for (const StoryPart &part : story.parts) {
        if (chapter != part.chapter)
            page.heading(chapterTitle(part.chapter));
        chapter = part.chapter;
        const QString plan = part.plan.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(part.plan);
        page.paragraph(part.chapter == Chapter::Remedy
                           ? QStringLiteral("%1. %2%3").arg(QString::number(++step), part.text, plan)
                           : part.text);
    }
    page.heading(Words::tr("Findings"));
    for (const QString &id : story.findings)
        if (const Finding *finding = findingById(id))
            page.finding(*finding, QLatin1String("finding:") + encoded(id));
    page.heading(Words::tr("Where"));
    link(page, story.subject);
}

void writeFinding(PageWriter &page, const Finding &finding, const QDateTime &since)
{
    constexpr qsizetype mostRelated = 30;
    const Rule *rule = findRule(finding.rule);
    page.title(iconName(finding.severity), rule ? Words::tr(rule->title) : finding.rule,
               severityWord(finding.severity));
    page.muted(finding.rule);
    page.paragraph(finding.message);
    if (const QString seen = sightingText(finding.sighting); !seen.isEmpty())
        page.notice(QStringLiteral("not-known"), seen);
    if (finding.accepted)
        page.notice(QStringLiteral("accepted"), Words::tr("Accepted: %1").arg(*finding.accepted));
    if (rule) {
        page.heading(Words::tr("If it is left"));
        page.paragraph(Words::tr(rule->consequence));
        page.heading(Words::tr("When this is found"));
        page.paragraph(Words::tr(rule->explanation));
    }
    page.heading(Words::tr("Where"));
    link(page, finding.subject);
    for (const QString &subject : finding.related.first(qMin(finding.related.size(), mostRelated)))
        link(page, subject);
    page.heading(Words::tr("Since"));
    page.paragraph(Words::tr("Seen at the reading of %1").arg(timeText(since)));
}

} // namespace tropo
