#pragma once

#include "models/rules/who_wins.h"
#include "models/story/story.h"

#include <QHash>
#include <QSet>

#include <array>
#include <span>

namespace tropo {

/// Names of rules.
using RuleSet = std::span<const QLatin1String>;
bool isOf(const Finding &finding, RuleSet rules);

/// The findings that no story has yet, to be looked up by rule and by place. Points into the list it was made
/// of.
class FindingPool
{
public:
    explicit FindingPool(const QList<Finding> &findings);

    /// Of these rules, in judge()'s order.
    QList<const Finding *> of(RuleSet rules) const;
    QList<const Finding *> of(QLatin1String rule) const { return of(RuleSet(&rule, 1)); }
    /// About a machine (a VM, or a hypervisor itself) or a part of it.
    QList<const Finding *> at(const QString &machine) const;
    /// About something else, but this too.
    QList<const Finding *> concerning(const QString &subject) const;
    void take(const Finding &finding) { m_taken.insert(&finding); }
    bool isFree(const Finding &finding) const { return !m_taken.contains(&finding); }

private:
    QList<const Finding *> free(const QList<const Finding *> &findings) const;

    QHash<QString, QList<const Finding *>> m_byRule;
    QHash<QString, QList<const Finding *>> m_byMachine;
    QHash<QString, QList<const Finding *>> m_byRelated;
    QHash<const Finding *, qsizetype> m_order;
    QSet<const Finding *> m_taken;
};

/// What a teller may look at.
struct StoryInput
{
    const Fleet &fleet;
    const Policy &policy;
    const VmIndex &index;
    const Witnesses &witnesses;
    const FindingPool &pool;
    const QHash<QString, const VmView *> &vms; ///< by subject

    const FloatPolicy *floatOf(const QString &subject) const; ///< of "float/NAME"
};

/// A story in the making.
class Draft
{
public:
    Draft(const char *cause, const QString &subject, const QString &title);

    void entitle(const QString &title) { m_story.title = title; }
    /// Makes a finding part of the story. One that no sentence tells is told in its own words.
    void add(const Finding *finding);
    void add(const QList<const Finding *> &findings);
    bool has(QLatin1String rule) const { return !of(rule).isEmpty(); }
    QList<const Finding *> of(RuleSet rules) const;
    QList<const Finding *> of(QLatin1String rule) const { return of(RuleSet(&rule, 1)); }
    const QList<const Finding *> &findings() const { return m_findings; }

    void say(Chapter chapter, const QString &text, const QList<Source> &sources = {},
             const QList<const Finding *> &told = {});
    /// A guess. The text must say so.
    void guess(const QString &text, const QList<Source> &sources = {});
    void say(Chapter chapter, const QList<Statement> &statements);
    /// A step of the remedy, in a teller's own words.
    void mend(const QString &plan, const QString &text, const QList<const Finding *> &told = {});

    /// The story, with what was not told and the remedies that its findings name; nothing where fewer than
    /// two findings share the cause.
    std::optional<Story> finished() const;

private:
    Story m_story;
    QList<const Finding *> m_findings;
};

/// A kind of cause. Looks for the findings that it explains and tells them.
using Teller = QList<Draft> (*)(const StoryInput &);

/// How a plan mends, as a sentence; empty for one that is not known. Plans stand in the order in which they
/// are done: what is cut off comes before what is put in its place.
QString planSentence(const QString &plan);
int planRank(const QString &plan);

} // namespace tropo
