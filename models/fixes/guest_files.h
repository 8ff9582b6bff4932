#pragma once

#include "models/fixes/find.h"

namespace tropo {

/// A file inside a guest as it was read.
struct GuestFileText
{
    QString path; ///< inside the guest
    QByteArray text;
};

/// Errors (Refused): it is not among what was read.
Result<GuestFileText> fileTextOf(const PlanInput &input, const VmView &vm, const InterfaceConfig &config);

/// In hex, as conditions and the change script have it.
QString sha256Of(const QByteArray &text);

/// The file by which an interface gets an address; nothing: none that was read.
const InterfaceConfig *fileGiving(const InsideUnit &unit, Ipv4 address);
/// Its path inside the guest; empty: there is none.
QString pathGiving(const InsideUnit &unit, Ipv4 address);

/// Whether an interface has an address now, and that address with its prefix: "129.215.175.100/24".
bool hasNow(const InsideUnit &unit, Ipv4 address);
QString withPrefix(const InsideUnit &unit, Ipv4 address);

} // namespace tropo
