#include "models/fixes/files/interfaces_text.h"

#include "models/fixes/files/text_lines.h"

namespace tropo {

namespace {

QByteArrayList wordsIn(const QByteArray &line)
{
    return line.simplified().split(' ');
}

std::vector<InterfacesLine> logicalLines(const TextLines &lines, bool &open)
{
    std::vector<InterfacesLine> logical;
    open = false;
    for (int line = 0; line < lines.count(); ++line) {
        const QByteArray trimmed = lines.at(line).trimmed();
        if (!open && (trimmed.isEmpty() || trimmed.startsWith('#')))
            continue;
        const bool continues = trimmed.endsWith('\\');
        const QByteArray body = continues ? trimmed.chopped(1).trimmed() : trimmed;
        if (!open) {
            InterfacesLine one{line, line, {}, 0};
            const QByteArrayList words = wordsIn(body);
            one.value = lines.at(line).indexOf(words.front()) + words.front().size();
            while (one.value < lines.at(line).size() &&
                   (lines.at(line)[one.value] == ' ' || lines.at(line)[one.value] == '\t'))
                ++one.value;
            logical.push_back(one);
        }
        if (!body.isEmpty())
            logical.back().words += wordsIn(body);
        logical.back().last = line;
        open = continues;
    }
    return logical;
}

} // namespace

InterfacesText takeApart(const QByteArray &text)
{
    InterfacesText parts;
    const TextLines lines(text);
    bool inStanza = false;
    for (const InterfacesLine &line : logicalLines(lines, parts.endsOpen)) {
        const QByteArray first = line.words.value(0);
        const bool starts = first == "iface" && line.words.size() > 1;
        if (starts) {
            parts.stanzas.push_back({line, {}});
        } else if (first == "auto" || first.startsWith("allow-")) {
            parts.autos.push_back(line);
        } else if (inStanza && first != "iface" && first != "mapping" && first != "source" &&
                   first != "source-directory" && first != "source-dir" && first != "no-auto-down" &&
                   first != "no-scripts" && first != "rename") {
            parts.stanzas.back().options.push_back(line);
            continue;
        }
        inStanza = starts;
    }
    return parts;
}

} // namespace tropo
