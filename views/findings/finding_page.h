#pragma once

#include "models/rules/finding.h"
#include "models/story/story.h"

#include <functional>

namespace tropo {

class PageWriter;

/// What a finding means, what becomes of it, and where it is. Links: "subject:" with the subject in URL-safe
/// base64.
void writeFinding(PageWriter &page, const Finding &finding, const QDateTime &since);
/// A story told by its chapters. Links also: "finding:" with the finding's id.
void writeStory(PageWriter &page, const Story &story,
                const std::function<const Finding *(const QString &id)> &findingById);

} // namespace tropo
