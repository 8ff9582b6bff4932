#include "models/parse/xml_document.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// How deep elements nest, roughly: enough to refuse what would exhaust the stack.
int depthOf(const QByteArray &text)
{
    int depth = 0;
    int most = 0;
    for (qsizetype at = text.indexOf('<'); at >= 0 && at + 1 < text.size(); at = text.indexOf('<', at + 1)) {
        const char next = text[at + 1];
        if (next == '/') {
            --depth;
        } else if (next != '!' && next != '?') {
            const qsizetype close = text.indexOf('>', at);
            if (close > 0 && text[close - 1] != '/')
                most = std::max(most, ++depth);
        }
    }
    return most;
}

} // namespace

QString xmlText(const char *text)
{
    return bounded(QString::fromUtf8(text));
}

bool XmlDocument::load(const QByteArray &text, ProblemLog &problems)
{
    m_text = text;
    m_lineBegins.assign(1, 0);
    for (qsizetype at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        m_lineBegins.push_back(at + 1);
    if (text.size() > largest) {
        problems.add(
            0, u"is larger than %1 MiB, the bound for one XML description"_s.arg(largest / (1024 * 1024)));
        return false;
    }
    if (depthOf(text) > deepest) {
        problems.add(0, u"nests elements deeper than %1, which no libvirt XML does"_s.arg(deepest));
        return false;
    }
    const pugi::xml_parse_result result = m_document.load_buffer(
        text.constData(), static_cast<std::size_t>(text.size()), pugi::parse_default | pugi::parse_fragment);
    if (!result) {
        problems.add(lineAt(result.offset),
                     u"is not well-formed XML: %1, line %2"_s.arg(QString::fromLatin1(result.description()))
                         .arg(lineAt(result.offset)));
        return false;
    }
    if (!m_document.first_child()) {
        problems.add(0, u"holds no XML element"_s);
        return false;
    }
    return true;
}

int XmlDocument::lineAt(qsizetype offset) const
{
    const auto after = std::upper_bound(m_lineBegins.begin(), m_lineBegins.end(), offset);
    return static_cast<int>(after - m_lineBegins.begin());
}

Source XmlDocument::sourceOf(const pugi::xml_node &node, const ProblemLog &problems) const
{
    const auto begin = static_cast<qsizetype>(node.offset_debug());
    // pugixml tells where an element begins; it ends where its last descendant's end tag, or its own, closes.
    pugi::xml_node next = node.next_sibling();
    for (pugi::xml_node up = node; !next && up; up = up.parent())
        next = up.next_sibling();
    qsizetype limit = next ? static_cast<qsizetype>(next.offset_debug()) : m_text.size();
    const QByteArray endTag = QByteArray("</") + node.name();
    const qsizetype closing = m_text.indexOf(endTag, begin);
    const qsizetype ownEnd = m_text.indexOf('>', begin);
    qsizetype end = ownEnd;
    if (ownEnd > 0 && m_text[ownEnd - 1] != '/' && closing >= 0 && closing < limit)
        end = closing;
    // Nested elements of one name (backingStore): take the outermost end tag before what follows.
    for (qsizetype more = m_text.indexOf(endTag, end + 1);
         end == closing && more >= 0 && more < limit && node.child(node.name());
         more = m_text.indexOf(endTag, more + 1))
        end = more;
    return problems.at(lineAt(qMax(begin, qsizetype(0))), lineAt(qMax(end, begin)));
}

} // namespace tropo
