#pragma once

#include <QString>

namespace tropo {

/// Markdown (CommonMark with tables, by md4c) as HTML that stands by itself: no HTML of its own, no script,
/// no picture or link that is fetched from elsewhere without a click (pictures become their words; links only
/// http, https, mailto).
QString markdownHtml(const QString &markdown);

} // namespace tropo
