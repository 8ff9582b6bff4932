#include "models/compare/comparing.h"
#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

namespace {

/// Taps and the ends of containers' links get new names at every start; what they belong to is compared.
bool comesAndGoes(const Interface &interface)
{
    return interface.isLoopback() || interface.kind == u"veth" || interface.kind == u"tun" ||
           interface.name.startsWith(QLatin1String("veth")) ||
           interface.name.startsWith(QLatin1String("vnet"));
}

QList<Interface> lasting(const InterfaceList &list)
{
    QList<Interface> kept;
    for (const Interface &interface : list.items)
        if (!comesAndGoes(interface))
            kept.append(interface);
    return kept;
}

/// Link-local IPv6 addresses follow from the MAC.
QStringList addressesOf(const Interface &interface)
{
    QStringList all;
    for (const InterfaceAddress &address : interface.addresses)
        all.append(address.toString());
    for (const InterfaceAddress6 &address : interface.addresses6)
        if (!address.address.isLinkLocal())
            all.append(address.toString());
    all.sort();
    return all;
}

std::optional<QString> known(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

template <typename T> std::optional<QString> textOf(const std::optional<Sourced<T>> &value)
{
    return value ? std::optional(value->value) : std::nullopt;
}

template <typename T> Source sourceOf(const std::optional<T> &value)
{
    return value ? value->source : Source();
}

class MachineComparer
{
public:
    MachineComparer(const QString &subject, bool isGuest, const QString &title, ChangeLog &log)
        : m_subject(subject), m_isGuest(isGuest), m_title(title), m_log(log)
    {
    }

    void compare(const Machine &before, const Machine &after)
    {
        said("hostname", "The host name", before.hostname, after.hostname);
        said("kernel", "The kernel", before.kernel, after.kernel);
        said("machine-id", "The machine id", before.machineId, after.machineId);
        m_log.compared(m_subject, "os", QStringLiteral("The operating system ") + m_title,
                       before.os ? known(before.os->pretty) : std::nullopt,
                       after.os ? known(after.os->pretty) : std::nullopt, sourceOf(before.os),
                       sourceOf(after.os));
        if (m_log.bothRead(m_subject, QStringLiteral("its interfaces"), before.interfaces, after.interfaces))
            compareLists(*before.interfaces, *after.interfaces);
        if (m_log.bothRead(m_subject, QStringLiteral("its routes"), before.routes, after.routes))
            compareRoutes(*before.routes, *after.routes);
        if (m_log.bothRead(m_subject, QStringLiteral("its bridge ports"), before.bridgePorts,
                           after.bridgePorts))
            comparePorts(before, after);
        if (m_log.bothRead(m_subject, QStringLiteral("its SSH host keys"), before.sshHostKeys,
                           after.sshHostKeys))
            compareKeys(*before.sshHostKeys, *after.sshHostKeys);
        if (m_log.bothRead(m_subject, QStringLiteral("its persistent interface names"),
                           before.persistentNames, after.persistentNames))
            compareNames(*before.persistentNames, *after.persistentNames);
    }

private:
    void said(const char *what, const char *label, const std::optional<Sourced<QString>> &before,
              const std::optional<Sourced<QString>> &after)
    {
        m_log.compared(m_subject, what, QLatin1String(label) + u' ' + m_title, textOf(before), textOf(after),
                       sourceOf(before), sourceOf(after));
    }

    QString place(const Interface &interface) const
    {
        return m_isGuest ? subject::interface(m_subject, interface.name) : m_subject;
    }

    void compareLists(const InterfaceList &before, const InterfaceList &after)
    {
        const auto name = [](const Interface &one) { return one.name; };
        const QList<Interface> earlier = lasting(before);
        const QList<Interface> later = lasting(after);
        for (const auto &pair : matched(earlier, later, name)) {
            const Interface &any = pair.after ? *pair.after : *pair.before;
            const QString thing = QStringLiteral("The interface %1 %2").arg(any.name, m_title);
            if (pair.before && pair.after)
                compareInterface(*pair.before, *pair.after);
            else if ((pair.after ? before : after).elided)
                m_log.bothRead(place(any), QStringLiteral("it"), pair.before != nullptr,
                               pair.after != nullptr);
            else if (pair.after)
                m_log.added(place(any), "interface", thing, any.source);
            else
                m_log.removed(place(any), "interface", thing, any.source);
        }
    }

    void compareInterface(const Interface &before, const Interface &after)
    {
        const QString at = place(after);
        const auto field = [&](const char *what, const char *label, const std::optional<QString> &b,
                               const std::optional<QString> &a) {
            // One listing tells less than another (ifconfig knows no kind): that is no gap of the reading.
            if (b && a)
                m_log.changed(at, what,
                              QStringLiteral("%1 of %2 %3").arg(QLatin1String(label), after.name, m_title),
                              *b, *a, before.source, after.source);
        };
        const auto mac = [](const Interface &one) {
            return one.mac ? std::optional(one.mac->toString()) : std::nullopt;
        };
        field("mac", "The MAC", mac(before), mac(after));
        field("state", "The state", upOrDown(before.up), upOrDown(after.up));
        field("link", "The link", upOrDown(before.carrier), upOrDown(after.carrier));
        field("mtu", "The MTU", before.mtu ? std::optional(QString::number(*before.mtu)) : std::nullopt,
              after.mtu ? std::optional(QString::number(*after.mtu)) : std::nullopt);
        if (!before.kind.isEmpty() == !after.kind.isEmpty())
            field("bridge", "The bridge", before.master, after.master);
        field("pci", "The PCI address", pci(before), pci(after));
        compareAddresses(before, after, at);
    }

    static std::optional<QString> upOrDown(const std::optional<bool> &up)
    {
        if (!up)
            return {};
        return *up ? QStringLiteral("up") : QStringLiteral("down");
    }
    static std::optional<QString> pci(const Interface &interface)
    {
        return interface.pci ? std::optional(interface.pci->value.toString()) : std::nullopt;
    }

    void compareAddresses(const Interface &before, const Interface &after, const QString &at)
    {
        const QStringList earlier = addressesOf(before);
        const QStringList later = addressesOf(after);
        const auto title = [&](const QString &address) {
            return QStringLiteral("The address %1 on %2 %3").arg(address, after.name, m_title);
        };
        // One for another is a change of it, several are each by itself.
        if (earlier.size() == 1 && later.size() == 1)
            return m_log.changed(at, "address",
                                 QStringLiteral("The address on %1 %2").arg(after.name, m_title),
                                 earlier.front(), later.front(), before.source, after.source);
        for (const QString &address : later)
            if (!earlier.contains(address))
                m_log.added(at, "address", title(address), after.source);
        for (const QString &address : earlier)
            if (!later.contains(address))
                m_log.removed(at, "address", title(address), before.source);
    }

    /// Default routes and those through a gateway; the others follow from the addresses.
    void compareRoutes(const QList<Route> &before, const QList<Route> &after)
    {
        const auto chosen = [](const QList<Route> &routes) {
            QList<Route> kept;
            for (const Route &route : routes)
                if (!route.destination || route.gateway)
                    kept.append(route);
            return kept;
        };
        const auto key = [](const Route &one) {
            return QString((one.destination ? one.destination->toString() : QString()) + u'/' + one.device);
        };
        const QList<Route> earlier = chosen(before);
        const QList<Route> later = chosen(after);
        for (const auto &pair : matched(earlier, later, key)) {
            const Route &any = pair.after ? *pair.after : *pair.before;
            const QString to = any.destination ? QStringLiteral("The route to ") + any.destination->toString()
                                               : QStringLiteral("The default route");
            const QString thing = QStringLiteral("%1 through %2 %3").arg(to, any.device, m_title);
            const auto gateway = [](const Route &one) {
                return one.gateway ? one.gateway->toString() : QString();
            };
            if (!pair.before)
                m_log.added(m_subject, "route", thing, any.source);
            else if (!pair.after)
                m_log.removed(m_subject, "route", thing, any.source);
            else
                m_log.changed(m_subject, "route", QStringLiteral("The gateway of t") + thing.mid(1),
                              gateway(*pair.before), gateway(*pair.after), pair.before->source,
                              pair.after->source);
        }
    }

    /// Ports that last: taps are compared as their NICs.
    void comparePorts(const Machine &before, const Machine &after)
    {
        const auto ports = [](const Machine &machine) {
            QList<BridgePort> kept;
            for (const BridgePort &port : *machine.bridgePorts) {
                const Interface *interface =
                    machine.interfaces ? machine.interfaces->find(port.port) : nullptr;
                Interface named;
                named.name = port.port;
                if (!port.port.isEmpty() && !comesAndGoes(interface ? *interface : named))
                    kept.append(port);
            }
            return kept;
        };
        const auto key = [](const BridgePort &one) { return one.port; };
        const QList<BridgePort> earlier = ports(before);
        const QList<BridgePort> later = ports(after);
        for (const auto &pair : matched(earlier, later, key)) {
            const BridgePort &any = pair.after ? *pair.after : *pair.before;
            const QString at = m_isGuest ? m_subject : subject::bridge(m_subject, any.bridge);
            const QString thing = QStringLiteral("The port %1 of %2 %3").arg(any.port, any.bridge, m_title);
            if (!pair.before) {
                m_log.added(at, "port", thing, any.source);
            } else if (!pair.after) {
                m_log.removed(at, "port", thing, any.source);
            } else {
                const QString port = QStringLiteral(" of the port %1 %2").arg(any.port, m_title);
                m_log.changed(at, "port", QStringLiteral("The bridge") + port, pair.before->bridge,
                              pair.after->bridge, pair.before->source, pair.after->source);
                if (!pair.before->state.isEmpty() && !pair.after->state.isEmpty())
                    m_log.changed(at, "port", QStringLiteral("The state") + port, pair.before->state,
                                  pair.after->state, pair.before->source, pair.after->source);
            }
        }
    }

    void compareKeys(const QList<SshHostKey> &before, const QList<SshHostKey> &after)
    {
        const auto type = [](const SshHostKey &one) { return one.type; };
        for (const auto &pair : matched(before, after, type)) {
            const SshHostKey &any = pair.after ? *pair.after : *pair.before;
            const QString thing = QStringLiteral("The SSH host key %1 %2").arg(any.type, m_title);
            if (!pair.before)
                m_log.added(m_subject, "ssh-host-key", thing, any.source);
            else if (!pair.after)
                m_log.removed(m_subject, "ssh-host-key", thing, any.source);
            else
                m_log.changed(m_subject, "ssh-host-key", thing, ending(pair.before->key),
                              ending(pair.after->key), pair.before->source, pair.after->source);
        }
    }
    /// Enough of a key to tell it by eye.
    static QString ending(const QString &key)
    {
        constexpr qsizetype shown = 16;
        return key.size() <= shown ? key : QString(QChar(0x2026) + key.right(shown));
    }

    void compareNames(const QList<PersistentName> &before, const QList<PersistentName> &after)
    {
        const auto mac = [](const PersistentName &one) { return one.mac.toString(); };
        for (const auto &pair : matched(before, after, mac)) {
            const PersistentName &any = pair.after ? *pair.after : *pair.before;
            const QString thing =
                QStringLiteral("The name that udev keeps for %1 %2").arg(any.mac.toString(), m_title);
            if (!pair.before)
                m_log.added(m_subject, "persistent-name", thing + QLatin1String(", ") + any.name, any.source);
            else if (!pair.after)
                m_log.removed(m_subject, "persistent-name", thing + QLatin1String(", ") + any.name,
                              any.source);
            else
                m_log.changed(m_subject, "persistent-name", thing, pair.before->name, pair.after->name,
                              pair.before->source, pair.after->source);
        }
    }

    QString m_subject;
    bool m_isGuest;
    QString m_title;
    ChangeLog &m_log;
};

} // namespace

void compareMachines(const Machine &before, const Machine &after, const QString &subject, bool isGuest,
                     const QString &title, ChangeLog &log)
{
    MachineComparer(subject, isGuest, title, log).compare(before, after);
}

} // namespace tropo
