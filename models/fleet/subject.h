#pragma once

#include "models/fleet/fleet.h"

namespace tropo::subject {

/// Subjects as rule-catalogue.md writes them: the stable names of the fleet's parts, in findings, the tree
/// and the command line. A '/', '%' or control character inside a name is written as %XX.

QString part(QStringView name);
QString hypervisor(const QString &hypervisor);
QString bridge(const QString &hypervisor, const QString &bridge);
QString network(const QString &hypervisor, const QString &network);
QString vm(const QString &hypervisor, const QString &domain);
/// By MAC where one NIC of the form bears it, else by alias, else by PCI address.
QString nic(const QString &vm, const DomainForm &form, const Nic &nic);
QString interface(const QString &vm, const QString &name);
QString container(const QString &vm, const QString &name);
QString service(const QString &vm, const QString &name);
QString floating(const QString &name); ///< "float/NAME"

/// The VM that a subject is or lies in; empty where none.
QString vmOf(const QString &subject);
/// The hypervisor's part of a subject; empty for floats and "fleet".
QString hypervisorOf(const QString &subject);
/// The machine that a subject is or lies in, as people name it: "Ulov on trop02", "trop02".
QString machineName(const QString &subject);
/// Whether it is that thing or lies in it.
bool isAt(const QString &subject, const QString &thing);

} // namespace tropo::subject
