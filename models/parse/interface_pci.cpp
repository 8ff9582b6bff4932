#include "models/parse/interface_pci.h"

#include "models/parse/elision.h"
#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<QList<InterfacePci>> parseInterfacePci(const QByteArray &bytes, const QString &document)
{
    ProblemLog problems(document);
    QList<InterfacePci> entries;
    const QString text = decodedText(bytes);
    for (LineCursor at(text); at.next();) {
        const auto words = wordsOf(at.trimmed().first(qMin(at.trimmed().size(), qsizetype(4096))));
        if (isElision(at.trimmed())) {
            problems.add(at.number(), u"lines are left out here, line %1"_s.arg(at.number()));
            continue;
        }
        if (words.size() != 3) {
            problems.notUnderstood(at.number(), at.trimmed());
            continue;
        }
        const InterfacePci entry{words[0].toString(), MacAddress::fromString(words[1]),
                                 PciAddress::fromString(words[2]), problems.at(at.number())};
        if ((!entry.mac && words[1] != u"-") || (!entry.pci && words[2] != u"-"))
            problems.notUnderstood(at.number(), at.trimmed());
        if (entry.mac || entry.pci || (words[1] == u"-" && words[2] == u"-"))
            entries.append(entry);
    }
    return {entries, problems.take()};
}

} // namespace tropo
