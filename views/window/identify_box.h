#pragma once

#include "models/identify/identify.h"

#include <QLineEdit>

#include <functional>

class QCompleter;
class QStandardItemModel;

namespace tropo {

/// Takes any MAC, address or name; says what it is, and goes there.
class IdentifyBox final : public QLineEdit
{
    Q_OBJECT
public:
    using Identify = std::function<Identification(const QString &)>;

    explicit IdentifyBox(QWidget *parent = nullptr);

    void setIdentify(Identify identify) { m_identify = std::move(identify); }
    QStandardItemModel *results() const { return m_results; }

Q_SIGNALS:
    void goToSubject(const QString &subject);

protected:
    void changeEvent(QEvent *event) override;

private:
    void look(const QString &text);
    void showIcon();

    Identify m_identify;
    QStandardItemModel *m_results;
    QCompleter *m_popup;
    QAction *m_icon;
};

} // namespace tropo
