#include "views/containers/verdict_delegate.h"

#include "views/presentation.h"

namespace tropo {

namespace {

void setIcon(QStyleOptionViewItem *option, const QString &name)
{
    option->icon = themedIcon(name, option->palette);
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(16, 16);
}

} // namespace

VerdictDelegate::VerdictDelegate(const Roles &roles, QObject *parent)
    : QStyledItemDelegate(parent), m_roles(roles)
{
}

void VerdictDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->displayAlignment = Qt::AlignLeft | Qt::AlignVCenter;
    if (m_roles.known >= 0 && !index.data(m_roles.known).toBool()) {
        option->palette.setColor(QPalette::Text, inkOf(option->palette).muted);
        option->font.setItalic(true);
    }
    if (index.column() == m_roles.stateColumn)
        setIcon(option,
                iconName(NodeKind::Container, static_cast<NodeState>(index.data(m_roles.state).toInt())));
    if (m_roles.unhealthy >= 0 && index.data(m_roles.unhealthy).toBool()) {
        setIcon(option, iconName(NodeKind::Container, NodeState::Unhealthy));
        option->palette.setColor(QPalette::Text, inkOf(option->palette).warning);
    }
    const QVariant verdict = index.data(m_roles.verdict);
    if (verdict.isValid())
        showVerdict(option, index, verdict.toInt());
}

void VerdictDelegate::showVerdict(QStyleOptionViewItem *option, const QModelIndex &index, int number) const
{
    const auto verdict = static_cast<SwarmVerdict>(number);
    const bool isColumn = index.column() == m_roles.verdictColumn;
    const bool isCell = m_roles.firstCell >= 0 && index.column() >= m_roles.firstCell &&
                        verdict != SwarmVerdict::AsWanted && verdict != SwarmVerdict::NotKnown;
    if (!isColumn && !isCell)
        return;
    const Ink ink = inkOf(option->palette);
    setIcon(option, iconName(verdict));
    option->palette.setColor(QPalette::Text, inkFor(verdict, option->palette));
    if (verdict == SwarmVerdict::OverCount) {
        option->font.setBold(true);
        if (isCell)
            option->backgroundBrush = ink.marked;
    }
}

} // namespace tropo
