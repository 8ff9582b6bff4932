#pragma once

#include "models/parse/problem_log.h"

#include <QByteArray>

#include <pugixml.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace tropo {

/// An element's place in the text: the offset of its name and its lines, from 1.
struct XmlSpan
{
    qsizetype name = 0;
    int first = 0;
    int last = 0;
};

/// An XML text whose elements know their lines. Reads a document or a row of elements without a root, as
/// `xmllint --xpath` prints them. Entities are not expanded, document types are refused.
class XmlText
{
public:
    static constexpr int deepest = 64;                     ///< elements inside each other
    static constexpr qsizetype largest = 16 * 1024 * 1024; ///< bytes
    static constexpr std::size_t most = 1'000'000;         ///< elements

    /// Nothing, with a problem that names the line, where the text is not well-formed or beyond a bound.
    /// Text outside of the elements is a problem each line, and costs the elements nothing.
    static std::optional<XmlText> parse(const QByteArray &text, ProblemLog &problems);

    pugi::xml_node root() const { return *m_document; }
    Source source(pugi::xml_node element) const;
    int line(pugi::xml_node element) const { return source(element).first; }
    /// Whether lines were left out of it ("....").
    bool elided() const { return m_elided; }

private:
    XmlText() = default;

    std::unique_ptr<pugi::xml_document> m_document;
    std::vector<XmlSpan> m_spans; ///< ascending by name
    QString m_path;
    bool m_elided = false;
};

/// An attribute's value, bounded; empty where there is none.
QString xmlAttribute(pugi::xml_node element, const char *name);
/// The text directly inside an element, trimmed and bounded.
QString xmlValue(pugi::xml_node element);

} // namespace tropo
