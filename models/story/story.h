#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"
#include "models/rules/finding.h"

namespace tropo {

/// What a part of a story tells, in the order in which a person would tell it.
enum class Chapter {
    Should,      ///< what ought to be
    Is,          ///< what was found instead
    History,     ///< how it probably came to be
    Consequence, ///< what it leads to now
    Remedy,      ///< how it is mended; the parts are in the order to do it
};

QString chapterName(Chapter chapter); ///< "should", "is", "history", "consequence", "remedy"

/// A sentence or a few of a story, with what they stand on.
struct StoryPart
{
    Chapter chapter = Chapter::Is;
    QString text;
    bool probable = false; ///< no document says it; the text says that it is a guess
    QStringList findings;  ///< ids of those that it tells
    QList<Source> sources;
    QString plan; ///< of a remedy: the plan's name, empty where none is

    bool operator==(const StoryPart &) const = default;
};

/// Findings with one cause, told together.
struct Story
{
    QString cause;   ///< its kind: "float-confused", "hypervisor-unreachable", …
    QString subject; ///< as findings have subjects
    QString title;
    Severity severity = Severity::Info; ///< the worst of its findings that are not accepted
    bool accepted = false;              ///< all of its findings are
    QList<StoryPart> parts;             ///< by chapter
    QStringList findings;               ///< ids, in the order in which they are told; two or more
    QList<Quote> evidence; ///< of every document that it stands on, as inReadingOrder() has them; then what
                           ///< only its consequences were read from

    bool operator==(const Story &) const = default;
    /// Stable between runs on the same state; no two stories of one fleet share it.
    QString id() const { return QString(cause + QLatin1Char(':') + subject); }
};

/// The stories that findings make, worst first. A finding belongs to at most one; one that shares its cause
/// with no other belongs to none. `findings` as judge() returns them for that fleet and policy.
QList<Story> stories(const Fleet &fleet, const Policy &policy, const QList<Finding> &findings);

} // namespace tropo
