#pragma once

#include "models/address/mac_address.h"
#include "models/address/pci_address.h"
#include "models/fleet/subject.h"

#include <QStringList>

namespace tropo {

/// A domain as a plan names it: by its UUID where libvirt is asked, by its names where people are.
struct VmPlace
{
    QString hypervisor;
    QString name;
    QString uuid; ///< empty only in captures made by hand: such a VM cannot be changed

    bool operator==(const VmPlace &) const = default;
    QString subject() const { return subject::vm(hypervisor, name); }
};

enum class NicForm { Live, Persistent };

/// A timer that takes a part of a plan back, by its name and the machine that it runs on.
struct RevertPlace
{
    VmPlace vm;
    bool inside = false; ///< in the guest; else on its hypervisor
    QString unit;        ///< within the plan: letters, digits, dashes

    bool operator==(const RevertPlace &) const = default;
};

/// One NIC of one form, by what tells it from all others: several may share the MAC, and the two forms of one
/// NIC may sit in different slots.
struct NicPlace
{
    VmPlace vm;
    NicForm form = NicForm::Live;
    MacAddress mac;
    PciAddress pci;

    bool operator==(const NicPlace &) const = default;
};

} // namespace tropo
