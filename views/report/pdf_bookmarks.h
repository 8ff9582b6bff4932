#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QList>

namespace tropo {

struct PdfBookmark
{
    QString text;
    int level = 1;  ///< 1 to 3; one below another belongs to it
    int page = 0;   ///< from 0
    double top = 0; ///< from the page's top, as a part of its height

    bool operator==(const PdfBookmark &) const = default;
};

/// A PDF with a table of contents (PDF 32000-1:2008, 12.3.3), which Qt's writer cannot make; by qpdf. Errors
/// (Format): no PDF that can be read.
Result<QByteArray> withBookmarks(const QByteArray &pdf, const QList<PdfBookmark> &bookmarks);

} // namespace tropo
