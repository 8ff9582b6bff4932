#pragma once

#include "models/forecast/next_start.h"

namespace tropo {

/// Whether a configuration file inside would find its interface at the next start.
struct FileBinding
{
    enum class Applies { Yes, No, NotKnown };
    const InterfaceConfig *config = nullptr;
    Applies applies = Applies::NotKnown;
    const NextNic *nic = nullptr; ///< where it applies to a NIC that is known
    QString why;                  ///< where it does not, or that is not known: "names the MAC …, which …"
    bool nicVanishes = false;     ///< it does not apply because its NIC is gone

    /// Applies, and its interface is brought up without being asked.
    bool comesUp() const { return applies == Applies::Yes && config->onBoot != false; }
    bool gives(Ipv4 address) const;
    QString file() const;    ///< "ifcfg-ens5", "/etc/network/interfaces"
    QString failure() const; ///< why it does not bring its interface up: "ifcfg-ens5 says ONBOOT=no"
};

/// Every file of the guest but those of its loopback.
QList<FileBinding> bindingsOf(const NextStart &start, const VmView &vm);
FileBinding bindingOf(const InterfaceConfig &config, const NextStart &start, const VmView &vm);

} // namespace tropo
