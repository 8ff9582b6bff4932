#pragma once

#include "models/result.h"

#include <QByteArray>

namespace tropo {

/// The one way that a value reaches a remote shell: in single quotes, as any POSIX shell takes them. A NUL
/// cannot be quoted and is refused.
Result<QByteArray> shellQuoted(const QString &value);

} // namespace tropo
