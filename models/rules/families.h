#pragma once

#include "models/rules/rule.h"

#include <initializer_list>

namespace tropo {

// The catalogue by family, as rule-catalogue.md has them: each family's table stands in a file of its own.

std::vector<Rule> floatFamily();
std::vector<Rule> nicFamily();     ///< NICs and addresses
std::vector<Rule> networkFamily(); ///< libvirt networks, reservations, leases
std::vector<Rule> hostFamily();    ///< hypervisors, domains, what could not be read
std::vector<Rule> guestFamily();
std::vector<Rule> containerFamily();

/// Names of plans that may mend a finding.
inline QStringList plans(std::initializer_list<const char *> names)
{
    QStringList list;
    for (const char *name : names)
        list.append(QString::fromLatin1(name));
    return list;
}

} // namespace tropo
