#pragma once

#include "models/evidence/evidence.h"

#include <QSet>

namespace tropo {

/// Words that documents are written with, in lower case: elements and attributes of XML, keys of JSON, words
/// that tools print and parsers look for. A name that is one of them cannot be replaced without breaking the
/// document.
QSet<QByteArray> vocabularyOf(const Evidence &evidence);

} // namespace tropo
