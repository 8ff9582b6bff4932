#include "views/theme/style.h"

#include "views/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace tropo {

namespace {

void drawCheckBox(const QStyleOption &option, QPainter &painter)
{
    const Ink ink = inkOf(option.palette);
    const bool on = option.state.testFlag(QStyle::State_On);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setPen(QPen(option.state.testFlag(QStyle::State_HasFocus) || on ? ink.accent : ink.muted, 1.4));
    painter.setBrush(on ? ink.accent : option.palette.color(QPalette::Base));
    painter.drawRoundedRect(box, 3, 3);
    if (on) {
        QPainterPath tick(QPointF(box.left() + box.width() * 0.24, box.center().y() + 0.5));
        tick.lineTo(box.left() + box.width() * 0.43, box.bottom() - box.height() * 0.27);
        tick.lineTo(box.right() - box.width() * 0.2, box.top() + box.height() * 0.28);
        painter.setPen(QPen(option.palette.color(QPalette::Base), 1.8));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(tick);
    }
    painter.restore();
}

void drawOutline(const QStyleOption &option, QPainter &painter, const QColor &color, double width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, width));
    painter.setBrush(Qt::NoBrush);
    const double inset = width / 2 + 0.3;
    painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), 3, 3);
    painter.restore();
}

} // namespace

Style::Style() : QProxyStyle(QStringLiteral("Fusion"))
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
        return 5;
    case PM_HeaderMargin:
        return 7;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const Ink ink = inkOf(option->palette);
    switch (element) {
    case PE_IndicatorCheckBox:
        drawCheckBox(*option, *painter);
        return;
    case PE_FrameFocusRect:
        drawOutline(*option, *painter, ink.accent, 1.6);
        return;
    case PE_FrameLineEdit: {
        const bool focus = option->state.testFlag(State_HasFocus);
        drawOutline(*option, *painter, focus ? ink.accent : ink.edge, focus ? 1.8 : 1.2);
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const Ink ink = inkOf(option->palette);
    switch (element) {
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, ink.panel);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          ink.edge);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, ink.edge);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

} // namespace tropo
