#pragma once

#include "models/fixes/offers.h"

namespace tropo {

/// What reservation-fix can do about a finding: as declared where the network is declared, else by the
/// convention that the last octets are the same, else to take one of two away.
QList<PlanRequest> reservationOffers(const PlanInput &input, const Finding &finding);

} // namespace tropo
