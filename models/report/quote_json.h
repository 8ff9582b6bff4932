#pragma once

#include "models/evidence/evidence.h"
#include "models/rules/finding.h"

#include <QJsonObject>

namespace tropo {

/// {"document", "lines": [first, last], "text"}, as every report quotes.
QJsonObject quoteJson(const Quote &quote);
/// Quotes of these places, with their lines as they stand in the evidence.
QJsonArray quotesJson(const QList<Source> &sources, const Evidence &evidence);

/// "document:3-9", as compilers write places.
QString placeText(const Source &source);

} // namespace tropo
