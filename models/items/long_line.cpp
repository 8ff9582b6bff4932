#include "models/items/long_line.h"

#include "models/evidence/evidence.h"
#include "models/items/visible_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace tropo {

namespace {

constexpr qsizetype mostValues = 24;
constexpr qsizetype around = 70;    ///< characters beside a value
constexpr qsizetype bridged = 50;   ///< a gap that is not longer than the words for it
constexpr qsizetype mostPlaces = 3; ///< of one value

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Excerpt)
};

struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

bool isTelling(const QString &word)
{
    return word.size() >= 3 &&
           std::any_of(word.begin(), word.end(), [](QChar c) { return !c.isLetter() || !c.isLower(); });
}

QStringList bounded(QStringList values)
{
    values.removeDuplicates();
    values.removeAll(QString());
    return values.first(std::min(values.size(), mostValues));
}

/// The names in a subject, the most specific first: of "trop02/vm/Acilamwen/if/ens5", ens5 and Acilamwen.
QStringList namesIn(const QString &subject)
{
    const QStringList parts = subject.split(u'/');
    QStringList names;
    if (parts.size() == 2)
        names.append(unescapedName(parts[1])); // "float/float1"
    for (qsizetype i = 2; i < parts.size(); i += 2)
        names.prepend(unescapedName(parts[i]));
    return names;
}

bool isOfWord(const QString &line, qsizetype at)
{
    return at >= 0 && at < line.size() && (line[at].isLetterOrNumber() || line[at] == u'_');
}

QList<qsizetype> placesOf(const QString &value, const QString &line)
{
    QList<qsizetype> places;
    for (qsizetype at = line.indexOf(value, 0, Qt::CaseInsensitive); at >= 0 && places.size() < mostPlaces;
         at = line.indexOf(value, at + 1, Qt::CaseInsensitive))
        if (!isOfWord(line, at - 1) && !isOfWord(line, at + value.size()))
            places.append(at);
    return places;
}

/// Not between the two halves of one character.
qsizetype whole(const QString &line, qsizetype at)
{
    return at > 0 && at < line.size() && line[at].isLowSurrogate() ? at - 1 : at;
}

/// The first place of each value before the second of any, as far as there is room.
QList<Span> windows(const QString &line, const QStringList &values, qsizetype room)
{
    QList<QList<qsizetype>> places;
    for (const QString &value : values)
        places.append(value.isEmpty() ? QList<qsizetype>() : placesOf(value, line));
    QList<Span> spans;
    for (qsizetype turn = 0; turn < mostPlaces; ++turn)
        for (qsizetype i = 0; i < values.size(); ++i) {
            if (turn >= places[i].size())
                continue;
            const qsizetype at = places[i][turn];
            const qsizetype end = at + values[i].size();
            if (std::any_of(spans.begin(), spans.end(),
                            [&](const Span &one) { return one.begin <= at && end <= one.end; }))
                continue;
            const Span span{whole(line, std::max<qsizetype>(0, at - around)),
                            whole(line, std::min(line.size(), end + around))};
            if (span.end - span.begin > room)
                continue;
            room -= span.end - span.begin;
            spans.append(span);
        }
    return spans;
}

QList<Span> joined(QList<Span> spans)
{
    std::sort(spans.begin(), spans.end(), [](const Span &a, const Span &b) { return a.begin < b.begin; });
    QList<Span> all;
    for (const Span &span : std::as_const(spans)) {
        if (!all.isEmpty() && span.begin <= all.last().end + bridged)
            all.last().end = std::max(all.last().end, span.end);
        else
            all.append(span);
    }
    return all;
}

QString gapText(qsizetype characters)
{
    return characters > 0 ? Words::tr("\u2026[%1 characters left out]\u2026").arg(characters) : QString();
}

} // namespace

QStringList valuesIn(const QString &text)
{
    static const QRegularExpression between(QStringLiteral("[\\s,;/()\"'\\[\\]{}<>=]+"));
    static const QRegularExpression ends(QStringLiteral("^[.:!?]+|[.:!?]+$"));
    QStringList values;
    for (QString word : text.split(between, Qt::SkipEmptyParts))
        if (word.remove(ends); isTelling(word))
            values.append(word);
    return bounded(values);
}

QStringList valuesOf(const Finding &finding)
{
    const QStringList names = namesIn(finding.subject);
    QStringList values{names.value(0)};
    values += valuesIn(finding.message);
    values += names;
    for (const QString &one : finding.related)
        values += namesIn(one);
    return bounded(values);
}

QStringList valuesOf(const Story &story)
{
    QStringList values = valuesIn(story.title);
    for (const StoryPart &part : story.parts)
        if (part.chapter == Chapter::Should || part.chapter == Chapter::Is)
            values += valuesIn(part.text);
    return bounded(values + namesIn(story.subject));
}

QString longLine(const QString &line, const QStringList &values, qsizetype most)
{
    if (line.size() <= most)
        return visibleText(line, most);
    QList<Span> spans = joined(windows(line, values, most));
    if (spans.isEmpty())
        spans = {{0, whole(line, most)}};
    QString text;
    qsizetype at = 0;
    for (const Span &span : std::as_const(spans)) {
        text += gapText(span.begin - at);
        const QStringView part = QStringView(line).sliced(span.begin, span.end - span.begin);
        text += visibleText(part, part.size());
        at = span.end;
    }
    return text + gapText(line.size() - at);
}

} // namespace tropo
