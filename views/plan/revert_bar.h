#pragma once

#include "models/fixes/plan.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace tropo {

/// Whether a plan undoes itself unless it is confirmed in time, and what becomes of it otherwise when this
/// desktop goes away while it runs.
class RevertBar final : public QWidget
{
    Q_OBJECT
public:
    explicit RevertBar(QWidget *parent = nullptr);

    /// As the plan is: the choice shows what it does, not what was wished.
    void show(const Plan &plan, bool simulation);
    /// Only before it begins.
    void setChoosing(bool choosing);

Q_SIGNALS:
    /// Nothing: it shall not undo itself.
    void wanted(std::optional<int> seconds);

private:
    void tell();

    QCheckBox *m_choice;
    QSpinBox *m_minutes;
    QLabel *m_unit;
    QLabel *m_words;
    bool m_offered = false;
};

/// After how many seconds a plan undoes itself; nothing: never.
std::optional<int> revertSeconds(const Plan &plan);

} // namespace tropo
