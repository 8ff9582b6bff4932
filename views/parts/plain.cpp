#include "views/parts/plain.h"

#include "views/theme/theme.h"

#include <QEvent>

namespace tropo {

namespace {

/// Keeps a widget's colours or icon in step with the palette that it inherits.
class PaletteFollower final : public QObject
{
public:
    PaletteFollower(QWidget *widget, std::function<void(QWidget *)> paint)
        : QObject(widget), m_paint(std::move(paint))
    {
        widget->installEventFilter(this);
        m_paint(widget);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *widget = qobject_cast<QWidget *>(watched);
        const bool changed = event->type() == QEvent::PaletteChange || event->type() == QEvent::Polish;
        if (changed && widget && !m_busy) {
            m_busy = true;
            m_paint(widget);
            m_busy = false;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void(QWidget *)> m_paint;
    bool m_busy = false;
};

} // namespace

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel *selectableLabel(const QString &text, QWidget *parent)
{
    QLabel *label = plainLabel(text, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QToolButton *iconButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(plainTip(name));
    button->setFocusPolicy(Qt::TabFocus);
    new PaletteFollower(button, [icon](QWidget *widget) {
        qobject_cast<QToolButton *>(widget)->setIcon(themedIcon(icon, widget->palette()));
    });
    return button;
}

QString plainTip(const QString &text)
{
    return QLatin1String("<p style='white-space:pre-wrap'>") + text.toHtmlEscaped() + QLatin1String("</p>");
}

void mute(QWidget *widget)
{
    new PaletteFollower(widget, [](QWidget *muted) {
        QPalette palette = muted->palette();
        // The window's own colours tell light from dark, whatever was set on this widget before.
        palette.setColor(QPalette::WindowText, muted->window()->palette().color(QPalette::WindowText));
        palette.setColor(QPalette::WindowText, inkOf(palette).muted);
        muted->setPalette(palette);
    });
}

void setPointScale(QWidget *widget, double scale, bool bold)
{
    QFont font = widget->font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scale);
    else
        font.setPixelSize(qRound(font.pixelSize() * scale));
    font.setBold(bold);
    widget->setFont(font);
}

} // namespace tropo
