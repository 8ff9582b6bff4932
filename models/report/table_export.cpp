#include "models/report/table_export.h"

#include "models/items/export_role.h"
#include "models/text/markdown.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList headerOf(const QAbstractItemModel &model)
{
    QStringList header;
    for (int column = 0; column < model.columnCount(); ++column)
        header.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    return header;
}

QStringList cellsOf(const QAbstractItemModel &model, const QModelIndex &parent, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells.append(exportText(model.index(row, column, parent)));
    return cells;
}

template <typename Do> void eachRow(const QAbstractItemModel &model, const QModelIndex &parent, const Do &act)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        act(cellsOf(model, parent, row));
        eachRow(model, model.index(row, 0, parent), act);
    }
}

/// Keys of an object must differ, and say something.
QStringList distinct(QStringList names)
{
    QSet<QString> taken;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (names[i].isEmpty())
            names[i] = u"Column %1"_s.arg(i + 1);
        for (int number = 2; taken.contains(names[i]); ++number)
            names[i] = u"%1 %2"_s.arg(names[i]).arg(number);
        taken.insert(names[i]);
    }
    return names;
}

/// Whether a spreadsheet would reckon with it. A number below zero and a dash for nothing are what they seem.
bool looksLikeFormula(const QString &cell)
{
    static const QString begins = u"=+-@"_s;
    const QString text = cell.trimmed();
    bool isNumber = false;
    text.toDouble(&isNumber);
    return !text.isEmpty() && begins.contains(text.front()) && !isNumber && text != u"-";
}

QByteArray csvCell(QString cell)
{
    if (looksLikeFormula(cell))
        cell.prepend(u'\'');
    const bool needsQuotes = cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') ||
                             cell.contains(u'\r') || cell.contains(u"  "_s) || cell.startsWith(u' ') ||
                             cell.endsWith(u' ');
    return needsQuotes ? QByteArray('"' + cell.replace(u'"', u"\"\""_s).toUtf8() + '"') : cell.toUtf8();
}

QByteArray csvLine(const QStringList &cells)
{
    QByteArray line;
    for (const QString &cell : cells)
        line += (line.isEmpty() && &cell == &cells.front() ? QByteArray() : QByteArray(",")) + csvCell(cell);
    return line + "\r\n";
}

QString markdownRow(const QStringList &cells)
{
    QString row = u"|"_s;
    for (const QString &cell : cells)
        row += u' ' + markdownText(cell) + u" |"_s;
    return row + u'\n';
}

} // namespace

QString exportText(const QModelIndex &index)
{
    const QVariant whole = index.data(exportRole);
    return (whole.isValid() ? whole : index.data(Qt::DisplayRole)).toString();
}

QByteArray tableCsv(const QAbstractItemModel &model)
{
    QByteArray csv = csvLine(headerOf(model));
    eachRow(model, {}, [&csv](const QStringList &cells) { csv += csvLine(cells); });
    return csv;
}

QByteArray tableJson(const QAbstractItemModel &model)
{
    const QStringList header = distinct(headerOf(model));
    QJsonArray rows;
    eachRow(model, {}, [&](const QStringList &cells) {
        QJsonObject row;
        for (qsizetype i = 0; i < header.size(); ++i)
            row.insert(header[i], cells[i]);
        rows.append(row);
    });
    return QJsonDocument(rows).toJson();
}

QString tableMarkdown(const QAbstractItemModel &model, const QList<int> &rows)
{
    const QStringList header = headerOf(model);
    QString text = markdownRow(header) + u"|"_s + QString(u" --- |"_s).repeated(header.size()) + u'\n';
    if (rows.isEmpty())
        eachRow(model, {}, [&text](const QStringList &cells) { text += markdownRow(cells); });
    for (const int row : rows)
        text += markdownRow(cellsOf(model, {}, row));
    return text;
}

} // namespace tropo
