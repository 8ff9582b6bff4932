#include "models/items/excerpt.h"

#include "models/items/long_line.h"
#include "models/items/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tropo {

namespace {

constexpr qsizetype mostDocuments = 24;
constexpr int mostLines = 4000;
constexpr int headLines = 60; ///< of a document that is cited as a whole
constexpr qsizetype mostOfLine = 1000;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Excerpt)
};

struct Range
{
    int first = 0;
    int last = 0;
};

QString originText(const Snapshot &snapshot, const Document *document)
{
    if (!document)
        return Words::tr("as quoted; the document itself is not at hand");
    if (snapshot.isSimulated)
        return Words::tr("as a simulation leaves it, not read");
    if (snapshot.kind == SnapshotKind::Live)
        return Words::tr("read live");
    if (snapshot.kind == SnapshotKind::Demo)
        return Words::tr("from the bundled demo");
    const QString &tool = snapshot.evidence.tool;
    if (tool.startsWith(QLatin1String("troposcope")))
        return Words::tr("captured by %1").arg(visibleText(tool, 60));
    return tool.isEmpty() ? Words::tr("made by hand")
                          : Words::tr("made by hand: %1").arg(visibleText(tool, 60));
}

QString lineText(QByteArrayView line, const QStringList &values)
{
    if (line.endsWith('\r'))
        line.chop(1);
    QString text = QString::fromUtf8(line);
    text.replace(u'\t', QLatin1String("    "));
    return longLine(text, values, mostOfLine);
}

bool inside(const QList<Range> &ranges, int line, int context)
{
    return std::any_of(ranges.begin(), ranges.end(), [line, context](const Range &range) {
        return line >= range.first - context && line <= range.last + context;
    });
}

/// Walks the document once; lines that are not wanted are counted, not decoded.
QList<ExcerptLine> linesOf(const QByteArray &text, const QList<Range> &marks, bool head, int context,
                           const QStringList &values)
{
    QList<ExcerptLine> lines;
    int hidden = 0;
    int number = 0;
    const auto fold = [&lines, &hidden] {
        if (hidden > 0)
            lines.append({ExcerptLine::What::Fold, hidden, {}});
        hidden = 0;
    };
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf('\n', at);
        end = end < 0 ? text.size() : end;
        ++number;
        const bool wanted = context < 0 || (head && number <= headLines) || inside(marks, number, context);
        if (wanted && lines.size() < mostLines) {
            fold();
            const auto what = inside(marks, number, 0) ? ExcerptLine::What::Marked : ExcerptLine::What::Plain;
            lines.append({what, number, lineText(QByteArrayView(text).sliced(at, end - at), values)});
        } else {
            ++hidden;
        }
        at = end + 1;
    }
    fold();
    return lines;
}

QList<ExcerptLine> quotedLines(const QList<Quote> &quotes, const QStringList &values)
{
    QList<ExcerptLine> lines;
    for (const Quote &quote : quotes) {
        int number = std::max(quote.source.first, 1);
        const QStringList parts = quote.text.split(u'\n');
        for (const QString &part : parts.first(std::min<qsizetype>(parts.size(), mostLines)))
            lines.append({ExcerptLine::What::Marked, number++, longLine(part, values, mostOfLine)});
    }
    return lines;
}

Excerpt excerptOf(const Snapshot &snapshot, const QString &path, const QList<Quote> &quotes, int context,
                  const QStringList &values)
{
    const Document *document = snapshot.evidence.find(path);
    Excerpt excerpt{path, originText(snapshot, document), {}, {}};
    if (!document) {
        excerpt.lines = quotedLines(quotes, values);
        return excerpt;
    }
    excerpt.taken = document->taken;
    QList<Range> marks;
    bool head = false;
    for (const Quote &quote : quotes) {
        if (quote.source.first > 0)
            marks.append({quote.source.first, std::max(quote.source.first, quote.source.last)});
        else
            head = true;
    }
    excerpt.lines = linesOf(document->text, marks, head && marks.isEmpty(), context, values);
    return excerpt;
}

/// In the order in which they are first quoted.
QStringList documentsOf(const QList<Quote> &quotes)
{
    QStringList documents;
    for (const Quote &quote : quotes)
        if (!quote.source.isNull())
            documents.append(quote.source.document);
    documents.removeDuplicates();
    return documents;
}

} // namespace

int Excerpt::firstMarked() const
{
    for (const ExcerptLine &line : lines)
        if (line.what == ExcerptLine::What::Marked)
            return line.number;
    return 0;
}

QList<Excerpt> excerptsOf(const Snapshot &snapshot, const QList<Quote> &quotes, int context,
                          const QStringList &values)
{
    QHash<QString, QList<Quote>> byDocument;
    for (const Quote &quote : quotes)
        byDocument[quote.source.document].append(quote);
    const QStringList documents = documentsOf(quotes);
    QList<Excerpt> excerpts;
    for (const QString &path : documents.first(std::min(documents.size(), mostDocuments)))
        excerpts.append(excerptOf(snapshot, path, byDocument.value(path), context, values));
    return excerpts;
}

QStringList documentsLeftOut(const QList<Quote> &quotes)
{
    return documentsOf(quotes).mid(mostDocuments);
}

QList<Excerpt> excerptsOf(const Snapshot &snapshot, const QList<Source> &sources, int context)
{
    QList<Quote> quotes;
    for (const Source &source : sources)
        quotes.append({source, {}});
    return excerptsOf(snapshot, quotes, context);
}

} // namespace tropo
