#pragma once

#include "models/fleet/fleet.h"

#include <QSet>

namespace tropo {

/// Which documents were not understood as a whole: lines left out, an entry that does not parse. What is
/// absent from such a one is not known to be absent.
class ReadingGaps
{
public:
    explicit ReadingGaps(const Fleet &fleet)
    {
        for (const Problem &problem : fleet.problems)
            m_documents.insert(problem.document);
    }

    bool isWhole(const Source &source) const { return !m_documents.contains(source.document); }

private:
    QSet<QString> m_documents;
};

} // namespace tropo
