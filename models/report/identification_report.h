#pragma once

#include "models/identify/identify.h"

#include <QJsonObject>

namespace tropo {

/// {"query", "kind", "matches": [{"subject", "why"}], "belongs_to", "explanation"}, and where there is
/// something to say: "nearest": [{"value", "whose", "how"}], "next_free": {"mac", "address", "checked",
/// "not_read", "text"}, "parts": [{"text", "kind", "line", "matches", "belongs_to", "explanation"}],
/// "together": [{"fits", "text"}].
QJsonObject identificationJson(const Identification &found);
QString identificationText(const Identification &found);

} // namespace tropo
