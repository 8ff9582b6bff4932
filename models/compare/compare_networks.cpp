#include "models/compare/comparing.h"
#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

namespace {

template <typename T> QString textOf(const std::optional<T> &value)
{
    return value ? value->toString() : QString();
}

QString text(const Reservation &one)
{
    return QStringLiteral("%1 %2 %3").arg(textOf(one.mac), textOf(one.address), one.name).simplified();
}

QString text(const QList<DhcpRange> &ranges)
{
    QStringList parts;
    for (const DhcpRange &range : ranges)
        parts.append(range.start.toString() + QLatin1String(" to ") + range.end.toString());
    return parts.join(QLatin1String(", "));
}

/// Whoever is reserved for stays one when its address or MAC is mended.
QString reservationKey(const Reservation &one)
{
    return one.name.isEmpty() ? textOf(one.mac) : one.name;
}

class NetworkComparer
{
public:
    NetworkComparer(const QString &hypervisor, const QString &network, ChangeLog &log)
        : m_place(subject::network(hypervisor, network)),
          m_title(QStringLiteral("of the network %1 on %2").arg(network, hypervisor)),
          m_log(log)
    {
    }

    void compare(const Network &before, const Network &after)
    {
        const auto flag = [&](const char *what, const char *label, const std::optional<bool> &b,
                              const std::optional<bool> &a) {
            m_log.compared(m_place, what, QString(QLatin1String(label) + u' ' + m_title), onOrOff(b),
                           onOrOff(a), before.source, after.source);
        };
        m_log.compared(m_place, "active", QStringLiteral("The state ") + m_title, activeText(before.active),
                       activeText(after.active), before.source, after.source);
        flag("autostart", "The autostart", before.autostart, after.autostart);
        flag("persistent", "The persistence", before.persistent, after.persistent);
        if (m_log.bothRead(m_place, QStringLiteral("its description"), before.form, after.form))
            compareForm(*before.form, *after.form, m_title);
        if (m_log.bothRead(m_place, QStringLiteral("its declared description"), before.declared,
                           after.declared))
            compareForm(*before.declared, *after.declared, m_title + QStringLiteral(", as declared,"));
        if (m_log.bothRead(m_place, QStringLiteral("its leases"), before.leases, after.leases))
            compareLeases(*before.leases, *after.leases);
    }

private:
    static std::optional<QString> activeText(const std::optional<bool> &active)
    {
        if (!active)
            return {};
        return *active ? QStringLiteral("active") : QStringLiteral("inactive");
    }

    void compareForm(const NetworkForm &before, const NetworkForm &after, const QString &title)
    {
        const auto field = [&](const char *what, const char *label, const QString &b, const QString &a) {
            m_log.changed(m_place, what, QString(QLatin1String(label) + u' ' + title), b, a, before.source,
                          after.source);
        };
        field("uuid", "The UUID", before.uuid, after.uuid);
        field("forward", "The forwarding", before.forward, after.forward);
        field("bridge", "The bridge", before.bridge, after.bridge);
        field("mac", "The MAC", textOf(before.mac), textOf(after.mac));
        field("address", "The address", textOf(before.address), textOf(after.address));
        field("dhcp-range", "The DHCP range", text(before.ranges), text(after.ranges));
        compareReservations(before, after, title);
    }

    void compareReservations(const NetworkForm &before, const NetworkForm &after, const QString &title)
    {
        for (const auto &pair : matched(before.reservations, after.reservations, &reservationKey)) {
            const Reservation &any = pair.after ? *pair.after : *pair.before;
            const QString thing = QStringLiteral("The reservation %1 %2").arg(text(any), title);
            if (!pair.before)
                m_log.added(m_place, "reservation", thing, any.source);
            else if (!pair.after)
                m_log.removed(m_place, "reservation", thing, any.source);
            else
                m_log.changed(m_place, "reservation",
                              QStringLiteral("The reservation for %1 %2").arg(reservationKey(any), title),
                              text(*pair.before), text(*pair.after), pair.before->source, pair.after->source);
        }
    }

    /// Ends of leases move by themselves.
    void compareLeases(const QList<Lease> &before, const QList<Lease> &after)
    {
        const auto key = [](const Lease &one) { return one.mac.toString(); };
        for (const auto &pair : matched(before, after, key)) {
            const Lease &any = pair.after ? *pair.after : *pair.before;
            const QString thing = QStringLiteral("The lease of %1 for %2 %3 %4")
                                      .arg(textOf(any.address), any.mac.toString(), any.hostname, m_title)
                                      .simplified();
            if (!pair.before)
                m_log.added(m_place, "lease", thing, any.source);
            else if (!pair.after)
                m_log.removed(m_place, "lease", thing, any.source);
            else
                m_log.changed(m_place, "lease",
                              QStringLiteral("The lease for %1 %2").arg(any.mac.toString(), m_title),
                              textOf(pair.before->address), textOf(pair.after->address), pair.before->source,
                              pair.after->source);
        }
    }

    QString m_place;
    QString m_title;
    ChangeLog &m_log;
};

/// Whether libvirt's list of networks was read: only then a network that is not there is gone.
bool isListed(const QList<Network> &networks)
{
    return networks.isEmpty() || std::any_of(networks.begin(), networks.end(),
                                             [](const Network &one) { return one.active.has_value(); });
}

} // namespace

void compareNetworks(const Hypervisor &before, const Hypervisor &after, ChangeLog &log)
{
    const QString host = subject::hypervisor(after.name);
    if (!log.bothRead(host, QStringLiteral("its networks"), before.networks, after.networks))
        return;
    const auto name = [](const Network &one) { return one.name; };
    for (const auto &pair : matched(*before.networks, *after.networks, name)) {
        const Network &any = pair.after ? *pair.after : *pair.before;
        const QString place = subject::network(after.name, any.name);
        const QString thing = QStringLiteral("The network %1 on %2").arg(any.name, after.name);
        if (pair.before && pair.after)
            NetworkComparer(after.name, any.name, log).compare(*pair.before, *pair.after);
        else if (!isListed(pair.after ? *before.networks : *after.networks))
            log.bothRead(place, QStringLiteral("it"), pair.before != nullptr, pair.after != nullptr);
        else if (pair.after)
            log.added(place, "network", thing, any.source);
        else
            log.removed(place, "network", thing, any.source);
    }
}

} // namespace tropo
