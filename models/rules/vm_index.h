#pragma once

#include "models/fleet/inside_outside.h"

#include <QSet>

namespace tropo {

/// An interface inside a guest with all that is known of it: what the kernel shows, the files that configure
/// it, and the NICs that it may be.
struct InsideUnit
{
    QString name;
    const Interface *running = nullptr; ///< nothing: the kernel's list does not have it
    QList<const InterfaceConfig *> configs;
    QList<InsideMatch> matches; ///< by index into the live form

    bool carries(Ipv4 address) const; ///< configured or running
    bool isConfigured() const;        ///< a file configures it, or it has an address of its own
    /// MACs that the unit says it has: of its files and of the kernel, each once, with where it is said.
    QList<Sourced<MacAddress>> macs() const;
};

/// A domain with its inside worked out.
struct VmView
{
    const Hypervisor *hypervisor = nullptr;
    const Domain *domain = nullptr;
    QString subject;
    QList<InsideUnit> units;
    QSet<MacAddress> macs; ///< all that NICs, files and the kernel inside have
    QSet<Ipv4> addresses;  ///< all that files and the kernel inside have

    /// NICs with this MAC in the live or the persistent form.
    QList<const Nic *> liveNics(MacAddress mac) const;
    QList<const Nic *> persistentNics(MacAddress mac) const;
    bool hasNic(MacAddress mac) const { return !liveNics(mac).isEmpty() || !persistentNics(mac).isEmpty(); }
    /// Whether the absence of a NIC can be told: a whole form is known of what runs (or, when off, of what
    /// will).
    bool nicsKnown() const;
    /// Whether an interface inside shows this MAC.
    bool showsInside(MacAddress mac) const;
    /// Whether an interface inside has this address now.
    bool runs(Ipv4 address) const;
    /// Whether a file binds its interface to a MAC that no NIC has and nothing inside shows: what
    /// nic-mac-unknown-inside says.
    bool namesUnknownMac(const InterfaceConfig &config) const;
    /// The NIC that an interface inside certainly is; nothing where several may be it, or none is known.
    const Nic *outsideOf(const InsideUnit &unit) const;
    /// Whether the absence of an address inside can be told.
    bool addressesKnown() const;
    bool configsKnown() const { return domain->guest && domain->guest->configsRead; }
};

/// Every domain of the fleet as a rule wants to see it. Points into the fleet: the fleet
/// must outlive it.
class VmIndex
{
public:
    explicit VmIndex(const Fleet &fleet);

    const QList<VmView> &vms() const { return m_vms; }

private:
    QList<VmView> m_vms;
};

} // namespace tropo
