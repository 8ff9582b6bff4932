#include "models/items/services_model.h"

#include "models/items/export_role.h"
#include "models/items/visible_text.h"

namespace tropo {

namespace {

constexpr qsizetype mostLines = 4;

QString wordsOf(QStringList lines, const ServiceCell &cell)
{
    if (!cell.read)
        lines.append(cell.lines.isEmpty() ? ServicesModel::tr("not read")
                                          : ServicesModel::tr("not read again"));
    return lines.isEmpty() ? QStringLiteral("\u2013") : lines.join(u'\n');
}

QString cellText(const ServiceCell &cell)
{
    QStringList lines;
    for (const QString &line : cell.lines.first(qMin(cell.lines.size(), mostLines)))
        lines.append(visibleText(line, 60));
    if (cell.lines.size() > mostLines)
        lines.append(ServicesModel::tr("and %1 more").arg(cell.lines.size() - mostLines));
    return wordsOf(lines, cell);
}

QString wholeCell(const ServiceCell &cell)
{
    QStringList lines;
    for (const QString &line : cell.lines)
        lines.append(wholeText(line));
    return wordsOf(lines, cell);
}

} // namespace

void ServicesModel::setOverview(const ContainerOverview &overview)
{
    if (m_vms == overview.vms) {
        merge(overview.services);
        return;
    }
    m_vms = overview.vms;
    reset(overview.services);
}

const ServiceCell *ServicesModel::cell(const QModelIndex &index) const
{
    const ServiceLine *line = rowAt(index);
    if (!line || index.column() < FirstVm || index.column() >= columnCount())
        return nullptr;
    const auto found = line->cells.constFind(m_vms[index.column() - FirstVm].subject);
    return found == line->cells.constEnd() ? nullptr : &*found;
}

int ServicesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstVm + static_cast<int>(m_vms.size());
}

QString ServicesModel::text(const ServiceLine &line, int column, qsizetype most) const
{
    switch (column) {
    case Name:
        return visibleText(line.name, most);
    case Origin:
        return visibleText(line.origin, most);
    case Replicas:
        return visibleText(line.replicas, most);
    case Verdict:
        return line.verdict ? verdictText(*line.verdict) : QString();
    default:
        return {};
    }
}

QVariant ServicesModel::verdict(const QModelIndex &index, const ServiceLine &line) const
{
    const ServiceCell *here = cell(index);
    const auto verdict = index.column() == Verdict ? line.verdict : here ? here->verdict : std::nullopt;
    return verdict ? QVariant(static_cast<int>(*verdict)) : QVariant();
}

QVariant ServicesModel::data(const QModelIndex &index, int role) const
{
    const ServiceLine *line = rowAt(index);
    if (!line)
        return {};
    const ServiceCell *here = cell(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() < FirstVm ? text(*line, index.column()) : here ? cellText(*here) : QString();
    case exportRole:
        return index.column() < FirstVm ? text(*line, index.column(), mostExported)
               : here                   ? wholeCell(*here)
                                        : QString();
    case Qt::ToolTipRole: {
        const QString why = index.column() < FirstVm ? line->why : here ? here->why : QString();
        return why.isEmpty()
                   ? QVariant()
                   : QVariant(QString(QLatin1String("<p style='white-space:pre-wrap'>") +
                                      visibleText(why, 1000).toHtmlEscaped() + QLatin1String("</p>")));
    }
    case Qt::AccessibleTextRole:
        // Ears get the verdict that eyes have as an icon.
        return here && here->verdict
                   ? QVariant(QString(cellText(*here) + QLatin1String(", ") + verdictText(*here->verdict)))
                   : data(index, Qt::DisplayRole);
    case KeyRole:
        return line->key;
    case VerdictRole:
        return verdict(index, *line);
    case UnhealthyRole:
        return here && here->unhealthy;
    case KnownRole:
        return !here || here->read;
    default:
        return {};
    }
}

QVariant ServicesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (section >= FirstVm && section < columnCount())
        return visibleText(
            role == Qt::DisplayRole ? m_vms[section - FirstVm].name : m_vms[section - FirstVm].subject, 60);
    if (role == Qt::ToolTipRole)
        return {};
    switch (section) {
    case Name:
        return tr("Service");
    case Origin:
        return tr("Part of");
    case Replicas:
        return tr("Replicas");
    case Verdict:
        return tr("State");
    default:
        return {};
    }
}

} // namespace tropo
