#pragma once

#include "models/fleet/nic.h"
#include "models/identify/tokens.h"

namespace tropo {

/// A MAC and an address that a text says are one's, with what it calls them ("HWADDR", "IPADDR").
struct PastedPair
{
    QString macName;
    MacAddress mac;
    QString addressName;
    Ipv4 address;

    bool operator==(const PastedPair &) const = default;
};

/// Of an interface's file (ifcfg, keyfile, netplan, Debian's interfaces): its MACs with each of its
/// addresses. Of any other text, such as arp's and tcpdump's lines: what stands as one's on a line.
QList<PastedPair> pairsOf(const QString &text, const QList<Token> &tokens);

/// The NICs of XML interfaces in the text; empty where it is no such XML.
QList<Nic> nicsOf(const QString &text);

} // namespace tropo
