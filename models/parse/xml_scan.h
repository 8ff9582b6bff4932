#pragma once

#include "models/parse/xml_lines.h"

namespace tropo {

struct XmlScan
{
    std::vector<XmlSpan> spans; ///< ascending by name
    bool wellFormed = false;    ///< false: the problem is in the log
    bool elided = false;
};

/// One linear pass over the text before the XML parser sees it: bounds nesting and size, and finds the lines
/// that each element begins and ends on, which the parser does not keep.
XmlScan scanXml(const QByteArray &text, ProblemLog &problems);

} // namespace tropo
