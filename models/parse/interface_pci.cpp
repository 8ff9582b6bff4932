#include "models/parse/interface_pci.h"

#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"

namespace tropo {

Parsed<QList<InterfacePci>> parseInterfacePci(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<InterfacePci> entries;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        const auto words = wordsOf(line.text);
        if (words.empty())
            continue;
        if (words.size() != 3) {
            problems.notUnderstood(line.number, line.text);
            continue;
        }
        InterfacePci entry{words[0].toString(), MacAddress::fromString(words[1]),
                           PciAddress::fromString(words[2]), problems.at(line.number)};
        if ((!entry.mac && words[1] != u"-") || (!entry.pci && words[2] != u"-"))
            problems.notUnderstood(line.number, line.text);
        entries.append(entry);
    }
    return {entries, problems.take()};
}

} // namespace tropo
