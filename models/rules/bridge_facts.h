#pragma once

#include "models/rules/reading_gaps.h"
#include "models/rules/rule.h"

namespace tropo {

/// A port of a bridge, as far as any document says.
struct PortView
{
    QString name;
    const Interface *interface = nullptr; ///< nothing: the host's list does not have it
    bool physical = false;                ///< leads out of the host, rather than to a VM or container
    QList<Source> sources;
};

/// A bridge of a hypervisor's own system: what stands now, and what configures it.
struct BridgeView
{
    const Hypervisor *hypervisor = nullptr;
    QString name;
    QString subject;
    const Interface *interface = nullptr; ///< nothing: not shown
    bool portsKnown = false;              ///< whether the absence of a port can be told
    QList<PortView> ports;                ///< by name
    QList<const InterfaceConfig *> own;   ///< /etc/network/interfaces on the host
    QList<const InterfaceConfig *> declared;
    bool libvirts = false; ///< made by libvirt for one of its networks

    QString text() const { return QString(name + QLatin1String(" on ") + hypervisor->name); }
    const PortView *port(QStringView name) const;
    QList<PortView> physicalPorts() const;
    /// The ports that the host's own file gives it or, where that was not read, the declared one.
    QList<Sourced<QString>> configuredPorts() const;
    /// Configured ports that it is known to lack, which bridge-port-missing says. A bridge that stands as
    /// declared lacks none, whatever the host's file says; one that is not there has other rules.
    QList<Sourced<QString>> missingPorts() const;
    /// Whether it has a physical port beside the declared ones: interfaces-drift says so.
    bool hasUndeclaredPorts() const;

private:
    bool isAbsent() const;
    bool hasItsDeclaredPorts() const;
};

/// The bridges of a hypervisor, by name.
QList<BridgeView> bridgesOf(const Hypervisor &hypervisor, const ReadingGaps &gaps);

/// Whether a network's bridge is known not to exist on the host.
bool lacksBridge(const Hypervisor &hypervisor, const Network &network);

} // namespace tropo
