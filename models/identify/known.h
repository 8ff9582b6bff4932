#pragma once

#include "models/identify/identify.h"

namespace tropo {

/// What explanations are made of.
struct Known
{
    const Fleet &fleet;
    const Policy &policy;
    const FleetIndex &index;

    /// The hypervisor whose range a value is in; empty: none.
    QString hypervisorOf(MacAddress mac) const;
    QString hypervisorOf(Ipv4 address) const;
    /// The hypervisor whose own interface has it, and that interface's names: "trop02", "br0 and eth0".
    std::optional<std::pair<QString, QString>> ownerOf(MacAddress mac) const;
    std::optional<std::pair<QString, QString>> ownerOf(Ipv4 address) const;
    /// Reservations anywhere in the fleet, running or declared.
    const Reservation *reservationFor(MacAddress mac) const;
    const Reservation *reservationFor(Ipv4 address) const;
};

/// Explain one value: kind, matches, belongsTo, explanation and nearest of `found` are filled in.
void explainMac(Identification &found, MacAddress mac, const Known &known);
void explainAddress(Identification &found, Ipv4 address, const Known &known);
void explainAddress6(Identification &found, const Ipv6 &address, const Known &known);
void explainName(Identification &found, const QString &text, const Known &known);
void explainMacRange(Identification &found, const MacRange &range, const Known &known);
void explainSubnet(Identification &found, const Subnet &subnet, const Known &known);
void explainText(Identification &found, const QString &text, const Known &known);

/// What was probably meant where nothing has it. A value in a range that is known differs from its neighbours
/// by a digit: then only swaps count.
QList<NearValue> nearValues(MacAddress mac, const Known &known);
QList<NearValue> nearValues(Ipv4 address, const Known &known);
QList<NearValue> nearValues(const QString &text, const Known &known);

/// The next free MAC and address of a hypervisor's ranges, together where reservations follow the convention
/// that their last octets are one; nothing where the policy gives it no range.
std::optional<NextFree> nextFreeOf(const HypervisorPolicy &hypervisor, const Known &known);

/// Whether a MAC and an address belong together; nothing where nothing tells. The names are what the text
/// calls them, and may be empty.
std::optional<IdentifyRelation> together(const QString &macName, MacAddress mac, const QString &addressName,
                                         Ipv4 address, const Known &known);

} // namespace tropo
