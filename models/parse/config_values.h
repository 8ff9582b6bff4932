#pragma once

#include "models/address/ip_address.h"

#include <QStringView>

#include <optional>

namespace tropo {

/// A prefix length as configuration files give it: "24", or a contiguous mask "255.255.255.0".
std::optional<int> prefixLength(QStringView text);

/// "192.0.2.1" or "192.0.2.1/24" ("/255.255.255.0" too); host bits stay.
std::optional<InterfaceAddress> interfaceAddress(QStringView text);

/// A whole decimal number without sign, at most `most`.
std::optional<int> plainNumber(QStringView text, int most = 1'000'000'000);

/// yes/true/on/1/t/y and their opposites, in any case.
std::optional<bool> yesOrNo(QStringView text);

} // namespace tropo
