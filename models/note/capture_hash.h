#pragma once

#include "models/evidence/evidence.h"

namespace tropo {

/// SHA-256 in hex over all documents of the evidence: for each, in the order of their paths, the path, a zero
/// byte, the text's SHA-256 and a line end. The same for a folder and for the archives made of it; a document
/// that differs by one byte gives another.
QString captureHash(const Evidence &evidence);

} // namespace tropo
