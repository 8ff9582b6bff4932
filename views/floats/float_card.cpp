#include "views/floats/float_card.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/presentation.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>

namespace tropo {

namespace {

constexpr int margin = 9;
constexpr int iconSize = 16;
constexpr int radius = 6;

} // namespace

FloatCard::FloatCard(QWidget *parent) : QFrame(parent), m_move(new QToolButton(this))
{
    setObjectName(QStringLiteral("floatCard"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_move->setObjectName(QStringLiteral("moveFloat"));
    m_move->setText(tr("Move…"));
    m_move->setAutoRaise(true);
    m_move->setFocusPolicy(Qt::NoFocus); // the card itself takes the keys
    connect(m_move, &QToolButton::clicked, this, &FloatCard::moveWanted);
}

void FloatCard::show(const BoardCard &card)
{
    m_card = card;
    const QString state = cardStateWord(card.state, card.split);
    QStringList spoken{card.name, card.address, card.mac, state};
    if (!card.has.isEmpty())
        spoken.append(tr("here is %1").arg(card.has));
    if (!card.says.isEmpty())
        spoken.append(card.says);
    setAccessibleName(visibleText(spoken.join(QLatin1String(", ")), 400));
    setAccessibleDescription(tr("M or Enter moves it to another VM; arrow keys go to other cards"));
    m_move->setAccessibleName(tr("Move %1").arg(visibleText(card.name, 40)));
    setToolTip(plainTip(card.says.isEmpty() ? spoken.join(u'\n') : card.says));
    updateGeometry();
    update();
    QFrame::show();
}

void FloatCard::setChosen(bool chosen)
{
    m_isChosen = chosen;
    update();
}

QSize FloatCard::sizeHint() const
{
    constexpr int lines = 4;
    return {fontMetrics().averageCharWidth() * 26, lines * fontMetrics().lineSpacing() + 2 * margin};
}

void FloatCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Ink ink = inkOf(palette());
    const QColor mark = inkFor(m_card.state, palette());
    const bool wrong = m_card.state == CardState::Wrong;
    QPen edge(m_isChosen || hasFocus() ? palette().color(QPalette::Highlight)
              : wrong                  ? mark
                                       : ink.edge,
              m_isChosen || hasFocus() ? 2 : 1);
    // A part of a float, or one of which not all is known, has a torn edge: colour is never the only sign.
    if (m_card.split || m_card.state == CardState::NotKnown)
        edge.setStyle(Qt::DashLine);
    painter.setPen(edge);
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius);
    painter.fillRect(QRect(2, radius, 4, height() - 2 * radius), mark);
    const int line = fontMetrics().lineSpacing();
    QRect area = rect().adjusted(margin + 5, margin, -margin, -margin);
    const QRect sign(area.left(), area.top() + (line - iconSize) / 2, iconSize, iconSize);
    themedIcon(iconName(m_card.state), palette()).paint(&painter, sign);
    const auto write = [&](const QString &text, const QColor &colour, bool bold, int indent, int right) {
        QFont own = font();
        own.setBold(bold);
        painter.setFont(own);
        painter.setPen(colour);
        const QRect place(area.left() + indent, area.top(), area.width() - indent - right, line);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(own).elidedText(visibleText(text, 120), Qt::ElideRight, place.width()));
        area.setTop(area.top() + line);
    };
    const QString state = cardStateWord(m_card.state, m_card.split);
    write(m_card.name, palette().color(QPalette::Text), true, iconSize + 6, m_move->width());
    write(m_card.address, palette().color(QPalette::Text), false, 0, 0);
    write(m_card.mac, ink.muted, false, 0, 0);
    // Who has it as it should be has all of it.
    const bool isWhole = m_card.has.isEmpty() || m_card.state == CardState::Sound;
    write(isWhole ? state : tr("%1; here: %2").arg(state, m_card.has), wrong ? mark : ink.muted, false, 0, 0);
}

void FloatCard::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const QSize wanted = m_move->sizeHint();
    m_move->setGeometry(width() - wanted.width() - 4, 4, wanted.width(), qMin(wanted.height(), height() - 8));
}

void FloatCard::mousePressEvent(QMouseEvent *event)
{
    QFrame::mousePressEvent(event);
    m_pressed = event->position().toPoint();
    setFocus(Qt::MouseFocusReason);
    Q_EMIT chosen();
    event->accept();
}

void FloatCard::mouseMoveEvent(QMouseEvent *event)
{
    const bool far =
        (event->position().toPoint() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (event->buttons().testFlag(Qt::LeftButton) && far)
        drag();
}

void FloatCard::drag()
{
    Q_EMIT dragged(true);
    auto *drag = new QDrag(this);
    auto *mime = new QMimeData;
    mime->setData(QLatin1String(floatMimeType), m_card.name.toUtf8());
    drag->setMimeData(mime);
    drag->setPixmap(grab());
    drag->setHotSpot(m_pressed);
    drag->exec(Qt::MoveAction);
    // The board may take this card away when it hears of it: not while its own event is under way.
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT dragged(false); }, Qt::QueuedConnection);
}

void FloatCard::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
    case Qt::Key_M:
    case Qt::Key_Menu:
        Q_EMIT moveWanted();
        break;
    case Qt::Key_Down:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Left:
        Q_EMIT walkWanted(static_cast<Qt::Key>(event->key()));
        break;
    default:
        QFrame::keyPressEvent(event);
    }
}

void FloatCard::focusInEvent(QFocusEvent *event)
{
    QFrame::focusInEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        Q_EMIT chosen();
    update();
}

void FloatCard::focusOutEvent(QFocusEvent *event)
{
    QFrame::focusOutEvent(event);
    update();
}

} // namespace tropo
