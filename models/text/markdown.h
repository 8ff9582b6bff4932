#pragma once

#include <QString>

namespace tropo {

// Text for Markdown as CommonMark 0.30 has it (https://spec.commonmark.org/0.30/). What came from a machine
// stays text: no mark-up, link, picture or HTML of its own.

/// On one line, with everything escaped that could mean something.
QString markdownText(const QString &text);
/// A block of code, in a fence longer than any run of backticks inside it. `language`: letters only; may be
/// empty.
QString markdownBlock(const QString &text, const QString &language = {});

} // namespace tropo
