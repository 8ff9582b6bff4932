#include "models/items/long_line.h"
#include "models/note/by_hand.h"
#include "models/note/by_id.h"
#include "models/note/capture_hash.h"
#include "models/note/note_blocks.h"
#include "models/note/picture_hosts.h"
#include "models/report/story_report.h"
#include "models/rules/rule.h"
#include "models/rules/sightings.h"

#include <QCoreApplication>

#include <algorithm>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Note)
};

/// Lines around those that prove something.
constexpr int contextLines = 2;
constexpr qsizetype mostHosts = 6; ///< in a caption

QString atText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'"))
                          : Words::tr("a time not known");
}

class Composer
{
public:
    Composer(const Note &note, const Snapshot &snapshot, const PictureMaker &pictures)
        : m_note(note),
          m_snapshot(snapshot),
          m_pictures(pictures),
          m_byId(snapshot),
          m_hash(captureHash(snapshot.evidence))
    {
    }

    QList<NoteBlock> compose()
    {
        add(HeadingBlock{1, m_note.title, {}, {}});
        add(ParagraphBlock{Words::tr("Fleet %1, %2. Written %3.")
                               .arg(fleetName(m_snapshot), readText(), atText(m_note.written)),
                           true});
        if (m_snapshot.isSimulated)
            add(ParagraphBlock{
                Words::tr("This is a simulation: plans were tried on the fleet in memory. What "
                          "is shown here was read from no machine."),
                false});
        for (const NotePart &part : m_note.parts)
            std::visit([this](const auto &one) { write(one); }, part);
        writeCommands();
        writeOrigin();
        return std::move(m_blocks);
    }

private:
    void add(NoteBlock block) { m_blocks.append(std::move(block)); }
    void heading(int level, const QString &text) { add(HeadingBlock{level, text, {}, {}}); }

    QString readText() const
    {
        const QString at = atText(m_snapshot.evidence.taken);
        return m_snapshot.isSimulated ? Words::tr("simulated from the reading of %1").arg(at)
                                      : Words::tr("read at %1").arg(at);
    }

    void write(const NoteText &text)
    {
        if (!text.markdown.trimmed().isEmpty())
            add(MarkdownBlock{text.markdown});
    }

    void write(const NotePlan &plan)
    {
        heading(2, plan.title);
        add(MarkdownBlock{plan.markdown});
    }

    void write(const NoteFinding &part)
    {
        if (const Finding *finding = m_byId.finding(part.id))
            writeFinding(*finding);
        else if (const Story *story = m_byId.story(part.id))
            writeStory(*story);
        else
            add(ParagraphBlock{Words::tr("%1 is not found in this reading.").arg(part.id), true});
    }

    void writeFinding(const Finding &finding)
    {
        const Rule *rule = findRule(finding.rule);
        add(HeadingBlock{2, findingTitle(finding), finding.severity, finding.id()});
        add(ParagraphBlock{finding.rule, true});
        add(ParagraphBlock{finding.message, false});
        if (const QString seen = sightingText(finding.sighting); !seen.isEmpty())
            add(ParagraphBlock{seen, true});
        if (finding.accepted)
            add(ParagraphBlock{Words::tr("Accepted: %1").arg(*finding.accepted), true});
        if (rule)
            add(ParagraphBlock{Words::tr("If it is left: %1").arg(Words::tr(rule->consequence)), false});
        quote(finding.evidence, valuesOf(finding));
    }

    void writeStory(const Story &story)
    {
        add(HeadingBlock{2, story.title, story.severity, story.id()});
        add(ParagraphBlock{story.subject, true});
        std::optional<Chapter> chapter;
        ListBlock remedies{{}, true};
        for (const StoryPart &part : story.parts) {
            if (part.chapter == Chapter::Remedy) {
                remedies.items.append(
                    part.plan.isEmpty() ? part.text : QStringLiteral("%1 (%2)").arg(part.text, part.plan));
                continue;
            }
            if (chapter != part.chapter)
                heading(3, chapterTitle(part.chapter));
            chapter = part.chapter;
            add(ParagraphBlock{part.text, false});
        }
        if (!remedies.items.isEmpty()) {
            heading(3, chapterTitle(Chapter::Remedy));
            add(remedies);
        }
        quote(story.evidence, valuesOf(story));
    }

    void quote(const QList<Quote> &quotes, const QStringList &values)
    {
        for (const Excerpt &excerpt : excerptsOf(m_snapshot, quotes, contextLines, values)) {
            add(QuoteBlock{excerpt});
            const QString command = commandShowing(excerpt.document, m_snapshot.policy);
            if (command.isEmpty() || m_commandsSeen.contains(command))
                continue;
            m_commandsSeen.insert(command);
            m_commands.append(command);
        }
        if (const QStringList more = documentsLeftOut(quotes); !more.isEmpty())
            add(ParagraphBlock{
                Words::tr("Not quoted, as they are many: %1").arg(more.join(QLatin1String(", "))), true});
    }

    void write(const NoteSummary &)
    {
        heading(2, Words::tr("Findings"));
        TableBlock table{
            {Words::tr("Severity"), Words::tr("Subject"), Words::tr("What is wrong"), Words::tr("Rule")},
            {},
            {10, 24, 46, 20},
            {}};
        for (const Finding &finding : m_snapshot.findings) {
            if (finding.accepted)
                continue;
            table.rows.append(
                {severityName(finding.severity), finding.subject, finding.message, finding.rule});
            table.ids.append(finding.id());
        }
        if (table.rows.isEmpty())
            add(ParagraphBlock{m_snapshot.notKnown.isEmpty()
                                   ? Words::tr("None.")
                                   : Words::tr("None among what was read; not all was."),
                               false});
        else
            add(table);
        const auto accepted =
            std::count_if(m_snapshot.findings.begin(), m_snapshot.findings.end(),
                          [](const Finding &finding) { return finding.accepted.has_value(); });
        if (accepted > 0)
            add(ParagraphBlock{Words::tr("Accepted in the fleet file, and not listed: %1.").arg(accepted),
                               true});
    }

    void write(const NotePicture &picture)
    {
        if (!m_pictures)
            return;
        const auto drawn = m_pictures(picture);
        if (!drawn) {
            add(ParagraphBlock{Words::tr("The view %1 could not be drawn.").arg(picture.view), true});
            return;
        }
        ++m_pictureCount;
        add(PictureBlock{QStringLiteral("%1-%2.png").arg(QString::number(m_pictureCount), picture.view),
                         drawn->png, caption(picture), drawn->width});
    }

    /// Fleet, host, time and capture: what a picture needs when it is torn from its note.
    QString caption(const NotePicture &picture) const
    {
        QStringList parts{Words::tr("Fleet %1").arg(fleetName(m_snapshot)),
                          Words::tr("view %1").arg(picture.view)};
        const QStringList hosts = hostsShown(m_snapshot, picture);
        if (hosts.size() == 1)
            parts.append(Words::tr("host %1").arg(hosts.front()));
        else if (hosts.size() > mostHosts)
            parts.append(Words::tr("hosts %1 and %2 more")
                             .arg(hosts.first(mostHosts).join(QLatin1String(", ")))
                             .arg(hosts.size() - mostHosts));
        else if (!hosts.isEmpty())
            parts.append(Words::tr("hosts %1").arg(hosts.join(QLatin1String(", "))));
        if (!picture.subject.isEmpty() && picture.subject != hosts.value(0))
            parts.append(picture.subject);
        parts.append(readText());
        parts.append(Words::tr("capture %1").arg(m_hash.first(12)));
        return parts.join(QStringLiteral(" \u00b7 "));
    }

    /// What is to be typed is known when all is quoted.
    void write(const NoteByHand &) { m_commandsAt.append(m_blocks.size()); }

    void writeCommands()
    {
        for (auto place = m_commandsAt.rbegin(); place != m_commandsAt.rend() && !m_commands.isEmpty();
             ++place) {
            m_blocks.insert(*place, CodeBlock{m_commands.join(u'\n')});
            m_blocks.insert(*place, HeadingBlock{2, Words::tr("The same by hand"), {}, {}});
        }
    }

    void write(const NoteNotKnown &)
    {
        const QStringList gaps = notKnownTexts(m_snapshot.notKnown);
        if (gaps.isEmpty())
            return;
        heading(2, Words::tr("Not known"));
        add(ParagraphBlock{Words::tr("What these hold was not read, and so not checked."), false});
        add(ListBlock{gaps, false});
    }

    void writeOrigin()
    {
        heading(2, Words::tr("Made from"));
        add(TableBlock{
            {},
            {{Words::tr("Source"), m_snapshot.isSimulated
                                       ? Words::tr("a simulation, begun from %1").arg(m_snapshot.origin)
                                       : m_snapshot.origin},
             {Words::tr("Read"), atText(m_snapshot.evidence.taken)},
             {Words::tr("Documents"), QString::number(m_snapshot.evidence.documents.size())},
             {Words::tr("SHA-256 of the capture"), m_hash},
             {Words::tr("How it is made"),
              Words::tr(
                  "SHA-256 over a line for each document, in the order of paths: its path, a zero byte and "
                  "the SHA-256 of its text in hex; then, sorted, one for each source that could not be "
                  "read: its host, a zero byte, the source, a zero byte and the SHA-256 of the message. To "
                  "check it, write a note of the capture with troposcope report: it says the same.")},
             {Words::tr("Read by"), m_snapshot.evidence.tool.isEmpty()
                                        ? Words::tr("hand, or something that does not say")
                                        : m_snapshot.evidence.tool},
             {Words::tr("Written by"), QStringLiteral("troposcope " TROPOSCOPE_VERSION)}},
            {24, 76},
            {}});
    }

    const Note &m_note;
    const Snapshot &m_snapshot;
    const PictureMaker &m_pictures;
    QList<NoteBlock> m_blocks;
    const ById m_byId;
    const QString m_hash;
    QStringList m_commands; ///< that show what was quoted so far
    QList<qsizetype> m_commandsAt;
    QSet<QString> m_commandsSeen;
    int m_pictureCount = 0;
};

} // namespace

QString quoteOrigin(const Excerpt &excerpt)
{
    return excerpt.taken.isValid() ? QStringLiteral("%1 \u00b7 %2").arg(atText(excerpt.taken), excerpt.origin)
                                   : excerpt.origin;
}

QString foldText(const ExcerptLine &line)
{
    return Words::tr("\u22ef lines not shown: %1").arg(line.number);
}

QList<NoteBlock> composeNote(const Note &note, const Snapshot &snapshot, const PictureMaker &pictures)
{
    return Composer(note, snapshot, pictures).compose();
}

} // namespace tropo
