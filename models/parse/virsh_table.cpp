#include "models/parse/virsh_table.h"

#include "models/parse/numbered_lines.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isRule(QStringView line)
{
    return !line.isEmpty() && std::all_of(line.begin(), line.end(), [](QChar c) { return c == u'-'; });
}

/// Where each column begins in the header; fewer than asked where the last ones are missing.
QList<qsizetype> headerColumns(QStringView line, const QStringList &columns, int optional)
{
    QList<qsizetype> begins;
    qsizetype from = 0;
    for (const QString &column : columns) {
        const qsizetype at = line.indexOf(column, from, Qt::CaseInsensitive);
        if (at < 0)
            break;
        begins.append(at);
        from = at + column.size();
    }
    return begins.size() >= columns.size() - optional ? begins : QList<qsizetype>();
}

/// Cells parted by two blanks or more.
QStringList wideCells(QStringView line)
{
    QStringList cells;
    const QString text = line.trimmed().toString();
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = text.indexOf("  "_L1, begin);
        if (end < 0)
            end = text.size();
        cells.append(text.sliced(begin, end - begin).trimmed());
        begin = end;
        while (begin < text.size() && text[begin] == u' ')
            ++begin;
    }
    return cells;
}

/// Cells by where the header's columns begin; a long value may run into the next column, then this does not
/// fit.
QStringList alignedCells(QStringView line, const QList<qsizetype> &begins)
{
    QStringList cells;
    for (qsizetype i = 0; i < begins.size(); ++i) {
        const qsizetype begin = begins[i];
        const qsizetype end = i + 1 < begins.size() ? begins[i + 1] : line.size();
        if (begin > 0 && begin < line.size() && line[begin - 1] != u' ')
            return {};
        cells.append(begin < line.size()
                         ? line.sliced(begin, qMin(end, line.size()) - begin).trimmed().toString()
                         : QString());
    }
    return cells;
}

} // namespace

QList<VirshRow> virshRows(const QByteArray &text, const QStringList &columns, int optional,
                          ProblemLog &problems)
{
    QList<VirshRow> rows;
    QList<qsizetype> begins;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        const QStringView trimmed = line.text.trimmed();
        if (begins.isEmpty()) {
            begins = headerColumns(line.text, columns, optional);
            continue;
        }
        if (trimmed.isEmpty() || isRule(trimmed) || trimmed == u"....")
            continue;
        QStringList cells = wideCells(line.text);
        if (cells.size() != begins.size())
            cells = alignedCells(line.text, begins);
        if (cells.size() == begins.size() && !cells.contains(QString()))
            rows.append({cells, problems.at(line.number)});
        else
            problems.notUnderstood(line.number, trimmed);
    }
    if (begins.isEmpty())
        problems.add(0, u"has no header with %1"_s.arg(columns.join(u", "_s)));
    return rows;
}

} // namespace tropo
