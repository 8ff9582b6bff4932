#pragma once

#include "models/forecast/forecast.h"
#include "models/snapshot.h"

#include <QJsonObject>

namespace tropo {

/// {"subject", "summary", "items": [{"kind", "weight": "lost" | "change" | "note", "subject", "message",
/// "evidence"}], "not_known": [sentence]}
QJsonObject forecastJson(const Forecast &forecast, const Evidence &evidence);
/// The same of every hypervisor and VM, as `inspect --format json` carries it.
QJsonArray forecastsJson(const Snapshot &snapshot);

QString forecastText(const Forecast &forecast);

} // namespace tropo
