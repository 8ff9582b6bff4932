#include "views/floats/lane.h"

#include "models/items/visible_text.h"
#include "views/floats/float_card.h"
#include "views/parts/plain.h"
#include "views/theme/theme.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>

namespace tropo {

Lane::Lane(QWidget *parent)
    : QFrame(parent),
      m_sign(new QLabel(this)),
      m_title(plainLabel({}, this)),
      m_word(plainLabel({}, this)),
      m_cards(new QVBoxLayout)
{
    setObjectName(QStringLiteral("lane"));
    setAcceptDrops(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    mute(m_word);
    setPointScale(m_title, 1.0, true);
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    head->addWidget(m_sign);
    head->addWidget(m_title, 1);
    head->addWidget(m_word);
    m_cards->setSpacing(6);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 7, 10, 8);
    column->setSpacing(6);
    column->addLayout(head);
    column->addLayout(m_cards);
}

void Lane::show(const QString &subject, const QString &icon, const QString &title, const QString &word)
{
    m_subject = subject;
    m_icon = icon;
    m_title->setText(visibleText(title, 60));
    m_title->setToolTip(plainTip(title));
    m_word->setText(word);
    setAccessibleName(QStringLiteral("%1, %2").arg(visibleText(title, 60), word));
    m_sign->setPixmap(themedIcon(icon, palette()).pixmap(16, 16));
    QFrame::show();
}

void Lane::setCards(const QList<FloatCard *> &cards)
{
    for (qsizetype i = 0; i < cards.size(); ++i)
        if (m_cards->indexOf(cards[i]) != i)
            m_cards->insertWidget(static_cast<int>(i), cards[i]);
}

void Lane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Ink ink = inkOf(palette());
    QPen edge(m_isTarget ? (m_isRefusing ? ink.error : palette().color(QPalette::Highlight)) : ink.edge,
              m_isTarget ? 2 : 1);
    if (m_isTarget && m_isRefusing)
        edge.setStyle(Qt::DashLine);
    painter.setPen(edge);
    painter.setBrush(ink.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
}

void Lane::setTarget(bool target)
{
    m_isTarget = target;
    m_isRefusing = false;
    update();
}

void Lane::setRefusing(bool refusing)
{
    m_isRefusing = refusing;
    update();
}

void Lane::dragEnterEvent(QDragEnterEvent *event)
{
    if (!event->mimeData()->hasFormat(QLatin1String(floatMimeType)))
        return;
    // Also what is refused then: it is to be heard of when it goes on.
    event->acceptProposedAction();
    setTarget(true);
    Q_EMIT entered(QString::fromUtf8(event->mimeData()->data(QLatin1String(floatMimeType))));
}

void Lane::dragMoveEvent(QDragMoveEvent *event)
{
    if (m_isRefusing)
        event->ignore();
    else
        event->acceptProposedAction();
}

void Lane::dragLeaveEvent(QDragLeaveEvent *)
{
    setTarget(false);
    Q_EMIT left();
}

void Lane::dropEvent(QDropEvent *event)
{
    const bool refused = m_isRefusing;
    setTarget(false);
    Q_EMIT left();
    if (refused)
        return event->ignore();
    event->acceptProposedAction();
    Q_EMIT dropped(QString::fromUtf8(event->mimeData()->data(QLatin1String(floatMimeType))), m_subject);
}

} // namespace tropo
