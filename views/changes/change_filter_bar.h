#pragma once

#include "models/items/changes_model.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace tropo {

/// Which changes to show: their kinds, with how many there are of each, and a text.
class ChangeFilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit ChangeFilterBar(QWidget *parent = nullptr);

    void count(const Comparison &comparison);
    ChangeFilter filter() const;
    void focusText();

Q_SIGNALS:
    void filterChanged(const ChangeFilter &filter);

protected:
    void changeEvent(QEvent *event) override;

private:
    QPushButton *kindButton(const char *name);
    void showIcons();

    QPushButton *m_added;
    QPushButton *m_removed;
    QPushButton *m_changed;
    QPushButton *m_notCompared;
    QLineEdit *m_text;
};

} // namespace tropo
