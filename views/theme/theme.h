#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>

class QApplication;

namespace tropo {

enum class Theme { System, Light, Dark };

/// Colours that a palette has no role for. Those meant for text reach 4.5:1 on both of its backgrounds.
struct Ink
{
    QColor error;
    QColor warning;
    QColor info;
    QColor muted;      ///< text of lesser weight
    QColor marked;     ///< background of the lines that a finding stands on
    QColor markedEdge; ///< and the bar at their left
    QColor panel;      ///< background of captions and strips
    QColor edge;       ///< hairlines
    QColor accent;     ///< the current place in the navigation
};

bool isDark(const QPalette &palette);
Ink inkOf(const QPalette &palette);
/// Our own light or dark palette; System gives the one nearest to what the desktop gave the program.
QPalette paletteOf(Theme theme);
/// Fusion with our palette, for the whole program. The desktop's own palette is remembered at the first call.
void applyTheme(QApplication &application, Theme theme);

/// An icon of ours by its name, drawn for that palette; cached.
QIcon themedIcon(const QString &name, const QPalette &palette);

QString themeName(Theme theme); ///< "system", "light", "dark"
Theme themeFromName(const QString &name);

/// WCAG 2.1 contrast of two opaque colours, 1 to 21.
double contrastOf(const QColor &a, const QColor &b);

} // namespace tropo
