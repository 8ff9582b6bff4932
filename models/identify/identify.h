#pragma once

#include "models/fleet/fleet_index.h"
#include "models/policy/policy.h"

namespace tropo {

/// Something of the fleet that answers to a text.
struct IdentifyMatch
{
    QString subject;
    QString why; ///< "the live NIC vnet1 of Acilamwen has this MAC"
    Source source;

    bool operator==(const IdentifyMatch &) const = default;
};

/// A value that the text may have been meant to be.
struct NearValue
{
    QString value;
    QString whose; ///< "float1's", or what has it; empty for a name
    QString how;   ///< "with two bytes swapped"

    bool operator==(const NearValue &) const = default;
};

/// The next MAC and address of a range that nothing has.
struct NextFree
{
    std::optional<MacAddress> mac;
    std::optional<Ipv4> address;
    QStringList checked; ///< what was looked through: "8 reservations", "9 live NICs"
    QStringList notRead; ///< what was not, so that it may have one of them: "the inside of Ulov"
    QString text;        ///< which they are, as a sentence
    QString standing;    ///< what was looked through and what was not, as sentences

    bool operator==(const NextFree &) const = default;
};

/// One MAC or address in a longer text.
struct IdentifyPart
{
    QString text; ///< as it stands there
    QString kind; ///< "mac", "tap-mac", "ipv4", "ipv6"
    int line = 0; ///< from 1
    QList<IdentifyMatch> matches;
    QString belongsTo; ///< as below
    QString explanation;

    bool operator==(const IdentifyPart &) const = default;
};

/// How parts of a text fit together.
struct IdentifyRelation
{
    bool fits = false;
    QString text; ///< "129.215.175.100 is float1's, … is float2's: they do not belong together."

    bool operator==(const IdentifyRelation &) const = default;
};

/// What a text is, and whose.
struct Identification
{
    QString query;
    QString kind; ///< "mac", "tap-mac", "ipv4", "ipv6", "mac-range", "subnet", "name", "text" for one that
                  ///< holds several of these, or "nothing" for an empty text
    QList<IdentifyMatch> matches;
    QString belongsTo; ///< hypervisor whose range it is in, or whose own it is; empty: none
    QString explanation;
    QList<NearValue> nearest;         ///< where nothing has it: what was probably meant
    std::optional<NextFree> nextFree; ///< of a range or a hypervisor's ranges
    QList<IdentifyPart> parts;        ///< of a text that holds several
    QList<IdentifyRelation> together;

    bool operator==(const Identification &) const = default;
};

/// Explains texts by what a fleet has and by the ranges of its policy. Fleet and policy must outlive it.
class Identifier
{
public:
    Identifier(const Fleet &fleet, const Policy &policy);

    /// Any MAC (also a tap's fe:… form, and as switches and BSD write it), address, IPv6 link-local address
    /// made of a MAC, range of either, name, or a longer text that holds some: a configuration file, an XML
    /// interface, a line of arp or tcpdump.
    Identification identify(const QString &text) const;

private:
    const Fleet &m_fleet;
    const Policy &m_policy;
    FleetIndex m_index;
};

Identification identify(const QString &text, const Fleet &fleet, const Policy &policy);

} // namespace tropo
