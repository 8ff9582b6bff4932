#include "models/items/containers_model.h"

#include "models/items/export_role.h"
#include "models/items/visible_text.h"

#include <algorithm>

namespace tropo {

namespace {

bool admits(const QStringList &words, const ContainerLine &line)
{
    const QStringList texts{line.name, line.vm, line.hypervisor, line.service, line.image, line.status};
    return std::all_of(words.begin(), words.end(), [&texts](const QString &word) {
        return std::any_of(texts.begin(), texts.end(),
                           [&word](const QString &text) { return text.contains(word, Qt::CaseInsensitive); });
    });
}

} // namespace

void ContainersModel::setContainers(const QList<ContainerLine> &containers)
{
    m_all = containers;
    merge(wanted());
}

void ContainersModel::setFilter(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    merge(wanted());
}

void ContainersModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    merge(wanted());
}

QList<ContainerLine> ContainersModel::wanted() const
{
    QList<ContainerLine> rows;
    for (const ContainerLine &line : m_all)
        if (admits(m_words, line))
            rows.append(line);
    if (m_sortColumn < 0)
        return rows;
    const bool up = m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(rows.begin(), rows.end(), [this, up](const ContainerLine &a, const ContainerLine &b) {
        const ContainerLine &low = up ? a : b;
        const ContainerLine &high = up ? b : a;
        if (m_sortColumn == Verdict)
            return low.verdict > high.verdict; // the worst first
        return text(low, m_sortColumn) < text(high, m_sortColumn);
    });
    return rows;
}

int ContainersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString ContainersModel::text(const ContainerLine &line, int column) const
{
    switch (column) {
    case Status:
        return line.stale ? tr("%1, not read again").arg(visibleText(line.status, 80))
                          : visibleText(line.status, 80);
    case Name:
        return visibleText(line.name, 120);
    case Vm:
        return visibleText(tr("%1 on %2").arg(line.vm, line.hypervisor), 80);
    case ServiceColumn:
        return visibleText(line.service, 80);
    case Image:
        return visibleText(line.image, 160);
    case Ports:
        return visibleText(line.ports, 160);
    case Verdict:
        return line.verdict ? verdictText(*line.verdict) : QString();
    default:
        return {};
    }
}

QString ContainersModel::whole(const ContainerLine &line, int column) const
{
    switch (column) {
    case Status:
        return line.stale ? tr("%1, not read again").arg(wholeText(line.status)) : wholeText(line.status);
    case Name:
        return wholeText(line.name);
    case Vm:
        return wholeText(tr("%1 on %2").arg(line.vm, line.hypervisor));
    case ServiceColumn:
        return wholeText(line.service);
    case Image:
        return wholeText(line.image);
    case Ports:
        return wholeText(line.ports);
    default:
        return text(line, column);
    }
}

QVariant ContainersModel::data(const QModelIndex &index, int role) const
{
    const ContainerLine *line = rowAt(index);
    if (!line)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*line, index.column());
    case exportRole:
        return whole(*line, index.column());
    case Qt::ToolTipRole: {
        const QString whole =
            index.column() == Verdict ? visibleText(line->why, 1000) : text(*line, index.column());
        return whole.isEmpty() ? QVariant()
                               : QVariant(QString(QLatin1String("<p style='white-space:pre-wrap'>") +
                                                  whole.toHtmlEscaped() + QLatin1String("</p>")));
    }
    case KeyRole:
        return line->key;
    case StateRole:
        return static_cast<int>(line->state);
    case VerdictRole:
        return line->verdict ? QVariant(static_cast<int>(*line->verdict)) : QVariant();
    case StaleRole:
        return line->stale;
    default:
        return {};
    }
}

QVariant ContainersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Status:
        return tr("Status");
    case Name:
        return tr("Container");
    case Vm:
        return tr("VM");
    case ServiceColumn:
        return tr("Service");
    case Image:
        return tr("Image");
    case Ports:
        return tr("Ports");
    case Verdict:
        return tr("Swarm says");
    default:
        return {};
    }
}

} // namespace tropo
