#include "views/report/pdf_bookmarks.h"

// This program has no pointers of qpdf's older kind.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace tropo {

namespace {

/// An entry with what belongs to it.
struct Entry
{
    QPDFObjectHandle object;
    int level = 0;
    QPDFObjectHandle last; ///< of its own; null where none
    int count = 0;
};

void append(QPDF &pdf, QList<Entry> &open, const PdfBookmark &bookmark, QPDFObjectHandle page)
{
    while (open.size() > 1 && open.last().level >= bookmark.level)
        open.removeLast();
    Entry &parent = open.last();
    QPDFObjectHandle item = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    item.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(bookmark.text.toStdString()));
    item.replaceKey("/Parent", parent.object);
    const double height = page.getKey("/MediaBox").getArrayItem(3).getNumericValue();
    QPDFObjectHandle place = QPDFObjectHandle::newArray();
    place.appendItem(page);
    place.appendItem(QPDFObjectHandle::newName("/XYZ"));
    place.appendItem(QPDFObjectHandle::newNull());
    place.appendItem(QPDFObjectHandle::newReal(height * (1 - bookmark.top)));
    place.appendItem(QPDFObjectHandle::newNull());
    item.replaceKey("/Dest", place);
    if (parent.last.isInitialized() && !parent.last.isNull()) {
        parent.last.replaceKey("/Next", item);
        item.replaceKey("/Prev", parent.last);
    } else {
        parent.object.replaceKey("/First", item);
    }
    parent.last = item;
    parent.object.replaceKey("/Last", item);
    for (Entry &entry : open)
        entry.object.replaceKey("/Count", QPDFObjectHandle::newInteger(++entry.count));
    open.append({item, bookmark.level, {}, 0});
}

} // namespace

Result<QByteArray> withBookmarks(const QByteArray &bytes, const QList<PdfBookmark> &bookmarks)
{
    // qpdf tells errors by exceptions; they end here.
    try {
        QPDF pdf;
        pdf.processMemoryFile("note.pdf", bytes.constData(), static_cast<size_t>(bytes.size()));
        const std::vector<QPDFObjectHandle> pages = pdf.getAllPages();
        QPDFObjectHandle outlines = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
        outlines.replaceKey("/Type", QPDFObjectHandle::newName("/Outlines"));
        QList<Entry> open{{outlines, 0, {}, 0}};
        for (const PdfBookmark &bookmark : bookmarks)
            if (bookmark.page >= 0 && static_cast<size_t>(bookmark.page) < pages.size())
                append(pdf, open, bookmark, pages[static_cast<size_t>(bookmark.page)]);
        if (!bookmarks.isEmpty()) {
            pdf.getRoot().replaceKey("/Outlines", outlines);
            pdf.getRoot().replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
        }
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.write();
        const auto out = writer.getBufferSharedPointer();
        return QByteArray(reinterpret_cast<const char *>(out->getBuffer()),
                          static_cast<qsizetype>(out->getSize()));
    } catch (const std::exception &error) {
        return failure(ErrorKind::Format, QStringLiteral("PDF"), QString::fromUtf8(error.what()));
    }
}

} // namespace tropo
