#include "views/changes/change_filter_bar.h"

#include "views/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace tropo {

ChangeFilterBar::ChangeFilterBar(QWidget *parent)
    : QWidget(parent),
      m_added(kindButton("addedFilter")),
      m_removed(kindButton("removedFilter")),
      m_changed(kindButton("changedFilter")),
      m_notCompared(kindButton("notComparedFilter")),
      m_text(new QLineEdit(this))
{
    setObjectName(QStringLiteral("changeFilterBar"));
    m_text->setObjectName(QStringLiteral("changeText"));
    m_text->setAccessibleName(tr("Text in a change"));
    m_text->setPlaceholderText(tr("Text in subject or change"));
    m_text->setClearButtonEnabled(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    for (QPushButton *button : {m_added, m_removed, m_changed, m_notCompared}) {
        row->addWidget(button);
        connect(button, &QPushButton::toggled, this, [this] { Q_EMIT filterChanged(filter()); });
    }
    row->addWidget(m_text, 1);
    connect(m_text, &QLineEdit::textChanged, this, [this] { Q_EMIT filterChanged(filter()); });
    showIcons();
    count({});
}

QPushButton *ChangeFilterBar::kindButton(const char *name)
{
    auto *button = new QPushButton(this);
    button->setObjectName(QLatin1String(name));
    button->setCheckable(true);
    button->setChecked(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void ChangeFilterBar::count(const Comparison &comparison)
{
    m_added->setText(tr("Added: %1").arg(comparison.count(ChangeKind::Added)));
    m_removed->setText(tr("Removed: %1").arg(comparison.count(ChangeKind::Removed)));
    m_changed->setText(tr("Changed: %1").arg(comparison.count(ChangeKind::Changed)));
    m_notCompared->setText(tr("Not comparable: %1").arg(comparison.notCompared.size()));
}

ChangeFilter ChangeFilterBar::filter() const
{
    return {m_text->text().trimmed(), m_added->isChecked(), m_removed->isChecked(), m_changed->isChecked(),
            m_notCompared->isChecked()};
}

void ChangeFilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void ChangeFilterBar::showIcons()
{
    m_added->setIcon(themedIcon(QStringLiteral("change-added"), palette()));
    m_removed->setIcon(themedIcon(QStringLiteral("change-removed"), palette()));
    m_changed->setIcon(themedIcon(QStringLiteral("change-changed"), palette()));
    m_notCompared->setIcon(themedIcon(QStringLiteral("not-known"), palette()));
}

void ChangeFilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcons();
    QWidget::changeEvent(event);
}

} // namespace tropo
