#include "views/parts/banner.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/presentation.h"

#include <QHBoxLayout>
#include <QPainter>

namespace tropo {

Banner::Banner(QWidget *parent)
    : QFrame(parent),
      m_text(selectableLabel({}, this)),
      m_close(iconButton(QStringLiteral("cancel"), tr("Dismiss this message"), this))
{
    setObjectName(QStringLiteral("banner"));
    setAccessibleName(tr("Message"));
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(40, 7, 8, 7);
    row->addWidget(m_text, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void Banner::say(const QString &text)
{
    m_text->setText(visibleText(text, 1000));
    setVisible(!text.isEmpty());
}

void Banner::stay(const QString &text)
{
    m_severity = Severity::Info;
    m_close->hide();
    say(text);
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Ink ink = inkOf(palette());
    painter.fillRect(rect(), ink.marked);
    painter.fillRect(QRect(0, 0, 4, height()), inkFor(m_severity, ink));
    themedIcon(iconName(m_severity), palette()).paint(&painter, QRect(14, height() / 2 - 8, 16, 16));
}

} // namespace tropo
