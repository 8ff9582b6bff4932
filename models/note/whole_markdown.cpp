#include "models/note/whole_markdown.h"

#include "models/text/markdown.h"

#include <QByteArray>

#include <algorithm>
#include <functional>
#include <vector>

#include <md4c.h>

namespace tropo {

namespace {

/// What a renderer makes of a text, and of a word in a paragraph of its own behind it.
struct Rendering
{
    QByteArray text;    ///< with that word
    qsizetype size = 0; ///< without it
    bool everyTag = false;
    bool failed = false;
    bool hasHtml = false;
    std::vector<qsizetype> tags; ///< where HTML begins, or what may be taken for it
    char fence = 0;              ///< of the code that the word is drawn into; 0 for none

    bool isHtmlBlock = false;
    bool isNoted = false; ///< the HTML block's first tag
    char inFence = 0;

    /// Where a text of the parser's stands; -1 for what it made itself, such as line ends.
    qsizetype placeOf(const char *part) const
    {
        const std::less<const char *> before;
        const bool isOurs = !before(part, text.constData()) && before(part, text.constData() + text.size());
        return isOurs ? part - text.constData() : -1;
    }
    qsizetype next(qsizetype at, qsizetype to) const;
    bool note(qsizetype from, qsizetype to);
    void noteText(qsizetype from, qsizetype to);
};

/// The next `<` from `at` on, before `to` and of the text itself; -1 for none.
qsizetype Rendering::next(qsizetype at, qsizetype to) const
{
    const char *begin = text.constData();
    const qsizetype end = std::min(to, size);
    const char *found = at < end ? std::find(begin + at, begin + end, '<') : begin + end;
    return found == begin + end ? -1 : found - begin;
}

/// HTML from `from` to `to`: its beginning, or every tag. Whether there is one.
bool Rendering::note(qsizetype from, qsizetype to)
{
    const std::size_t before = tags.size();
    for (qsizetype at = next(from, to); at >= 0; at = next(at + 1, to)) {
        tags.push_back(at);
        if (!everyTag)
            break;
    }
    return tags.size() > before;
}

/// What is text here, and may be HTML for a renderer that is less exact.
void Rendering::noteText(qsizetype from, qsizetype to)
{
    for (qsizetype at = next(from, to); at >= 0; at = next(at + 1, to)) {
        const char c = text.at(at + 1);
        const bool mayBegin =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
        qsizetype backslashes = 0;
        while (backslashes < at && text.at(at - backslashes - 1) == '\\')
            ++backslashes;
        if (mayBegin && backslashes % 2 == 0)
            tags.push_back(at);
    }
}

int enterBlock(MD_BLOCKTYPE type, void *detail, void *user)
{
    auto *one = static_cast<Rendering *>(user);
    one->isHtmlBlock = type == MD_BLOCK_HTML;
    one->isNoted = false;
    if (type == MD_BLOCK_CODE)
        one->inFence = static_cast<MD_BLOCK_CODE_DETAIL *>(detail)->fence_char;
    return 0;
}

int leaveBlock(MD_BLOCKTYPE, void *, void *user)
{
    auto *one = static_cast<Rendering *>(user);
    one->isHtmlBlock = false;
    one->inFence = 0;
    return 0;
}

int seeText(MD_TEXTTYPE type, const MD_CHAR *part, MD_SIZE length, void *user)
{
    auto *one = static_cast<Rendering *>(user);
    const qsizetype from = one->placeOf(part);
    if (from < 0)
        return 0;
    const qsizetype to = from + static_cast<qsizetype>(length);
    if (type == MD_TEXT_CODE && to > one->size + 1)
        one->fence = one->inFence;
    if (type == MD_TEXT_NORMAL)
        one->noteText(from, to);
    if (type != MD_TEXT_HTML)
        return 0;
    one->hasHtml = true;
    // Of a block, the first tag alone: without it, what follows may be no HTML, and may be code.
    const bool begins = one->isHtmlBlock ? !one->isNoted : one->text.at(from) == '<';
    if (begins || one->everyTag)
        one->isNoted = one->note(from, to) || one->isNoted;
    return 0;
}

Rendering rendering(const QByteArray &text, unsigned flags, bool everyTag)
{
    Rendering one;
    one.text = text + "\n\nx";
    one.size = text.size();
    one.everyTag = everyTag;
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_COMMONMARK | flags;
    parser.enter_block = &enterBlock;
    parser.leave_block = &leaveBlock;
    parser.enter_span = [](MD_SPANTYPE, void *, void *) { return 0; };
    parser.leave_span = [](MD_SPANTYPE, void *, void *) { return 0; };
    parser.text = &seeText;
    one.failed = md_parse(one.text.constData(), static_cast<MD_SIZE>(one.text.size()), &parser, &one) != 0;
    return one;
}

QByteArray escapedAt(const QByteArray &text, std::vector<qsizetype> places)
{
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    QByteArray escaped;
    qsizetype from = 0;
    for (const qsizetype at : places) {
        escaped += text.mid(from, at - from) + '\\';
        from = at;
    }
    return escaped + text.mid(from);
}

/// A renderer may know tables or not; what a pipe parts is code for one and none for the other.
constexpr unsigned dialects[] = {0, MD_FLAG_TABLES};

/// Escapes what HTML there is, until there is none; with one tag gone, others may come to light.
bool dropHtml(QByteArray &text)
{
    constexpr int gentleTurns = 6;
    constexpr int mostTurns = 16;
    for (int turn = 0; turn < mostTurns; ++turn) {
        bool isClean = true;
        for (const unsigned flags : dialects) {
            const Rendering one = rendering(text, flags, turn >= gentleTurns);
            if (one.failed || (one.hasHtml && one.tags.empty()))
                return false;
            isClean = isClean && one.tags.empty();
            text = escapedAt(text, one.tags);
        }
        if (isClean)
            return true;
    }
    return false;
}

bool isOpenAnywhere(const QByteArray &text)
{
    return std::any_of(std::begin(dialects), std::end(dialects),
                       [&text](unsigned flags) { return rendering(text, flags, false).fence != 0; });
}

/// A fence may be closed by a longer one. What is open for one renderer and not for another cannot be: what
/// closes it for the one opens it for the other.
bool closeFence(QByteArray &text)
{
    const char fence = rendering(text, 0, false).fence;
    if (fence == 0)
        return !isOpenAnywhere(text);
    qsizetype longest = 3;
    qsizetype run = 0;
    for (const char c : std::as_const(text)) {
        run = c == fence ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    text += '\n' + QByteArray(longest, fence);
    return !isOpenAnywhere(text);
}

/// Without empty lines before it and blanks behind it; what is indented as code stays so.
QString withoutBlanks(const QString &markdown)
{
    qsizetype begin = 0;
    qsizetype at = 0;
    while (at < markdown.size() && markdown[at].isSpace()) {
        if (markdown[at] == u'\n' || markdown[at] == u'\r')
            begin = at + 1;
        ++at;
    }
    const bool isCode = at - begin >= 4 || markdown.mid(begin, at - begin).contains(u'\t');
    QString text = markdown.mid(isCode ? begin : at);
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    return text;
}

} // namespace

QString wholeMarkdown(const QString &markdown)
{
    QByteArray text = withoutBlanks(markdown).toUtf8();
    if (dropHtml(text) && closeFence(text))
        return QString::fromUtf8(text);
    return markdownBlock(markdown).trimmed();
}

} // namespace tropo
