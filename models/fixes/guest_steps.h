#pragma once

#include "models/fixes/find.h"

namespace tropo {

// Single steps that change a guest inside: its interface files and its running interfaces. `path` is a file's
// inside the guest.

/// Replaces a file's text.
Step writeFileStep(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &before,
                   const QByteArray &after, const QString &title);
Step newFileStep(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &content,
                 int mode, const QString &title);
Step removeFileStep(const PlanInput &input, const VmView &vm, const QString &path, const QByteArray &before,
                    const QString &title);
/// Takes the interface of a NIC down and up again, so that a changed file counts.
Step interfaceStep(const PlanInput &input, const VmView &vm, const QString &device,
                   std::optional<PciAddress> pci, const QString &path, const QString &address, bool up);
/// Takes down the interface that has an address now; on the way back it is announced anew. `path`: of the
/// file that configures it, empty: the address alone goes. `comesBack`: before the plan ends.
Step downStep(const PlanInput &input, const VmView &vm, const InsideUnit &unit, const QString &path,
              Ipv4 address, bool comesBack = true);
/// For whom an address is cut off, and for how long.
QString outageOf(const QString &address, bool comesBack);
/// Tells the neighbours which MAC an address has now, in both forms, three times.
Step announceStep(const PlanInput &input, const VmView &vm, const QString &device,
                  std::optional<PciAddress> pci, Ipv4 address, MacAddress mac);

/// What is typed inside a guest; `device` is a word of the shell already. `path`: of the file that
/// configures it; empty: none.
QString interfaceCommand(const QString &device, const QString &path, bool up, const QString &address);
QString announceCommand(const QString &device, Ipv4 address);

/// What a guest calls a device at a slot, as its others are called; a guess that the claim checks.
QString predictedDevice(const VmView &vm, const PciAddress &pci, const QList<Step> &earlier = {});

} // namespace tropo
