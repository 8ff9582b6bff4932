#pragma once

#include <QLabel>
#include <QToolButton>

namespace tropo {

/// A label that shows its text as it is written: Qt labels guess rich text otherwise.
QLabel *plainLabel(const QString &text, QWidget *parent);
/// Copyable with mouse and keyboard as well.
QLabel *selectableLabel(const QString &text, QWidget *parent);
/// A flat button with an icon of ours that follows the palette, a name for ears and a tooltip.
QToolButton *iconButton(const QString &icon, const QString &name, QWidget *parent);
/// A tooltip that is not taken for rich text.
QString plainTip(const QString &text);
/// Lets a label speak with lesser weight, in the palette at hand and after it changes.
void mute(QWidget *widget);
void setPointScale(QWidget *widget, double scale, bool bold = false);

} // namespace tropo
