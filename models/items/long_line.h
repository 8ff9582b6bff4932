#pragma once

#include "models/rules/finding.h"
#include "models/story/story.h"

namespace tropo {

/// What a text names that a document may hold as well: addresses, MACs, interfaces, versions, names that are
/// more than a lower-case word. At most 24, without doubles.
QStringList valuesIn(const QString &text);
/// The same of a finding or a story, with the names in its subjects; the most telling first.
QStringList valuesOf(const Finding &finding);
QStringList valuesOf(const Story &story);

/// A line as visible text. Of one that is longer than `most` characters, as a machine-readable listing is,
/// the places where `values` stand, with what is beside them; else its beginning. What is left out is
/// counted where it stood.
QString longLine(const QString &line, const QStringList &values, qsizetype most);

} // namespace tropo
