#pragma once

#include "models/items/excerpt.h"
#include "models/note/note.h"
#include "models/severity.h"

#include <functional>

namespace tropo {

// A note broken down into what every form of it can show. Text is plain unless it says Markdown.

struct HeadingBlock
{
    int level = 1; ///< 1 to 3
    QString text;
    std::optional<Severity> severity; ///< of a finding's heading
    QString id;                       ///< of the finding or story that it begins; empty for others
    bool operator==(const HeadingBlock &) const = default;
};

struct ParagraphBlock
{
    QString text;
    bool isMuted = false;
    bool operator==(const ParagraphBlock &) const = default;
};

/// The author's, or a plan's.
struct MarkdownBlock
{
    QString markdown;
    bool operator==(const MarkdownBlock &) const = default;
};

/// Lines of a document with their numbers.
struct QuoteBlock
{
    Excerpt excerpt;
    bool operator==(const QuoteBlock &) const = default;
};

/// When the document was read, and from where: "2023-07-18 15:20:48 UTC · read live".
QString quoteOrigin(const Excerpt &excerpt);
/// What stands for lines that are not shown.
QString foldText(const ExcerptLine &line);

struct PictureBlock
{
    QString name; ///< of a file, without a folder: "1-findings.png"
    QByteArray png;
    QString caption;
    int width = 0; ///< as it is meant to be seen, in CSS pixels; the picture itself has twice as many
    bool operator==(const PictureBlock &) const = default;
};

struct TableBlock
{
    QStringList header; ///< empty: the first column names the rows
    QList<QStringList> rows;
    QList<int> widths; ///< of the columns, in percent
    QStringList ids;   ///< of the finding that a row is about, by row; empty where rows are about none
    bool operator==(const TableBlock &) const = default;
};

struct CodeBlock
{
    QString text;
    bool operator==(const CodeBlock &) const = default;
};

struct ListBlock
{
    QStringList items;
    bool isNumbered = false;
    bool operator==(const ListBlock &) const = default;
};

using NoteBlock = std::variant<HeadingBlock, ParagraphBlock, MarkdownBlock, QuoteBlock, PictureBlock,
                               TableBlock, CodeBlock, ListBlock>;

/// Draws a picture that a note asks for: PNG bytes and its width as it is meant to be seen; nothing where
/// there is none.
struct DrawnPicture
{
    QByteArray png;
    int width = 0;
};
using PictureMaker = std::function<std::optional<DrawnPicture>(const NotePicture &picture)>;

/// The note's blocks in order: title, where it is from, its parts, and at the end versions and the hash of
/// what it was made from. Without `pictures` there are none, and those that cannot be drawn are named.
QList<NoteBlock> composeNote(const Note &note, const Snapshot &snapshot, const PictureMaker &pictures);

} // namespace tropo
