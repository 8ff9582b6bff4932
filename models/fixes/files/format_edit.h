#pragma once

#include "models/fixes/files/guest_file.h"
#include "models/result.h"

namespace tropo {

// What each format does for guest_file_edit.h, which checks before and reads back after: that the entry is
// there, that the text has no withheld secrets, and that the result says what was wanted and nothing else.

/// One interface of a text, as the reader has it.
struct EntryText
{
    QByteArray text;
    InterfaceConfig config;
    int index = 0; ///< the how-manyth interface of the text it is, from 0
};

/// What is left when an address is taken away.
struct Remainder
{
    enum class Kind { Edited, WithoutEntry, Nothing };
    Kind kind = Kind::Edited;
    QByteArray text; ///< empty for Nothing: the file is to go
};

Result<QByteArray> ifcfgWithMac(const EntryText &entry, MacAddress mac);
Result<QByteArray> ifcfgWithAddress(const EntryText &entry, const AddressChange &change);
Result<Remainder> ifcfgWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway);

Result<QByteArray> keyfileWithMac(const EntryText &entry, MacAddress mac);
Result<QByteArray> keyfileWithAddress(const EntryText &entry, const AddressChange &change);
Result<Remainder> keyfileWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway);

Result<QByteArray> netplanWithMac(const EntryText &entry, MacAddress mac);
Result<QByteArray> netplanWithAddress(const EntryText &entry, const AddressChange &change);
Result<Remainder> netplanWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway);

Result<QByteArray> interfacesWithMac(const EntryText &entry, MacAddress mac);
Result<QByteArray> interfacesWithAddress(const EntryText &entry, const AddressChange &change);
Result<Remainder> interfacesWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway);

/// `mac` in the letters that `before` is written in.
QByteArray inTheLettersOf(QByteArrayView before, MacAddress mac);

/// A text whose characters are the bytes of `text`, one each: a reader's columns in it are bytes.
QByteArray byteWise(const QByteArray &text);

} // namespace tropo
