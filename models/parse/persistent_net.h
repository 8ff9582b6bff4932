#pragma once

#include "models/fleet/machine.h"

#include <QByteArray>

namespace tropo {

/// /etc/udev/rules.d/70-persistent-net.rules (udev(7)), as udev's generator or a person wrote it: the rules
/// that give the interface of one MAC a name, by ATTR, ATTRS or the SYSFS of older udev. Rules that tell an
/// interface by something else, or name it by a substitution, keep no name for a MAC and are passed over.
Parsed<QList<PersistentName>> parsePersistentNet(const QByteArray &text, const QString &document);

} // namespace tropo
