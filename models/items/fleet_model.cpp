#include "models/items/fleet_model.h"

#include "models/items/export_role.h"
#include "models/items/visible_text.h"

namespace tropo {

QString countsText(const FindingCounts &counts)
{
    QStringList parts;
    if (counts.errors > 0)
        parts.append(FleetModel::tr("errors: %1").arg(counts.errors));
    if (counts.warnings > 0)
        parts.append(FleetModel::tr("warnings: %1").arg(counts.warnings));
    if (counts.infos > 0)
        parts.append(FleetModel::tr("notes: %1").arg(counts.infos));
    return parts.join(QLatin1String(", "));
}

int FleetModel::columnCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : ColumnCount;
}

QString FleetModel::text(const TreeNode &node, int column) const
{
    switch (column) {
    case Name:
        return visibleText(node.label, 120);
    case Detail: {
        const QString badge =
            node.badge.isEmpty() ? QString() : QString(node.badge + QStringLiteral(" \u00b7 "));
        return visibleText(QString(badge + node.detail));
    }
    case Findings: {
        // No findings say nothing where not all was read.
        QStringList parts{countsText(node.counts), node.unread ? tr("not all read") : QString()};
        parts.removeAll(QString());
        return parts.join(QLatin1String(", "));
    }
    case Age: {
        const QString age = ageText(node.taken, m_now);
        return node.stale && !age.isEmpty() ? tr("%1, stale").arg(age) : age;
    }
    default:
        return {};
    }
}

QString FleetModel::whole(const TreeNode &node, int column) const
{
    switch (column) {
    case Name:
        return wholeText(node.label);
    case Detail:
        return wholeText(node.badge.isEmpty()
                             ? node.detail
                             : QString(node.badge + QStringLiteral(" \u00b7 ") + node.detail));
    case Age:
        return node.stale && node.taken.isValid() ? tr("%1, stale").arg(isoText(node.taken))
                                                  : isoText(node.taken);
    default:
        return text(node, column);
    }
}

QString FleetModel::spoken(const TreeNode &node) const
{
    QStringList parts{text(node, Name), text(node, Detail), text(node, Findings)};
    if (node.stale)
        parts.append(tr("stale: %1").arg(visibleText(node.staleReason)));
    parts.removeAll(QString());
    return parts.join(QLatin1String("; "));
}

QVariant FleetModel::data(const QModelIndex &index, int role) const
{
    const TreeNode *found = node(index);
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, index.column());
    case exportRole:
        return whole(*found, index.column());
    case Qt::ToolTipRole:
        // Qt guesses rich text in tooltips; escaped, it stays as it is written.
        return QString(QLatin1String("<p style='white-space:pre-wrap'>") + spoken(*found).toHtmlEscaped() +
                       QLatin1String("</p>"));
    case Qt::AccessibleTextRole:
        return index.column() == Name ? spoken(*found) : text(*found, index.column());
    case KeyRole:
        return found->key;
    case KindRole:
        return QVariant::fromValue(found->kind);
    case StateRole:
        return QVariant::fromValue(found->state);
    case BadgeRole:
        return found->badge;
    case ErrorsRole:
        return found->counts.errors;
    case WarningsRole:
        return found->counts.warnings;
    case InfosRole:
        return found->counts.infos;
    case UnreadRole:
        return found->unread;
    case TakenRole:
        return found->taken;
    case StaleRole:
        return found->stale;
    default:
        return {};
    }
}

QVariant FleetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == Age)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Detail:
        return tr("What it is");
    case Findings:
        return tr("Findings");
    case Age:
        return tr("Read");
    default:
        return {};
    }
}

} // namespace tropo
