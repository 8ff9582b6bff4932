#pragma once

#include <QString>

namespace tropo {

/// The author's Markdown so that what follows it is not drawn into it: a fence left open is closed
/// (CommonMark 0.30, 4.5), and HTML is text, as it is in every other form of a note. What is code and what is
/// HTML, md4c says, with tables and without. Without blanks around it. A text that cannot be made so is
/// given as code.
QString wholeMarkdown(const QString &markdown);

} // namespace tropo
