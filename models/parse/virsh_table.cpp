#include "models/parse/virsh_table.h"

#include "models/parse/elision.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isRule(QStringView line)
{
    return line.size() >= 3 && std::all_of(line.begin(), line.end(), [](QChar c) { return c == u'-'; });
}

} // namespace

VirshTable virshTable(const QByteArray &bytes, ProblemLog &problems)
{
    const QString text = decodedText(bytes);
    VirshTable table;
    QList<VirshRow> before;
    bool ruled = false;
    for (LineCursor at(text); at.next();) {
        if (isElision(at.trimmed())) {
            problems.add(at.number(), u"lines are left out here, line %1"_s.arg(at.number()));
        } else if (!ruled && isRule(at.trimmed())) {
            ruled = true;
            if (!before.isEmpty())
                table.header = before.takeLast().text;
        } else if (ruled) {
            table.rows.append({at.number(), bounded(at.line())});
        } else {
            before.append({at.number(), bounded(at.line())});
            if (before.size() > 1 && before.size() > ProblemLog::limit)
                break;
        }
    }
    for (const VirshRow &row : std::as_const(before))
        problems.notUnderstood(row.line, row.text);
    if (!ruled)
        problems.add(0, u"not a table as virsh prints it: no line of dashes"_s);
    return table;
}

} // namespace tropo
