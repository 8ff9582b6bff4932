#include "views/parts/badges.h"

#include "views/presentation.h"

#include <QFontMetrics>
#include <QPainter>

namespace tropo {

namespace {

constexpr int iconSize = 15;
constexpr int gap = 4;
constexpr int between = 10;

struct Badge
{
    Severity severity;
    int count;
};

QList<Badge> badgesOf(const FindingCounts &counts)
{
    QList<Badge> badges;
    for (const Badge &badge :
         {Badge{Severity::Error, counts.errors}, Badge{Severity::Warning, counts.warnings},
          Badge{Severity::Info, counts.infos}})
        if (badge.count > 0)
            badges.append(badge);
    return badges;
}

} // namespace

int badgesWidth(const FindingCounts &counts, const QFont &font)
{
    const QFontMetrics metrics(font);
    int width = 0;
    const QList<Badge> badges = badgesOf(counts);
    for (const Badge &badge : badges)
        width += (width > 0 ? between : 0) + iconSize + gap +
                 metrics.horizontalAdvance(QString::number(badge.count));
    return width;
}

int paintBadges(QPainter &painter, const QRect &area, const FindingCounts &counts, const QPalette &palette,
                const QFont &font, bool selected)
{
    const QFontMetrics metrics(font);
    const Ink ink = inkOf(palette);
    painter.setFont(font);
    int x = area.left();
    const QList<Badge> badges = badgesOf(counts);
    for (const Badge &badge : badges) {
        const QString number = QString::number(badge.count);
        const int width = iconSize + gap + metrics.horizontalAdvance(number);
        if (x + width > area.right() + 1) {
            painter.setPen(palette.color(QPalette::Text));
            painter.drawText(QRect(x - between / 2, area.top(), between + iconSize, area.height()),
                             Qt::AlignVCenter, QStringLiteral("\u2026"));
            break;
        }
        themedIcon(iconName(badge.severity), palette)
            .paint(&painter, QRect(x, area.center().y() - iconSize / 2, iconSize, iconSize));
        painter.setPen(selected ? palette.color(QPalette::HighlightedText) : inkFor(badge.severity, ink));
        painter.drawText(QRect(x + iconSize + gap, area.top(), width, area.height()), Qt::AlignVCenter,
                         number);
        x += width + between;
    }
    return x - area.left();
}

void paintUnread(QPainter &painter, const QRect &area, const QPalette &palette)
{
    themedIcon(QStringLiteral("not-known"), palette)
        .paint(&painter, QRect(area.left(), area.center().y() - iconSize / 2, iconSize, iconSize));
}

} // namespace tropo
