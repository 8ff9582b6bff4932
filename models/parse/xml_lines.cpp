#include "models/parse/xml_lines.h"

#include "models/parse/xml_scan.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

std::optional<XmlText> XmlText::parse(const QByteArray &text, ProblemLog &problems)
{
    if (text.size() > largest) {
        problems.add(0, u"larger than %1 MiB: not read"_s.arg(largest / (1024 * 1024)));
        return {};
    }
    XmlScan scan = scanXml(text, problems);
    if (!scan.wellFormed)
        return {};
    if (scan.spans.empty()) {
        problems.add(0, u"no XML in it"_s);
        return {};
    }
    XmlText xml;
    xml.m_document = std::make_unique<pugi::xml_document>();
    const pugi::xml_parse_result parsed =
        xml.m_document->load_buffer(text.constData(), static_cast<std::size_t>(text.size()),
                                    pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8);
    if (!parsed) {
        const qsizetype offset = std::clamp(static_cast<qsizetype>(parsed.offset), qsizetype(0), text.size());
        const int line = static_cast<int>(QByteArrayView(text).first(offset).count('\n')) + 1;
        problems.add(line, u"not well-formed XML: %1, line %2. Nothing was read from this document"_s
                               .arg(QString::fromUtf8(parsed.description()))
                               .arg(line));
        return {};
    }
    xml.m_spans = std::move(scan.spans);
    xml.m_path = problems.document();
    xml.m_elided = scan.elided;
    return xml;
}

Source XmlText::source(pugi::xml_node element) const
{
    const auto offset = static_cast<qsizetype>(element.offset_debug());
    const auto span = std::lower_bound(m_spans.begin(), m_spans.end(), offset,
                                       [](const XmlSpan &one, qsizetype at) { return one.name < at; });
    if (span == m_spans.end() || span->name != offset)
        return {m_path, 0, 0};
    return {m_path, span->first, span->last};
}

QString xmlAttribute(pugi::xml_node element, const char *name)
{
    return bounded(QString::fromUtf8(element.attribute(name).value()));
}

QString xmlValue(pugi::xml_node element)
{
    return bounded(QString::fromUtf8(element.child_value()).trimmed());
}

} // namespace tropo
