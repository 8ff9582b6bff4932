#pragma once

#include <QString>

namespace tropo {

enum class RedactedKind { Address, Mac, Host, Person, Image, Id, Key };

QString redactedKindName(RedactedKind kind); ///< "address", "mac", "host", "person", "image", "id", "key"

/// A value and what is shown in its place.
struct StandIn
{
    RedactedKind kind = RedactedKind::Address;
    QString real;
    QString shown; ///< the same as `real` where it could not be replaced
    QString why;   ///< why it could not be; else empty

    bool operator==(const StandIn &) const = default;
    bool isReplaced() const { return shown != real; }
};

} // namespace tropo
