#include "views/parts/empty_note.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QVBoxLayout>

namespace tropo {

EmptyNote::EmptyNote(const QString &icon, QWidget *parent)
    : QWidget(parent),
      m_iconName(icon),
      m_icon(new QLabel(this)),
      m_title(plainLabel({}, this)),
      m_text(selectableLabel({}, this))
{
    setObjectName(QStringLiteral("emptyNote"));
    setPointScale(m_title, 1.15, true);
    for (QLabel *label : {m_icon, m_title, m_text})
        label->setAlignment(Qt::AlignHCenter);
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(260);
    mute(m_text);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addStretch(3);
    showIcon();
}

void EmptyNote::say(const QString &title, const QString &text)
{
    m_title->setText(visibleText(title));
    m_text->setText(visibleText(text, 1200, true));
}

void EmptyNote::setIcon(const QString &icon)
{
    m_iconName = icon;
    showIcon();
}

void EmptyNote::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcon();
    QWidget::changeEvent(event);
}

void EmptyNote::showIcon()
{
    m_icon->setPixmap(themedIcon(m_iconName, palette()).pixmap(QSize(40, 40), devicePixelRatioF()));
}

} // namespace tropo
