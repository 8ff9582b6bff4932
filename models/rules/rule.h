#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"
#include "models/rules/end_of_life.h"
#include "models/rules/finding.h"
#include "models/rules/vm_index.h"
#include "models/rules/who_wins.h"
#include "models/swarm/swarm_table.h"

#include <vector>

namespace tropo {

/// What a rule may look at. Nothing else: no clock, no network, no file.
struct RuleInput
{
    const Fleet &fleet;
    const Policy &policy;
    const EndOfLifeTable &endOfLife;
    const VmIndex &index;       ///< the domains with their insides worked out
    const Witnesses &witnesses; ///< what bridges and neighbours say of who has a MAC or an address
    const SwarmTable &swarm;    ///< engines, and what their Swarms want of them
};

/// A rule of the catalogue: what it looks for, and the pure function that finds it. A finding that a function
/// returns bears subject, message, related subjects and sources; the rest is filled from here.
struct Rule
{
    const char *name;
    Severity severity;
    const char *title;
    const char *explanation; ///< when it fires, in the operator's words
    const char *reads;       ///< which documents it stands on
    const char *consequence; ///< what it leads to if left
    QStringList fixes;       ///< plans that may mend it
    QList<Finding> (*find)(const RuleInput &);
};

/// Every rule, in the catalogue's order.
const std::vector<Rule> &ruleCatalogue();
const Rule *findRule(QStringView name);
/// "float" of "float-duplicate-nic".
QString ruleFamily(QStringView name);

} // namespace tropo
