#pragma once

#include "models/fixes/files/guest_file.h"
#include "models/result.h"

namespace tropo {

/// A new file that configures one static address: ifcfg-DEVICE, NAME.nmconnection or 60-NAME.yaml, the last
/// two for root alone, as NetworkManager and netplan ask. Bound to the MAC where one is given, so that it
/// holds in whatever slot the NIC is; else by the interface's name. `name` says what it is for ("float1") and
/// stands in a comment too; characters that a file's name should not have become '-'. What it gives has been
/// read back. Unsupported for Debian's interfaces, which is one file: withNewStanza. Usage: a name of an
/// interface that cannot be, a prefix length out of range, a gateway outside the network.
Result<GuestFile> newAddressFile(ConfigFormat format, const AddressSettings &settings, const QString &name);

/// /etc/network/interfaces with a stanza more, at its end. It binds by name: ifupdown knows no other way.
/// Usage: it has one of that interface already; other errors as of the edits.
Result<QByteArray> withNewStanza(const QByteArray &text, const AddressSettings &settings,
                                 const QString &name);

} // namespace tropo
