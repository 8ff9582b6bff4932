#pragma once

#include "models/rules/finding.h"

#include <QSet>

namespace tropo {

/// Which findings a table shows.
struct FindingFilter
{
    bool errors = true;
    bool warnings = true;
    bool infos = true;
    bool accepted = false; ///< whether accepted ones are unfolded
    QString hypervisor;    ///< empty: all
    QString family;        ///< the rule's first word; empty: all
    QString text;          ///< in rule, subject or message, case aside; each word must occur

    bool operator==(const FindingFilter &) const = default;
    bool admits(const Finding &finding) const;
};

/// The rule's first word: "float" of "float-mac-ip-mismatch".
QString familyOf(const Finding &finding);

} // namespace tropo
