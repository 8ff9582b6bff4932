#pragma once

#include "models/snapshot.h"

#include <QHash>

namespace tropo {

/// Findings and stories by their ids, of a snapshot that outlives it; null for ids that are none's.
class ById
{
public:
    explicit ById(const Snapshot &snapshot)
    {
        for (const Finding &finding : snapshot.findings)
            m_findings.insert(finding.id(), &finding);
        for (const Story &story : snapshot.stories)
            m_stories.insert(story.id(), &story);
    }

    const Finding *finding(const QString &id) const { return m_findings.value(id); }
    const Story *story(const QString &id) const { return m_stories.value(id); }

private:
    QHash<QString, const Finding *> m_findings;
    QHash<QString, const Story *> m_stories;
};

} // namespace tropo
