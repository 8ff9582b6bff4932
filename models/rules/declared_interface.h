#pragma once

#include "models/fleet/interface_config.h"

#include <QMap>
#include <QStringList>

namespace tropo {

/// An interface as a file of Debian's form has it: all its stanzas, those of its aliases ("br0:1") too.
struct DeclaredInterface
{
    QString name;
    QList<const InterfaceConfig *> stanzas;

    QList<InterfaceAddress> addresses() const;
    /// Those of the stanzas that come up by themselves.
    QList<InterfaceAddress> addressesAtBoot() const;
    std::optional<Ipv4> gateway() const;
    QStringList ports() const; ///< of a bridge, sorted
    bool isMeantUp() const;
    /// Whether every IPv4 address that it gets stands in the file: no DHCP, no command that might add one.
    bool isWhole() const;
    /// Whether it says which ports a bridge takes, be it none: not where a pattern leaves that to the host.
    bool namesItsPorts() const;

private:
    bool sets(QLatin1String key) const;
    bool hasMethod(AddressMethod method) const;
};

/// The interfaces of a file by name, without the loopback. They point into `configs`.
QMap<QString, DeclaredInterface> declaredOf(const QList<InterfaceConfig> &configs);

} // namespace tropo
