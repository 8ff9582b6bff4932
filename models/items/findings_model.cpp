#include "models/items/findings_model.h"

#include "models/items/visible_text.h"

namespace tropo {

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return FindingsModel::tr("error");
    case Severity::Warning:
        return FindingsModel::tr("warning");
    case Severity::Info:
        return FindingsModel::tr("note");
    }
    return {};
}

void FindingsModel::setFindings(const QList<Finding> &findings, const QDateTime &taken)
{
    QHash<QString, QDateTime> since;
    QList<Finding> unique;
    for (const Finding &finding : findings) {
        const QString id = finding.id();
        if (since.contains(id))
            continue;
        since.insert(id, m_since.value(id, taken));
        unique.append(finding);
    }
    m_all = unique;
    m_since = since;
    merge(wanted());
}

void FindingsModel::setFilter(const FindingFilter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    merge(wanted());
}

void FindingsModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    merge(wanted());
}

QList<Finding> FindingsModel::wanted() const
{
    QList<Finding> rows;
    for (const Finding &finding : m_all)
        if (m_filter.admits(finding))
            rows.append(finding);
    if (m_sortColumn < 0)
        return rows;
    const bool up = m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(rows.begin(), rows.end(), [this, up](const Finding &a, const Finding &b) {
        const Finding &low = up ? a : b;
        const Finding &high = up ? b : a;
        if (m_sortColumn == SeverityColumn)
            return low.severity > high.severity;
        if (m_sortColumn == Since)
            return since(low) < since(high);
        return text(low, m_sortColumn) < text(high, m_sortColumn);
    });
    return rows;
}

int FindingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString FindingsModel::text(const Finding &finding, int column) const
{
    switch (column) {
    case SeverityColumn:
        if (finding.accepted)
            return tr("%1, accepted").arg(severityWord(finding.severity));
        return finding.sighting == Sighting::Once ? tr("%1, seen once").arg(severityWord(finding.severity))
                                                  : severityWord(finding.severity);
    case Rule:
        return visibleText(finding.rule, 80);
    case Subject:
        return visibleText(finding.subject, 200);
    case Message:
        return visibleText(finding.message, 500);
    case Since:
        return ageText(since(finding), m_now);
    default:
        return {};
    }
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    const Finding *found = finding(index);
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, index.column());
    case Qt::ToolTipRole: {
        const QString whole =
            index.column() == Since ? timeText(since(*found)) : text(*found, index.column());
        return QString(QLatin1String("<p style='white-space:pre-wrap'>") + whole.toHtmlEscaped() +
                       QLatin1String("</p>"));
    }
    case IdRole:
        return found->id();
    case SeverityRole:
        return QVariant::fromValue(found->severity);
    case AcceptedRole:
        return found->accepted.has_value();
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == Since)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn:
        return tr("Severity");
    case Rule:
        return tr("Rule");
    case Subject:
        return tr("Subject");
    case Message:
        return tr("What is wrong");
    case Since:
        return tr("Since");
    default:
        return {};
    }
}

} // namespace tropo
