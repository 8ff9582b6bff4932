#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// A domain as a list names it.
struct DomainEntry
{
    QString name;
    QString uuid; ///< empty where the list has none
    DomainState state = DomainState::Unknown;
    std::optional<bool> autostart;
    std::optional<bool> persistent;
    Source source;

    bool operator==(const DomainEntry &) const = default;
};

/// A network as a list names it.
struct NetworkEntry
{
    QString name;
    std::optional<bool> active;
    std::optional<bool> autostart;
    std::optional<bool> persistent;
    Source source;

    bool operator==(const NetworkEntry &) const = default;
};

/// "running", "shut off", "paused", …, as virsh prints states.
std::optional<DomainState> domainState(QStringView text);

/// domains.json of a capture.
Parsed<QList<DomainEntry>> parseDomainsJson(const QByteArray &text, const QString &document);
/// The table of `virsh list [--all]`, wide and narrow form.
Parsed<QList<DomainEntry>> parseDomainsTable(const QByteArray &text, const QString &document);
/// networks.json of a capture.
Parsed<QList<NetworkEntry>> parseNetworksJson(const QByteArray &text, const QString &document);
/// The table of `virsh net-list [--all]`, with or without the Persistent column.
Parsed<QList<NetworkEntry>> parseNetworksTable(const QByteArray &text, const QString &document);

} // namespace tropo
