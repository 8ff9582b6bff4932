#pragma once

#include "models/story/story.h"

#include <QJsonArray>

class QTextStream;

namespace tropo {

/// A story of `inspect --format json`:
///
///     {"id", "cause", "severity", "subject", "title", "accepted": bool,
///      "parts": [{"chapter": "should" | "is" | "history" | "consequence" | "remedy", "text", "probable":
///      bool,
///                 "findings": [id …], "plan": name or null, "sources": [{"document", "lines": [first,
///                 last]}]}],
///      "findings": [id …], "documents": [{"document", "lines": [[first, last] …]}]}
///
/// Lines 0 to 0 mean the document as a whole.
QJsonObject storyJson(const Story &story);

/// {"document", "lines": [first, last]}
QJsonObject sourceJson(const Source &source);
QJsonArray sourcesJson(const QList<Source> &sources);

/// "trop02/host/ip-addr.json:3-9"
QString linesText(const Source &source);

/// The story as text, without its findings.
void writeStory(QTextStream &out, const Story &story);

/// "What should be", "How it probably came", …: what stands above a chapter.
QString chapterTitle(Chapter chapter);

} // namespace tropo
