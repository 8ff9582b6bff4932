#pragma once

#include "ssh/session/ssh_session.h"

namespace tropo {

/// Asks about unknown host keys on the controlling terminal, one question at a time; without a terminal there
/// is no asker, and unknown keys are refused.
HostKeyAsker terminalAsker();

} // namespace tropo
