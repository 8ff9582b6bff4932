#pragma once

#include "models/evidence/evidence.h"

namespace tropo {

/// SHA-256 in hex over all that a reading is: for each document, in the order of their paths, the path, a
/// zero byte, the text's SHA-256 in hex and a line end; then for each source that could not be read, sorted,
/// its hypervisor, a zero byte, the source, a zero byte, the message's SHA-256 in hex and a line end. The
/// same for a folder and for the archives made of it; a document that differs by one byte gives another.
QString captureHash(const Evidence &evidence);

} // namespace tropo
