#pragma once

#include "models/parse/problem_log.h"

#include <QByteArray>

#include <pugixml.hpp>

#include <vector>

namespace tropo {

/// An XML document with the lines of its elements. pugixml never expands entities; depth and size are bounded
/// here, before it sees the text, since it recurses into elements.
class XmlDocument
{
public:
    static constexpr qsizetype largest = 16 * 1024 * 1024;
    static constexpr int deepest = 100;

    /// Reads a document, or several elements without a root (as `xmllint --xpath` prints them). What is
    /// broken is a problem with its line, and the document counts as not read: what stands before the break
    /// may be half an element.
    bool load(const QByteArray &text, ProblemLog &problems);

    pugi::xml_node root() const { return m_document; }
    /// The lines an element stands on.
    Source sourceOf(const pugi::xml_node &node, const ProblemLog &problems) const;

private:
    int lineAt(qsizetype offset) const;

    QByteArray m_text;
    std::vector<qsizetype> m_lineBegins;
    pugi::xml_document m_document;
};

/// An attribute or element text as it is kept.
QString xmlText(const char *text);

} // namespace tropo
