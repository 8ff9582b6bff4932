#pragma once

#include <QByteArray>
#include <QList>

#include <vector>

namespace tropo {

/// A line of interfaces(5) that is more than blank or a comment; `\` at a line's end joins it with the next.
struct InterfacesLine
{
    int first = 0; ///< physical lines, from 0
    int last = 0;
    QByteArrayList words; ///< "\" that join left out
    qsizetype value = 0;  ///< where the second word begins in the first physical line; its end where none
};

/// An `iface` line with its options.
struct Stanza
{
    InterfacesLine head;
    std::vector<InterfacesLine> options;

    int lastLine() const { return options.empty() ? head.last : options.back().last; }
};

/// /etc/network/interfaces taken apart for editing. Stanzas are those that parseDebianInterfaces gives, in
/// the same order.
struct InterfacesText
{
    std::vector<Stanza> stanzas;
    std::vector<InterfacesLine> autos; ///< `auto` and `allow-…` lines
    bool endsOpen = false;             ///< the last line is joined with a next one that is not there
};

InterfacesText takeApart(const QByteArray &text);

} // namespace tropo
