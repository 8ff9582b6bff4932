#pragma once

#include "models/floats/float_row.h"

#include <QJsonObject>

class QTextStream;

namespace tropo {

/// A float of `inspect --format json`:
///
///     {"name", "address", "mac", "holders": [{"subject", "has"}], "first_disagreeing": layer or null,
///      "layers": {layer: {"state": "agrees" | "disagrees" | "absent" | "not-known", "text", "detail",
///                         "sources": [{"document", "lines": [first, last]}]}}}
///
/// with the layers "declared", "persistent-xml", "live-xml", "fdb", "guest-file", "guest-address",
/// "neighbours", "service", in this order where a layer is said to be the first.
QJsonObject floatJson(const FloatRow &row);

/// A block of lines: the float, then its layers one a line, the first that disagrees marked with ">".
void writeFloat(QTextStream &out, const FloatRow &row);

} // namespace tropo
