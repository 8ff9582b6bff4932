#pragma once

#include "models/fixes/files/guest_file.h"
#include "models/result.h"

namespace tropo {

// Edits of the files that configure a guest's interfaces. Each keeps everything that it does not change:
// comments, order, quotes, unknown keys, line ends, a missing last newline. What an edit gives has been read
// back and says exactly what was wanted, and the same as before of everything else; otherwise it is an Error
// that says why. Errors: Usage (the text does not have that interface or address), Unsupported (written in a
// way that cannot be edited safely), Refused (read without its secrets: the text that was read must not be
// written back), Limit (larger than 64 KiB).

/// Binds the interface to another NIC: HWADDR, mac-address, match.macaddress; in Debian's interfaces, which
/// bind by name, hwaddress where it is set.
Result<QByteArray> withMac(const InterfaceEntry &entry, const QByteArray &text, MacAddress mac);

/// Replaces a static address with its prefix length, and the network and broadcast addresses where the file
/// has them; the gateway as AddressChange says.
Result<QByteArray> withAddress(const InterfaceEntry &entry, const QByteArray &text,
                               const AddressChange &change);

/// Takes a static address away, with the gateway where it served only that address, and with the whole entry
/// where that is there for the address alone. Nothing: the file configures nothing else and is to be removed.
Result<std::optional<QByteArray>> withoutAddress(const InterfaceEntry &entry, const QByteArray &text,
                                                 Ipv4 address);

} // namespace tropo
