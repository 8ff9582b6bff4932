#include "views/floats/layer_delegate.h"

#include "models/items/floats_model.h"
#include "views/presentation.h"

#include <QApplication>
#include <QPainter>

namespace tropo {

namespace {

constexpr int margin = 8;
constexpr int iconSize = 15;
constexpr int textLines = 2; ///< of what stands in a layer

QColor inkFor(LayerState state, const Ink &ink, const QPalette &palette)
{
    switch (state) {
    case LayerState::Disagrees:
        return ink.error;
    case LayerState::Agrees:
        return palette.color(QPalette::Text);
    case LayerState::Absent:
    case LayerState::NotKnown:
        break;
    }
    return ink.muted;
}

/// The text in at most as many lines as there is room for; what does not fit is cut with an ellipsis.
void drawWrapped(QPainter *painter, const QRect &area, const QString &text)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int lines = qMax(1, area.height() / metrics.lineSpacing());
    QString rest = text;
    int y = area.top();
    for (int line = 0; line < lines && !rest.isEmpty(); ++line, y += metrics.lineSpacing()) {
        const QRect place(area.left(), y, area.width(), metrics.lineSpacing());
        qsizetype fits = rest.size();
        while (fits > 1 && metrics.horizontalAdvance(rest.left(fits)) > area.width())
            --fits;
        // Break behind a blank or a comma, where there is one.
        const qsizetype blank = fits < rest.size() ? rest.left(fits).lastIndexOf(u' ') : fits;
        const qsizetype end = line + 1 == lines ? rest.size() : blank > 0 ? blank : fits;
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(rest.left(end), Qt::ElideRight, area.width()));
        rest = rest.mid(end).trimmed();
    }
}

} // namespace

void LayerDelegate::paintFloat(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const auto *model = qobject_cast<const FloatsModel *>(index.model());
    const FloatRow *row = model ? model->rowAt(index) : nullptr;
    if (!row)
        return;
    QRect area = option.rect.adjusted(margin, 5, -4, -4);
    const int line = option.fontMetrics.lineSpacing();
    QFont bold = option.font;
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(option.palette.color(QPalette::Text));
    painter->drawText(area, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
    painter->setFont(option.font);
    painter->setPen(inkOf(option.palette).muted);
    for (const QString &text : {row->address.toString(), row->mac.toString()}) {
        area.setTop(area.top() + line);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignTop, text);
    }
}

void LayerDelegate::paintLayer(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const Ink ink = inkOf(option.palette);
    const auto state = index.data(FloatsModel::StateRole).value<LayerState>();
    const QColor color = inkFor(state, ink, option.palette);
    if (index.data(FloatsModel::FirstRole).toBool())
        painter->fillRect(QRect(option.rect.left(), option.rect.top() + 2, 4, option.rect.height() - 4),
                          ink.error);
    QRect area = option.rect.adjusted(margin + 2, 5, -4, -4);
    const int line = option.fontMetrics.lineSpacing();
    themedIcon(iconName(state), option.palette)
        .paint(painter, QRect(area.left(), area.top() + (line - iconSize) / 2, iconSize, iconSize));
    QFont word = option.font;
    word.setBold(state == LayerState::Disagrees);
    painter->setFont(word);
    painter->setPen(color);
    painter->drawText(area.adjusted(iconSize + 5, 0, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                      QFontMetrics(word).elidedText(index.data(FloatsModel::StateWordRole).toString(),
                                                    Qt::ElideRight, area.width() - iconSize - 5));
    painter->setFont(option.font);
    painter->setPen(state == LayerState::Disagrees ? option.palette.color(QPalette::Text) : color);
    drawWrapped(painter, area.adjusted(0, line + 1, 0, 0), index.data().toString());
}

void LayerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    QStyleOptionViewItem frame = option;
    initStyleOption(&frame, index);
    frame.text.clear();
    const QStyle *style = frame.widget ? frame.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &frame, painter, frame.widget);
    painter->save();
    painter->setClipRect(option.rect);
    if (index.column() == FloatsModel::Name) {
        paintFloat(painter, option, index);
    } else if (index.column() >= FloatsModel::FirstLayer) {
        paintLayer(painter, option, index);
    } else {
        painter->setFont(option.font);
        painter->setPen(option.palette.color(QPalette::Text));
        drawWrapped(painter, option.rect.adjusted(margin, 5, -4, -4), index.data().toString());
    }
    painter->restore();
}

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 20,
            (1 + textLines) * option.fontMetrics.lineSpacing() + 11};
}

} // namespace tropo
