#pragma once

#include "models/rules/vm_index.h"

namespace tropo {

/// A NIC of a running domain and what the next start makes of it.
struct NextNic
{
    const Nic *now = nullptr;  ///< of the live description; nothing: the NIC appears
    const Nic *next = nullptr; ///< of the persistent one; nothing: the NIC vanishes
    QString nameNow;           ///< inside; empty where not known
    QString nameNext;          ///< inside; empty where not known

    bool isSameDevice() const
    {
        return now && next && now->mac == next->mac && now->pci && now->pci == next->pci;
    }
};

/// The NICs of a VM after a shutdown and a start, with the names that its system would give them inside.
/// Points into the fleet.
struct NextStart
{
    QList<NextNic> nics;
    bool isKnown = false;       ///< both descriptions were read whole; else `nics` is empty
    bool namesKnown = false;    ///< every NIC's next name is known, so a name that none has is nobody's
    bool sameDevices = false;   ///< every NIC stays as and where it is
    bool countsDevices = false; ///< names are counted (eth0, …) and may be kept by files that were not read

    const NextNic *withName(const QString &name) const;
    const NextNic *nowNamed(const QString &name) const;
    QList<const NextNic *> withMac(MacAddress mac) const;
};

NextStart nextStartOf(const VmView &vm);

} // namespace tropo
