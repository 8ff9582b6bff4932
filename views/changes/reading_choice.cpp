#include "views/changes/reading_choice.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/presentation.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QMenu>

namespace tropo {

namespace {

constexpr qsizetype mostReadings = 30; ///< each keeps all that was read of a fleet

QString titleOf(const Snapshot &snapshot)
{
    const QDateTime &taken = snapshot.evidence.taken;
    return (taken.isValid() ? timeText(taken) : ReadingChoice::tr("at a time not known")) +
           QStringLiteral("  \u00b7  ") + sourceWord(snapshot) + QLatin1String(": ") +
           visibleText(snapshot.origin, 120);
}

bool isSame(const Snapshot &a, const Snapshot &b)
{
    return a.kind == b.kind && a.isSimulated == b.isSimulated && a.origin == b.origin &&
           a.evidence.taken == b.evidence.taken;
}

QComboBox *readingBox(const QString &name, const QString &spoken, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(spoken);
    box->view()->setAccessibleName(spoken);
    box->view()->setTextElideMode(Qt::ElideMiddle);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

} // namespace

ReadingChoice::ReadingChoice(QWidget *parent)
    : QWidget(parent),
      m_before(readingBox(QStringLiteral("compareBefore"), tr("Earlier reading"), this)),
      m_after(readingBox(QStringLiteral("compareAfter"), tr("Later reading"), this)),
      m_swap(iconButton(QStringLiteral("change-changed"), tr("Swap the two"), this)),
      m_another(new QToolButton(this))
{
    m_swap->setObjectName(QStringLiteral("compareSwap"));
    auto *menu = new QMenu(m_another);
    menu->addAction(tr("A capture &file\u2026"), this, [this] { Q_EMIT anotherWanted(false); });
    menu->addAction(tr("A capture f&older\u2026"), this, [this] { Q_EMIT anotherWanted(true); });
    m_another->setObjectName(QStringLiteral("compareAnother"));
    m_another->setText(tr("Open another"));
    m_another->setAccessibleName(tr("Open another capture to compare with"));
    m_another->setMenu(menu);
    m_another->setPopupMode(QToolButton::InstantPopup);
    m_another->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_another->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 0);
    row->setSpacing(8);
    row->addWidget(plainLabel(tr("From"), this));
    row->addWidget(m_before, 1);
    row->addWidget(plainLabel(tr("to"), this));
    row->addWidget(m_after, 1);
    row->addWidget(m_swap);
    row->addWidget(m_another);
    connect(m_swap, &QToolButton::clicked, this, &ReadingChoice::swapTwo);
    for (QComboBox *box : {m_before, m_after})
        connect(box, &QComboBox::activated, this, [this] {
            m_byHand = true;
            Q_EMIT chosen();
        });
    showIcons();
    offer();
}

void ReadingChoice::add(const SnapshotPtr &snapshot, bool goesOn)
{
    const SnapshotPtr earlier = before();
    const SnapshotPtr later = after();
    SnapshotPtr replaced;
    for (SnapshotPtr &reading : m_readings)
        if (isSame(*reading, *snapshot))
            replaced = std::exchange(reading, snapshot);
    if (!replaced && goesOn && !m_readings.isEmpty() && m_readings.last()->kind == SnapshotKind::Live &&
        m_readings.last()->origin == snapshot->origin)
        replaced = std::exchange(m_readings.last(), snapshot);
    if (!replaced)
        m_readings.append(snapshot);
    while (m_readings.size() > mostReadings)
        m_readings.removeFirst();
    offer();
    const auto now = [&](const SnapshotPtr &one) { return replaced && one == replaced ? snapshot : one; };
    if (m_byHand)
        setTwo(now(earlier), now(later));
    else if (m_readings.size() > 1)
        setTwo(m_readings.at(m_readings.size() - 2), m_readings.last());
    Q_EMIT chosen();
}

void ReadingChoice::choose(const SnapshotPtr &before, const SnapshotPtr &after)
{
    m_byHand = true;
    setTwo(before, after);
    Q_EMIT chosen();
}

void ReadingChoice::offer()
{
    for (QComboBox *box : {m_before, m_after}) {
        const QSignalBlocker quiet(box);
        box->clear();
        for (const SnapshotPtr &reading : m_readings)
            box->addItem(titleOf(*reading));
        box->setEnabled(m_readings.size() > 1);
        box->setCurrentIndex(box->count() - 1);
    }
    m_swap->setEnabled(m_readings.size() > 1);
}

void ReadingChoice::setTwo(const SnapshotPtr &before, const SnapshotPtr &after)
{
    m_before->setCurrentIndex(static_cast<int>(m_readings.indexOf(before)));
    m_after->setCurrentIndex(static_cast<int>(m_readings.indexOf(after)));
}

void ReadingChoice::swapTwo()
{
    m_byHand = true;
    setTwo(after(), before());
    Q_EMIT chosen();
}

SnapshotPtr ReadingChoice::in(const QComboBox *box) const
{
    return m_readings.value(box->currentIndex());
}

SnapshotPtr ReadingChoice::before() const
{
    return in(m_before);
}

SnapshotPtr ReadingChoice::after() const
{
    return in(m_after);
}

void ReadingChoice::showIcons()
{
    m_another->setIcon(themedIcon(QStringLiteral("open"), palette()));
}

void ReadingChoice::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcons();
    QWidget::changeEvent(event);
}

} // namespace tropo
