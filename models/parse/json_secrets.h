#pragma once

#include <QByteArray>

namespace tropo {

/// A JSON text with its secrets withheld, byte for byte the same elsewhere, also where it is broken or cut:
/// strings of Env and JoinTokens, and strings whose key is a secret's.
QByteArray withheldJson(const QByteArray &text);

} // namespace tropo
