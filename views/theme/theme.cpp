#include "views/theme/theme.h"

#include "views/theme/style.h"

#include <QApplication>

#include <cmath>

namespace tropo {

namespace {

QPalette lightPalette()
{
    QPalette p(QColor(0xe9ecf1), QColor(0xf3f5f8));
    p.setColor(QPalette::WindowText, QColor(0x1b2230));
    p.setColor(QPalette::Text, QColor(0x1b2230));
    p.setColor(QPalette::ButtonText, QColor(0x1b2230));
    p.setColor(QPalette::Base, QColor(0xffffff));
    p.setColor(QPalette::AlternateBase, QColor(0xf7f9fb));
    p.setColor(QPalette::Highlight, QColor(0xcfe1fb));
    p.setColor(QPalette::HighlightedText, QColor(0x10203a));
    p.setColor(QPalette::Link, QColor(0x1b56b0));
    p.setColor(QPalette::LinkVisited, QColor(0x1b56b0));
    p.setColor(QPalette::ToolTipBase, QColor(0xffffff));
    p.setColor(QPalette::ToolTipText, QColor(0x1b2230));
    p.setColor(QPalette::PlaceholderText, QColor(0x5b6675));
    for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, QColor(0x69737f));
    return p;
}

QPalette darkPalette()
{
    QPalette p(QColor(0x2b3038), QColor(0x1f2329));
    p.setColor(QPalette::WindowText, QColor(0xe4e8ee));
    p.setColor(QPalette::Text, QColor(0xe4e8ee));
    p.setColor(QPalette::ButtonText, QColor(0xe4e8ee));
    p.setColor(QPalette::BrightText, QColor(0xffffff));
    p.setColor(QPalette::Base, QColor(0x181b20));
    p.setColor(QPalette::AlternateBase, QColor(0x1c2026));
    p.setColor(QPalette::Highlight, QColor(0x274872));
    p.setColor(QPalette::HighlightedText, QColor(0xffffff));
    p.setColor(QPalette::Link, QColor(0x8ab8ff));
    p.setColor(QPalette::LinkVisited, QColor(0x8ab8ff));
    p.setColor(QPalette::ToolTipBase, QColor(0x2b3038));
    p.setColor(QPalette::ToolTipText, QColor(0xe4e8ee));
    p.setColor(QPalette::PlaceholderText, QColor(0x9ba6b5));
    for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, QColor(0x8d98a7));
    return p;
}

double luminance(const QColor &color)
{
    const auto channel = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(static_cast<double>(color.redF())) +
           0.7152 * channel(static_cast<double>(color.greenF())) +
           0.0722 * channel(static_cast<double>(color.blueF()));
}

/// What the desktop gave the program before we painted it.
bool &desktopIsDark()
{
    static bool dark = isDark(QApplication::palette());
    return dark;
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

Ink inkOf(const QPalette &palette)
{
    if (isDark(palette))
        return {QColor(0xff9aa0), QColor(0xf5c15c), QColor(0x8fbcff), QColor(0xa3aebd), QColor(0x463a17),
                QColor(0xf5c15c), QColor(0x262b32), QColor(0x3a414c), QColor(0x8ab8ff)};
    return {QColor(0xa9121f), QColor(0x7a4a00), QColor(0x1b56b0), QColor(0x566173), QColor(0xfff0bf),
            QColor(0xd08f00), QColor(0xeaeef3), QColor(0xd3d9e1), QColor(0x1b56b0)};
}

QPalette paletteOf(Theme theme)
{
    const bool dark = theme == Theme::Dark || (theme == Theme::System && desktopIsDark());
    return dark ? darkPalette() : lightPalette();
}

void applyTheme(QApplication &application, Theme theme)
{
    desktopIsDark();
    if (!qobject_cast<Style *>(application.style()))
        QApplication::setStyle(new Style);
    QApplication::setPalette(paletteOf(theme));
}

QIcon themedIcon(const QString &name, const QPalette &palette)
{
    static QHash<QString, QIcon> cache;
    const QString path =
        (isDark(palette) ? QStringLiteral(":/icons/dark/") : QStringLiteral(":/icons/light/")) + name +
        QLatin1String(".svg");
    auto icon = cache.find(path);
    if (icon == cache.end()) {
        icon = cache.insert(path, QIcon(path));
        // Else Qt tints it on a selected row.
        icon->addFile(path, {}, QIcon::Selected);
    }
    return *icon;
}

QString themeName(Theme theme)
{
    switch (theme) {
    case Theme::System:
        return QStringLiteral("system");
    case Theme::Light:
        return QStringLiteral("light");
    case Theme::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

Theme themeFromName(const QString &name)
{
    for (Theme theme : {Theme::Light, Theme::Dark})
        if (name == themeName(theme))
            return theme;
    return Theme::System;
}

double contrastOf(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

} // namespace tropo
