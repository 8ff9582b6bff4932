#include "views/plan/revert_bar.h"

#include "models/fixes/revert.h"
#include "views/parts/plain.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QSpinBox>

#include <algorithm>
#include <array>

namespace tropo {

namespace {

constexpr int secondsInMinute = 60;

bool canRevert(const Plan &plan)
{
    constexpr std::array names{"float-reassign", "float-release", "float-assign"};
    return std::any_of(names.begin(), names.end(),
                       [&plan](const char *name) { return plan.name == QLatin1String(name); });
}

} // namespace

std::optional<int> revertSeconds(const Plan &plan)
{
    for (const Step &step : plan.steps)
        if (const auto *armed = std::get_if<ArmRevert>(&step.action))
            return armed->seconds;
    return {};
}

RevertBar::RevertBar(QWidget *parent)
    : QWidget(parent),
      m_choice(new QCheckBox(tr("Undo by itself &unless I confirm within"), this)),
      m_minutes(new QSpinBox(this)),
      m_unit(plainLabel(tr("minutes"), this)),
      m_words(plainLabel({}, this))
{
    setObjectName(QStringLiteral("revertBar"));
    m_choice->setObjectName(QStringLiteral("revertChoice"));
    m_choice->setToolTip(plainTip(tr("A timer on the hypervisor undoes the change, also when this desktop is "
                                     "gone by then, unless you press \"Keep the change\" in time.")));
    m_minutes->setObjectName(QStringLiteral("revertMinutes"));
    m_minutes->setAccessibleName(tr("Minutes until it is undone by itself"));
    m_minutes->setRange(leastRevertSeconds / 60, mostRevertSeconds / 60);
    m_minutes->setValue(usualRevertSeconds / 60);
    m_minutes->setKeyboardTracking(false);
    m_words->setObjectName(QStringLiteral("revertWords"));
    m_words->setWordWrap(true);
    auto *choice = new QHBoxLayout;
    choice->setSpacing(6);
    choice->addWidget(m_choice);
    choice->addWidget(m_minutes);
    choice->addWidget(m_unit);
    choice->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 0);
    column->setSpacing(4);
    column->addLayout(choice);
    column->addWidget(m_words);
    connect(m_choice, &QCheckBox::clicked, this, &RevertBar::tell);
    connect(m_minutes, &QSpinBox::valueChanged, this, [this] {
        if (m_choice->isChecked())
            tell();
    });
}

void RevertBar::tell()
{
    Q_EMIT wanted(m_choice->isChecked() ? std::optional(m_minutes->value() * secondsInMinute) : std::nullopt);
}

void RevertBar::show(const Plan &plan, bool simulation)
{
    const auto seconds = revertSeconds(plan);
    const QSignalBlocker quietChoice(m_choice);
    const QSignalBlocker quietMinutes(m_minutes);
    m_offered = canRevert(plan);
    m_choice->setChecked(seconds.has_value());
    if (seconds)
        m_minutes->setValue((*seconds + secondsInMinute - 1) / secondsInMinute);
    if (seconds)
        m_words->setText(
            tr("Also if this desktop goes away: a timer on the hypervisor takes the change back, "
               "unless you keep it in time."));
    else
        m_words->setText(tr("Nothing reverts by itself if this desktop goes away while the plan runs. What "
                            "was begun is found when Troposcope starts again, which then offers to go on or "
                            "to undo."));
    m_words->setVisible(!simulation && !plan.touches.isEmpty());
    setChoosing(true);
}

void RevertBar::setChoosing(bool choosing)
{
    for (QWidget *part : {static_cast<QWidget *>(m_choice), static_cast<QWidget *>(m_minutes),
                          static_cast<QWidget *>(m_unit)}) {
        part->setVisible(m_offered);
        part->setEnabled(choosing);
    }
}

} // namespace tropo
