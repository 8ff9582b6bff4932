#pragma once

#include "models/items/float_board.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;

namespace tropo {

/// Which VM a float is to go to: a list to type into. Enter chooses, Escape leaves all as it is.
class VmChooser final : public QDialog
{
    Q_OBJECT
public:
    /// `hypervisor`: only its VMs; empty: all. A VM that cannot be chosen stands there with the reason.
    VmChooser(const FloatBoard &board, const QString &name, const QString &hypervisor,
              QWidget *parent = nullptr);

Q_SIGNALS:
    /// A VM's subject, or nobodySubject().
    void chosen(const QString &subject);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add(const QString &icon, const QString &text, const QString &subject, const QString &whyNot);
    void filter(const QString &text);
    void chooseCurrent();
    void step(int by);

    QLineEdit *m_text;
    QListWidget *m_list;
    QLabel *m_none;
};

} // namespace tropo
