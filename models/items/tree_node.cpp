#include "models/items/tree_node.h"

#include <tuple>

namespace tropo {

void FindingCounts::add(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        ++errors;
        break;
    case Severity::Warning:
        ++warnings;
        break;
    case Severity::Info:
        ++infos;
        break;
    }
}

FindingCounts &FindingCounts::operator+=(const FindingCounts &other)
{
    errors += other.errors;
    warnings += other.warnings;
    infos += other.infos;
    return *this;
}

bool sameRow(const TreeNode &a, const TreeNode &b)
{
    const auto row = [](const TreeNode &n) {
        return std::tie(n.key, n.kind, n.state, n.label, n.detail, n.badge, n.counts, n.unread, n.taken,
                        n.stale, n.staleReason, n.sources, n.aliases, n.facts);
    };
    return row(a) == row(b);
}

} // namespace tropo
