#pragma once

#include "models/compare/comparison.h"

#include <QHash>

namespace tropo {

/// A thing in the earlier and the later of two lists; nothing where one lacks it.
template <typename T> struct Matched
{
    const T *before = nullptr;
    const T *after = nullptr;
};

/// Joins two lists by a key. Things with one key are joined in their order. The order is that of the later
/// list, then what it lacks. Points into both.
template <typename T, typename KeyOf>
QList<Matched<T>> matched(const QList<T> &before, const QList<T> &after, KeyOf keyOf)
{
    QHash<QString, QList<const T *>> earlier;
    for (const T &one : before)
        earlier[keyOf(one)].append(&one);
    QList<Matched<T>> pairs;
    for (const T &one : after) {
        QList<const T *> &same = earlier[keyOf(one)];
        pairs.append(Matched<T>{same.isEmpty() ? nullptr : same.takeFirst(), &one});
    }
    for (const T &one : before)
        if (earlier.value(keyOf(one)).contains(&one))
            pairs.append(Matched<T>{&one, nullptr});
    return pairs;
}

template <typename T, typename KeyOf> void matched(QList<T> &&before, QList<T> &&after, KeyOf keyOf) = delete;

/// Collects differences, each once, and what could not be compared, gathered by its subject.
class ChangeLog
{
public:
    /// `thing` begins a sentence: "The NIC 52:54:…:01 on bridged".
    void added(const QString &subject, const char *what, const QString &thing, const Source &source);
    void removed(const QString &subject, const char *what, const QString &thing, const Source &source);
    /// Nothing where both are one.
    void changed(const QString &subject, const char *what, const QString &thing, const QString &before,
                 const QString &after, const Source &sourceBefore, const Source &sourceAfter);
    /// As changed(); a value that is nothing was not read.
    void compared(const QString &subject, const char *what, const QString &thing,
                  const std::optional<QString> &before, const std::optional<QString> &after,
                  const Source &sourceBefore, const Source &sourceAfter);
    void add(const Change &change);

    /// Whether both were read. Where one was, that is remembered as not comparable; `part` is "its networks".
    template <typename T>
    bool bothRead(const QString &subject, const QString &part, const std::optional<T> &before,
                  const std::optional<T> &after)
    {
        return bothRead(subject, part, before.has_value(), after.has_value());
    }
    bool bothRead(const QString &subject, const QString &part, bool before, bool after);
    void notCompared(const QString &subject, const QString &sentence);

    Comparison take();

private:
    struct Gap
    {
        QStringList onlyBefore;
        QStringList onlyAfter;
    };
    Gap &gapOf(const QString &subject);

    QList<Change> m_changes;
    QStringList m_gapSubjects; ///< in the order in which they came up
    QHash<QString, Gap> m_gaps;
    QList<NotCompared> m_notCompared;
};

} // namespace tropo
