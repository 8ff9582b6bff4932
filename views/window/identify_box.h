#pragma once

#include "models/identify/identify.h"
#include "models/snapshot.h"

#include <QLineEdit>

class QCompleter;
class QStandardItemModel;

namespace tropo {

/// Takes any MAC, address, range or name, or a pasted text that holds some; says what it is, and goes there.
class IdentifyBox final : public QLineEdit
{
    Q_OBJECT
public:
    explicit IdentifyBox(QWidget *parent = nullptr);

    /// What is known; nothing: no fleet is open.
    void setSnapshot(const SnapshotPtr &snapshot);
    QStandardItemModel *results() const { return m_results; }

Q_SIGNALS:
    void goToSubject(const QString &subject);

protected:
    void changeEvent(QEvent *event) override;

private:
    void look(const QString &text);
    void showIcon();

    SnapshotPtr m_snapshot;
    std::unique_ptr<Identifier> m_identifier; ///< of the snapshot, made when it is first asked
    QStandardItemModel *m_results;
    QCompleter *m_popup;
    QAction *m_icon;
};

} // namespace tropo
