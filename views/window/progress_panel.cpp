#include "views/window/progress_panel.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/parts/table_menu.h"
#include "views/theme/theme.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QTreeWidget>

namespace tropo {

namespace {

QString tookText(const SourceProgress &source, const QDateTime &now)
{
    if (source.ended())
        return source.took.count() > 0
                   ? ProgressPanel::tr("%1 s").arg(static_cast<double>(source.took.count()) / 1000, 0, 'f', 1)
                   : QString();
    return source.state == SourceState::Waiting ? QString() : ageText(source.since, now);
}

QString stateIcon(SourceState state)
{
    switch (state) {
    case SourceState::Waiting:
        return QStringLiteral("not-known");
    case SourceState::Connecting:
    case SourceState::Reading:
        return QStringLiteral("refresh");
    case SourceState::Done:
        return QStringLiteral("done");
    case SourceState::Failed:
        return QStringLiteral("unreachable");
    case SourceState::Cancelled:
        return QStringLiteral("cancel");
    }
    return {};
}

} // namespace

QString stateWord(SourceState state)
{
    switch (state) {
    case SourceState::Waiting:
        return ProgressPanel::tr("waiting");
    case SourceState::Connecting:
        return ProgressPanel::tr("connecting");
    case SourceState::Reading:
        return ProgressPanel::tr("reading");
    case SourceState::Done:
        return ProgressPanel::tr("read");
    case SourceState::Failed:
        return ProgressPanel::tr("failed");
    case SourceState::Cancelled:
        return ProgressPanel::tr("cancelled");
    }
    return {};
}

ProgressPanel::ProgressPanel(QWidget *parent)
    : QWidget(parent), m_summary(plainLabel({}, this)), m_list(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("progressPanel"));
    setPointScale(m_summary, 1.0, true);
    m_list->setObjectName(QStringLiteral("progressList"));
    m_list->setAccessibleName(tr("Progress of each source"));
    m_list->setHeaderLabels({tr("Source"), tr("State"), tr("Time"), tr("What it does, or why it failed")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    addTableMenu(m_list, QStringLiteral("progress"));
    const int em = fontMetrics().horizontalAdvance(u'0');
    m_list->header()->resizeSection(0, em * 34);
    m_list->header()->resizeSection(1, em * 16);
    m_list->header()->resizeSection(2, em * 10);
    auto *close = iconButton(QStringLiteral("cancel"), tr("Hide the progress"), this);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 4, 8, 4);
    head->addWidget(m_summary, 1);
    head->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    connect(close, &QToolButton::clicked, this, &ProgressPanel::closeWanted);
}

QString ProgressPanel::summary(const QList<SourceProgress> &progress)
{
    qsizetype read = 0;
    qsizetype failed = 0;
    for (const SourceProgress &source : progress) {
        read += source.state == SourceState::Done ? 1 : 0;
        failed += source.state == SourceState::Failed ? 1 : 0;
    }
    const QString text = tr("Sources read: %1 of %2").arg(read).arg(progress.size());
    return failed == 0 ? text : QString(text + tr("; failed: %1").arg(failed));
}

void ProgressPanel::fill(QTreeWidgetItem *item, const SourceProgress &source) const
{
    const QStringList texts{visibleText(QString(source.hypervisor + u' ' + source.source), 120),
                            stateWord(source.state), tookText(source, m_now), visibleText(source.message)};
    for (int column = 0; column < texts.size(); ++column)
        if (item->text(column) != texts[column])
            item->setText(column, texts[column]);
    item->setIcon(1, themedIcon(stateIcon(source.state), palette()));
    item->setToolTip(3, plainTip(texts[3]));
}

void ProgressPanel::show(const QList<SourceProgress> &progress)
{
    m_progress = progress;
    QHash<QString, QTreeWidgetItem *> items;
    const auto keyOf = [](const SourceProgress &source) {
        return QString(source.hypervisor + u'/' + source.source);
    };
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        items.insert(m_list->topLevelItem(i)->data(0, Qt::UserRole).toString(), m_list->topLevelItem(i));
    for (const SourceProgress &source : progress) {
        QTreeWidgetItem *item = items.take(keyOf(source));
        if (!item) {
            item = new QTreeWidgetItem(m_list);
            item->setData(0, Qt::UserRole, keyOf(source));
        }
        fill(item, source);
    }
    qDeleteAll(items);
    m_summary->setText(summary(progress));
}

void ProgressPanel::setNow(const QDateTime &now)
{
    m_now = now;
    if (isVisible())
        show(m_progress);
}

} // namespace tropo
