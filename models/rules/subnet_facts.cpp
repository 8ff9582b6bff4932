#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/network_facts.h"

#include <algorithm>

namespace tropo {

namespace {

struct Member
{
    NetworkView view;
    Subnet subnet;
    std::optional<Subnet> own; ///< its hypervisor's, by the fleet file

    bool isOutside() const { return own && !(own->contains(subnet.base) && subnet.prefix >= own->prefix); }
};

/// Networks that hand out addresses of their own and are reached through the host. Isolated ones may use what
/// they like.
QList<Member> membersOf(const RuleInput &input)
{
    QList<Member> members;
    for (const NetworkView &view : networksOf(input.fleet)) {
        const NetworkForm *form = view.network->known();
        const auto subnet = form ? form->subnet() : std::nullopt;
        if (!subnet || form->forward.isEmpty() || !ownsBridge(*form))
            continue;
        if (view.network->active == false && !isWanted(view, input.policy))
            continue;
        const HypervisorPolicy *policy = input.policy.hypervisor(view.hypervisor->name);
        members.append({view, *subnet, policy ? policy->subnet : std::nullopt});
    }
    return members;
}

/// The networks that should have their hypervisor's subnet and do not. Where one has it, others beside it may
/// be for something else.
QSet<QString> offPolicy(const RuleInput &input, const QList<Member> &members)
{
    QSet<QString> off;
    QSet<const Hypervisor *> served;
    const QStringList &expected = input.policy.expectedNetworks;
    for (const Member &member : members) {
        const bool counts = member.own && isNat(*member.view.network->known()) &&
                            (expected.isEmpty() || expected.contains(member.view.network->name));
        if (counts && !member.isOutside())
            served.insert(member.view.hypervisor);
        else if (counts)
            off.insert(member.view.subject);
    }
    for (const Member &member : members)
        if (served.contains(member.view.hypervisor))
            off.remove(member.view.subject);
    return off;
}

/// Runs of subnets that overlap, across hypervisors; the widest first.
QList<QList<Member>> overlapsOf(QList<Member> members)
{
    std::stable_sort(members.begin(), members.end(), [](const Member &a, const Member &b) {
        return a.subnet.base != b.subnet.base ? a.subnet.base < b.subnet.base
                                              : a.subnet.prefix < b.subnet.prefix;
    });
    QList<QList<Member>> groups;
    for (const Member &member : members) {
        // Subnets are nested or apart, so what overlaps any of a run lies in its first.
        if (!groups.isEmpty() && groups.last().first().subnet.overlaps(member.subnet))
            groups.last().append(member);
        else
            groups.append({member});
    }
    const auto isLocal = [](const QList<Member> &group) {
        return std::all_of(group.begin(), group.end(), [&](const Member &member) {
            return member.view.hypervisor == group.first().view.hypervisor;
        });
    };
    groups.erase(std::remove_if(groups.begin(), groups.end(), isLocal), groups.end());
    return groups;
}

SubnetFault faultOf(const RuleInput &input, const Member &member, const QList<Member> &overlapping)
{
    SubnetFault fault{member.view, {}, {member.view.network->known()->source}, {}};
    QStringList parts;
    if (member.isOutside()) {
        const auto whose = std::find_if(input.policy.hypervisors.begin(), input.policy.hypervisors.end(),
                                        [&](const auto &policy) {
                                            return policy.subnet && policy.subnet->overlaps(member.subnet) &&
                                                   policy.name != member.view.hypervisor->name;
                                        });
        const bool isAnothers = whose != input.policy.hypervisors.end();
        parts.append(
            QStringLiteral("%1's subnet is %2%3")
                .arg(member.view.hypervisor->name, member.own->toString(),
                     isAnothers ? QString(QLatin1String(", and this is ") + whose->name + QLatin1String("'s"))
                                : QString()));
        fault.sources.append(input.policy.hypervisor(member.view.hypervisor->name)->source);
    }
    QStringList others;
    for (const Member &other : overlapping) {
        if (other.view.hypervisor == member.view.hypervisor || !other.subnet.overlaps(member.subnet))
            continue;
        others.append(QStringLiteral("%1 (%2)").arg(other.view.text(), other.subnet.toString()));
        fault.related.append(other.view.subject);
        fault.sources.append(other.view.network->known()->source);
    }
    if (!others.isEmpty())
        parts.append(QStringLiteral("it overlaps %1").arg(someOf(others, QStringLiteral(", "))));
    const auto &declared = member.view.network->declared;
    const auto meant = declared ? declared->subnet() : std::nullopt;
    if (meant && *meant != member.subnet) {
        parts.append(QStringLiteral("declared is %1").arg(meant->toString()));
        fault.sources.append(declared->source);
    }
    fault.message =
        QStringLiteral("The network %1 is %2; %3.")
            .arg(member.view.text(), member.subnet.toString(), someOf(parts, QStringLiteral("; ")));
    return fault;
}

} // namespace

QList<SubnetFault> subnetFaults(const RuleInput &input)
{
    const QList<Member> members = membersOf(input);
    QSet<QString> off = offPolicy(input, members);
    QList<SubnetFault> faults;
    for (const QList<Member> &group : overlapsOf(members)) {
        QList<Member> guilty;
        std::copy_if(group.begin(), group.end(), std::back_inserter(guilty),
                     [](const Member &member) { return member.isOutside(); });
        if (guilty.isEmpty())
            guilty.append(group.first());
        for (const Member &member : guilty) {
            faults.append(faultOf(input, member, group));
            off.remove(member.view.subject);
        }
    }
    for (const Member &member : members)
        if (off.contains(member.view.subject))
            faults.append(faultOf(input, member, {}));
    return faults;
}

QSet<QString> networksOffTheirSubnet(const RuleInput &input)
{
    QSet<QString> off;
    for (const SubnetFault &fault : subnetFaults(input))
        off.insert(fault.view.subject);
    return off;
}

} // namespace tropo
