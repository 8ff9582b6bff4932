#pragma once

#include "models/fleet/fleet.h"

#include <QByteArray>

namespace tropo {

/// A domain as a list names it.
struct DomainEntry
{
    QString name;
    QString uuid; ///< empty in the table
    DomainState state = DomainState::Unknown;
    std::optional<bool> autostart;  ///< nothing in the table
    std::optional<bool> persistent; ///< nothing in the table
    Source source;

    bool operator==(const DomainEntry &) const = default;
};

/// A libvirt network as a list names it.
struct NetworkEntry
{
    QString name;
    std::optional<bool> active;
    std::optional<bool> autostart;
    std::optional<bool> persistent; ///< nothing in tables of libvirt before 1.0.1
    Source source;

    bool operator==(const NetworkEntry &) const = default;
};

/// virsh's word for a state ("shut off"); nothing for a word that it does not have.
std::optional<DomainState> domainStateOf(QStringView word);

/// domains.json of a capture.
Parsed<QList<DomainEntry>> parseDomainsJson(const QByteArray &text, const QString &document);
/// `virsh list [--all] [--title]`, as printed before and since libvirt 4.10; the header may be translated,
/// the states may not.
Parsed<QList<DomainEntry>> parseDomainsTable(const QByteArray &text, const QString &document);

/// networks.json of a capture.
Parsed<QList<NetworkEntry>> parseNetworksJson(const QByteArray &text, const QString &document);
/// `virsh net-list [--all]`, with and without the Persistent column.
Parsed<QList<NetworkEntry>> parseNetworksTable(const QByteArray &text, const QString &document);

} // namespace tropo
