#include "models/items/floats_model.h"

#include "models/fleet/subject.h"
#include "models/items/export_role.h"
#include "models/items/visible_text.h"
#include "models/text/words.h"

namespace tropo {

QString layerStateWord(LayerState state, bool first)
{
    switch (state) {
    case LayerState::Agrees:
        return FloatsModel::tr("agrees");
    case LayerState::Disagrees:
        return first ? FloatsModel::tr("disagrees first") : FloatsModel::tr("disagrees");
    case LayerState::Absent:
        return FloatsModel::tr("nothing there");
    case LayerState::NotKnown:
        return FloatsModel::tr("not known");
    }
    return {};
}

const FloatCell *FloatsModel::cell(const QModelIndex &index) const
{
    const FloatRow *found = rowAt(index);
    const int layer = index.column() - FirstLayer;
    return found && layer >= 0 && layer < found->cells.size() ? &found->cells[layer] : nullptr;
}

int FloatsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString FloatsModel::text(const FloatRow &row, int column) const
{
    if (column == Name)
        return visibleText(row.name, 60);
    if (column >= FirstLayer)
        return visibleText(row.cells[column - FirstLayer].text, 300);
    QStringList holders;
    for (const FloatHolder &holder : row.holders)
        holders.append(subject::machineName(holder.subject));
    if (!holders.isEmpty())
        return visibleText(listed(holders, 4), 300);
    return row.cell(FloatLayer::Live).state == LayerState::Absent ? tr("nobody")
                                                                  : tr("nobody in what was read");
}

QString FloatsModel::whole(const FloatRow &row, int column) const
{
    if (column == Name)
        return wholeText(row.name);
    if (column >= FirstLayer)
        return wholeText(row.cells[column - FirstLayer].text);
    QStringList holders;
    for (const FloatHolder &holder : row.holders)
        holders.append(wholeText(subject::machineName(holder.subject)));
    return holders.isEmpty() ? text(row, column) : holders.join(QLatin1String(", "));
}

QString FloatsModel::spoken(const FloatRow &row, int column) const
{
    if (column == Name)
        return QStringLiteral("%1, %2, %3")
            .arg(visibleText(row.name, 60), row.address.toString(), row.mac.toString());
    if (column < FirstLayer)
        return text(row, column);
    const FloatCell &cell = row.cells[column - FirstLayer];
    QString all = QStringLiteral("%1: %2. %3")
                      .arg(layerTitle(cell.layer),
                           layerStateWord(cell.state, row.firstDisagreeing == cell.layer), text(row, column));
    if (!cell.detail.isEmpty())
        all += QStringLiteral(". ") + visibleText(cell.detail, 600);
    return all;
}

QVariant FloatsModel::data(const QModelIndex &index, int role) const
{
    const FloatRow *found = rowAt(index);
    if (!found)
        return {};
    const FloatCell *layer = cell(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, index.column());
    case exportRole:
        return whole(*found, index.column());
    case Qt::ToolTipRole:
        return QString(QLatin1String("<p style='white-space:pre-wrap'>") +
                       spoken(*found, index.column()).toHtmlEscaped() + QLatin1String("</p>"));
    case Qt::AccessibleTextRole:
        return spoken(*found, index.column());
    case NameRole:
        return found->name;
    case SubjectRole:
        return found->subject();
    case StateRole:
        return layer ? QVariant::fromValue(layer->state) : QVariant();
    case StateWordRole:
        return layer ? layerStateWord(layer->state, found->firstDisagreeing == layer->layer) : QString();
    case FirstRole:
        return layer && found->firstDisagreeing == layer->layer;
    default:
        return {};
    }
}

QVariant FloatsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == Name)
        return tr("Float");
    if (section == Holders)
        return tr("Held by");
    return layerTitle(static_cast<FloatLayer>(section - FirstLayer));
}

} // namespace tropo
