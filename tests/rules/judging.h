#pragma once

#include "models/rules/judge.h"
#include "tests/support/fleet_builder.h"

#include <QFile>

#include <algorithm>

namespace tropo::build {

inline QList<Finding> judged(const Fleet &fleet, const Policy &policy = build::policy(),
                             const EndOfLifeTable &endOfLife = {})
{
    return judge(fleet, policy, endOfLife, {});
}

/// Families of rules that a file of tests leaves to others: its fleets are too small to be right by them. All
/// rules together are tried on whole fleets by the generator.
inline QStringList &otherFamilies()
{
    static QStringList families;
    return families;
}

inline bool isOthers(const Finding &finding)
{
    return otherFamilies().contains(ruleFamily(finding.rule));
}

/// Ids of what is not merely worth knowing, in the order of judge().
inline QStringList wrongs(const QList<Finding> &findings)
{
    QStringList ids;
    for (const Finding &finding : findings)
        if (finding.severity != Severity::Info && !isOthers(finding))
            ids.append(finding.id());
    return ids;
}

inline QStringList wrongs(const Fleet &fleet, const Policy &policy = build::policy())
{
    return wrongs(judged(fleet, policy));
}

inline QStringList allIds(const QList<Finding> &findings)
{
    QStringList ids;
    for (const Finding &finding : findings)
        if (!isOthers(finding))
            ids.append(finding.id());
    return ids;
}

inline Finding findingOf(const QList<Finding> &findings, const char *rule)
{
    for (const Finding &finding : findings)
        if (finding.rule == QLatin1String(rule))
            return finding;
    return {};
}

/// Findings of one rule.
inline QList<Finding> findingsOf(const QList<Finding> &findings, const char *rule)
{
    QList<Finding> found;
    for (const Finding &finding : findings)
        if (finding.rule == QLatin1String(rule))
            found.append(finding);
    return found;
}

/// The same fleet as machines may also list it: everything in the opposite order.
inline Fleet turned(Fleet fleet)
{
    const auto turn = [](auto &list) { std::reverse(list.begin(), list.end()); };
    turn(fleet.hypervisors);
    for (Hypervisor &hypervisor : fleet.hypervisors) {
        if (hypervisor.networks)
            turn(*hypervisor.networks);
        if (hypervisor.host.interfaces)
            turn(hypervisor.host.interfaces->items);
        if (!hypervisor.domains)
            continue;
        turn(*hypervisor.domains);
        for (Domain &domain : *hypervisor.domains) {
            for (auto *form : {&domain.live, &domain.inactive})
                if (*form)
                    turn((*form)->nics);
            if (!domain.guest)
                continue;
            turn(domain.guest->configs);
            if (domain.guest->system.interfaces)
                turn(domain.guest->system.interfaces->items);
            if (domain.guest->system.routes)
                turn(*domain.guest->system.routes);
        }
    }
    return fleet;
}

/// Whether a second run, and a run over the fleet turned round, find the same.
inline bool isSteady(const Fleet &fleet, const Policy &policy = build::policy(),
                     const EndOfLifeTable &endOfLife = {})
{
    const QList<Finding> first = judged(fleet, policy, endOfLife);
    return first == judged(fleet, policy, endOfLife) &&
           allIds(first) == allIds(judged(turned(fleet), policy, endOfLife));
}

inline EndOfLifeTable bundledTable()
{
    QFile file(QStringLiteral(PROJECT_SOURCE "/resources/eol/end-of-life.json"));
    return file.open(QIODevice::ReadOnly) ? parseEndOfLifeTable(file.readAll(), file.fileName()).value
                                          : EndOfLifeTable();
}

/// Acilamwen as it should be: NAT and float1, in libvirt 9's words.
inline Domain healthyAcilamwen()
{
    return vm("Acilamwen", form({liveNat(natMac, 0, 3), liveBridged(float1Mac, 1, 7)}),
              form({persistent(natMac, "default", 3), persistent(float1Mac, "bridged", 7)}),
              guest({inside("ens3", natMac, natIp, 3), inside("ens7", float1Mac, float1Ip, 7)},
                    {ifcfg("ens3", nullptr), ifcfg("ens7", float1Mac, float1Ip)}));
}

/// Acilamwen as the notes print it: a fragment of live XML, an ifconfig listing with lines left out, one
/// file.
inline Domain notesAcilamwen()
{
    Domain made = vm("Acilamwen");
    QList<Nic> nics;
    for (int i = 1; i <= 4; ++i)
        nics.append(liveBridgeOnly(float2Mac, i, 6 + i));
    made.live = fragment(nics);
    made.guest = guest({inside("eth2", float2Mac), inside("eth3", float2Mac), inside("eth4", float2Mac)},
                       {ifcfg("ens5", float2Mac, float1Ip)});
    made.guest->system.interfaces->elided = true;
    return made;
}

/// The same typed into the lab: everything is known, and each NIC has its interface by PCI address.
inline Domain labAcilamwen()
{
    QList<Nic> live{liveNat(natMac, 0, 3)};
    QList<Nic> kept{persistent(natMac, "default", 3)};
    QList<Interface> in{inside("ens3", natMac, natIp, 3)};
    for (int i = 1; i <= 4; ++i) {
        live.append(liveBridged(float2Mac, i, 6 + i));
        kept.append(persistent(float2Mac, "bridged", 6 + i));
        const QByteArray name = "ens" + QByteArray::number(6 + i);
        in.append(inside(name.constData(), float2Mac, i == 1 ? float1Ip : nullptr, 6 + i));
    }
    return vm("Acilamwen", form(live), form(kept),
              guest(in, {ifcfg("ens3", nullptr), ifcfg("ens7", float2Mac, float1Ip)}));
}

} // namespace tropo::build
