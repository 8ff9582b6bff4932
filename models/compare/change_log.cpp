#include "models/compare/change_log.h"

#include <algorithm>

namespace tropo {

QString changeWord(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added:
        return QStringLiteral("added");
    case ChangeKind::Removed:
        return QStringLiteral("removed");
    case ChangeKind::Changed:
        break;
    }
    return QStringLiteral("changed");
}

int Comparison::count(ChangeKind kind) const
{
    return static_cast<int>(std::count_if(changes.begin(), changes.end(),
                                          [kind](const Change &change) { return change.kind == kind; }));
}

namespace {

QList<Source> listOf(const Source &source)
{
    return source.isNull() ? QList<Source>() : QList<Source>{source};
}

QString capitalised(const QString &text)
{
    return text.isEmpty() ? text : QString(text.at(0).toUpper() + text.mid(1));
}

} // namespace

void ChangeLog::add(const Change &change)
{
    m_changes.append(change);
}

void ChangeLog::added(const QString &subject, const char *what, const QString &thing, const Source &source)
{
    add({subject,
         ChangeKind::Added,
         QString::fromLatin1(what),
         thing + QLatin1String(" is new."),
         {},
         thing,
         {},
         listOf(source)});
}

void ChangeLog::removed(const QString &subject, const char *what, const QString &thing, const Source &source)
{
    add({subject,
         ChangeKind::Removed,
         QString::fromLatin1(what),
         thing + QLatin1String(" is gone."),
         thing,
         {},
         listOf(source),
         {}});
}

void ChangeLog::changed(const QString &subject, const char *what, const QString &thing, const QString &before,
                        const QString &after, const Source &sourceBefore, const Source &sourceAfter)
{
    if (before == after)
        return;
    const auto shown = [](const QString &text) { return text.isEmpty() ? QStringLiteral("none") : text; };
    add({subject, ChangeKind::Changed, QString::fromLatin1(what),
         QStringLiteral("%1 was %2 and is %3.").arg(thing, shown(before), shown(after)), before, after,
         listOf(sourceBefore), listOf(sourceAfter)});
}

void ChangeLog::compared(const QString &subject, const char *what, const QString &thing,
                         const std::optional<QString> &before, const std::optional<QString> &after,
                         const Source &sourceBefore, const Source &sourceAfter)
{
    // "The state" in front of a sentence is "the state" in the midst of one.
    const QString part = thing.isEmpty() ? thing : QString(thing.at(0).toLower() + thing.mid(1));
    if (bothRead(subject, part, before, after))
        changed(subject, what, thing, *before, *after, sourceBefore, sourceAfter);
}

ChangeLog::Gap &ChangeLog::gapOf(const QString &subject)
{
    if (!m_gaps.contains(subject))
        m_gapSubjects.append(subject);
    return m_gaps[subject];
}

bool ChangeLog::bothRead(const QString &subject, const QString &part, bool before, bool after)
{
    if (before && !after)
        gapOf(subject).onlyBefore.append(part);
    else if (after && !before)
        gapOf(subject).onlyAfter.append(part);
    return before && after;
}

void ChangeLog::notCompared(const QString &subject, const QString &sentence)
{
    const NotCompared one{subject, sentence};
    if (!m_notCompared.contains(one))
        m_notCompared.append(one);
}

Comparison ChangeLog::take()
{
    for (const QString &subject : m_gapSubjects) {
        const Gap &gap = m_gaps[subject];
        for (const auto &[parts, when] : {std::pair(gap.onlyBefore, QStringLiteral("earlier")),
                                          std::pair(gap.onlyAfter, QStringLiteral("later"))})
            if (!parts.isEmpty())
                notCompared(subject, capitalised(parts.join(QLatin1String(", "))) +
                                         (parts.size() == 1 ? QLatin1String(": read in the ")
                                                            : QLatin1String(": read in the ")) +
                                         when + QLatin1String(" alone."));
    }
    return {std::exchange(m_changes, {}), std::exchange(m_notCompared, {})};
}

} // namespace tropo
