#include "views/report/note_reading.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"

#include <QBoxLayout>
#include <QPushButton>

namespace tropo {

NoteReading::NoteReading(QWidget *parent)
    : QWidget(parent),
      m_text(plainLabel({}, this)),
      m_take(new QPushButton(tr("Take the &newest reading"), this))
{
    m_text->setObjectName(QStringLiteral("noteReading"));
    m_text->setWordWrap(true);
    mute(m_text);
    m_take->setObjectName(QStringLiteral("noteNewest"));
    m_take->setToolTip(plainTip(tr("The parts stay; what they show is then of the newest reading.")));
    m_take->hide();
    connect(m_take, &QPushButton::clicked, this, &NoteReading::newestWanted);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_take);
}

void NoteReading::show(const Snapshot &noted, const Snapshot &newest)
{
    const auto readingText = [this](const Snapshot &snapshot) {
        const QDateTime &taken = snapshot.evidence.taken;
        const QString origin = visibleText(snapshot.origin, 120);
        if (snapshot.isSimulated)
            return tr("a simulation, begun from %1").arg(origin);
        return taken.isValid() ? tr("the reading of %1, from %2").arg(timeText(taken), origin)
                               : tr("a reading without a time, from %1").arg(origin);
    };
    const bool isKept = &noted != &newest;
    m_text->setText(isKept ? tr("This note keeps %1, as you have worked at it. The newest is %2.")
                                 .arg(readingText(noted), readingText(newest))
                           : tr("This note is of %1.").arg(readingText(noted)));
    m_take->setVisible(isKept);
}

} // namespace tropo
