#include "views/window/header_strip.h"

#include "models/items/fleet_model.h"
#include "models/items/not_read.h"
#include "models/items/visible_text.h"
#include "views/parts/badges.h"
#include "views/parts/plain.h"
#include "views/presentation.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

namespace tropo {

namespace {

/// Badges of all findings, as large as the strip's text.
class BadgeStrip final : public QWidget
{
public:
    BadgeStrip(const FindingCounts &counts, QWidget *parent) : QWidget(parent), m_counts(counts)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    }

    QSize sizeHint() const override
    {
        return {badgesWidth(m_counts, font()) + 4, fontMetrics().height() + 4};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintBadges(painter, rect(), m_counts, palette(), font(), false);
    }

private:
    const FindingCounts &m_counts;
};

/// A word on its own ground, so that what is not live is plain to see.
class Pill final : public QLabel
{
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Ink ink = inkOf(palette());
        const bool live = property("live").toBool();
        painter.setPen(QPen(live ? ink.accent : ink.markedEdge, 1.2));
        painter.setBrush(live ? QColor(Qt::transparent) : ink.marked);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
        painter.setPen(live ? ink.accent : palette().color(QPalette::WindowText));
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
};

} // namespace

HeaderStrip::HeaderStrip(QWidget *parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_name(plainLabel({}, this)),
      m_source(new Pill(this)),
      m_unreadIcon(new QLabel(this)),
      m_unread(plainLabel({}, this)),
      m_taken(plainLabel({}, this)),
      m_badges(new BadgeStrip(m_counts, this)),
      m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("headerStrip"));
    m_name->setObjectName(QStringLiteral("fleetName"));
    m_source->setObjectName(QStringLiteral("sourcePill"));
    m_source->setTextFormat(Qt::PlainText);
    m_taken->setObjectName(QStringLiteral("takenLabel"));
    m_unread->setObjectName(QStringLiteral("unreadLabel"));
    m_badges->setAccessibleName(tr("Findings"));
    setPointScale(m_name, 1.35, true);
    setPointScale(m_source, 0.95, true);
    m_source->setContentsMargins(9, 3, 9, 3);
    m_taken->setMinimumWidth(80);
    m_taken->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    mute(m_taken);
    mute(m_unread);
    m_row->setContentsMargins(14, 8, 12, 8);
    m_row->setSpacing(10);
    m_row->addWidget(m_icon);
    m_row->addWidget(m_name);
    m_row->addWidget(m_source);
    m_row->addWidget(m_badges);
    m_row->addWidget(m_unreadIcon);
    m_row->addWidget(m_unread);
    m_row->addWidget(m_taken, 3);
    refresh();
}

void HeaderStrip::show(const SnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    m_counts = {};
    for (const Finding &finding : snapshot ? snapshot->findings : QList<Finding>())
        if (!finding.accepted)
            m_counts.add(finding.severity);
    refresh();
}

void HeaderStrip::setNow(const QDateTime &now)
{
    m_now = now;
    refresh();
}

void HeaderStrip::addControl(QWidget *control, int stretch)
{
    m_row->addWidget(control, stretch);
}

QString HeaderStrip::takenText() const
{
    if (!m_snapshot)
        return {};
    const QDateTime &taken = m_snapshot->evidence.taken;
    if (!taken.isValid())
        return tr("when it was taken is not known");
    return tr("taken %1, age %2").arg(timeText(taken), ageText(taken, m_now));
}

void HeaderStrip::refresh()
{
    m_icon->setPixmap(
        themedIcon(QStringLiteral("app"), palette()).pixmap(QSize(24, 24), devicePixelRatioF()));
    const bool has = m_snapshot != nullptr;
    m_source->setVisible(has);
    m_badges->setVisible(!m_counts.isEmpty());
    const qsizetype unread = has ? machinesNotRead(*m_snapshot) : 0;
    m_unreadIcon->setPixmap(
        themedIcon(QStringLiteral("not-known"), palette()).pixmap(QSize(15, 15), devicePixelRatioF()));
    m_unreadIcon->setVisible(unread > 0);
    m_unread->setVisible(unread > 0);
    m_unread->setText(tr("not all read of %1").arg(unread));
    if (unread > 0)
        m_unread->setToolTip(plainTip(notReadTexts(*m_snapshot, QStringLiteral("fleet")).join(u'\n')));
    if (!has) {
        m_name->setText(tr("Troposcope"));
        m_taken->setText({});
        return;
    }
    const QString name = m_snapshot->policy.name.isEmpty() ? m_snapshot->fleet.name : m_snapshot->policy.name;
    m_name->setText(visibleText(name.isEmpty() ? tr("Fleet without a name") : name, 60));
    m_source->setText(sourceWord(*m_snapshot));
    m_source->setProperty("live", m_snapshot->kind == SnapshotKind::Live);
    m_source->update();
    m_taken->setText(takenText() + QStringLiteral(" \u00b7 ") + visibleText(m_snapshot->origin, 200));
    m_taken->setToolTip(plainTip(m_taken->text()));
    m_badges->setAccessibleDescription(countsText(m_counts));
    m_badges->setToolTip(plainTip(countsText(m_counts)));
    m_badges->updateGeometry();
    m_badges->update();
}

void HeaderStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Ink ink = inkOf(palette());
    painter.fillRect(QRect(0, height() - 1, width(), 1), ink.edge);
}

void HeaderStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace tropo
