#pragma once

#include "models/snapshot.h"

#include <QDialog>

class QListWidget;

namespace tropo {

/// Asks which stories and findings of a snapshot a note is to tell of; what is typed narrows the list.
class FindingChoice final : public QDialog
{
    Q_OBJECT
public:
    /// Goes away when it is closed.
    FindingChoice(const Snapshot &snapshot, QWidget *parent);

Q_SIGNALS:
    /// In the list's order: stories, then findings, each worst first.
    void chosen(const QStringList &ids);

private:
    void add(const QString &text, const QString &id);
    void narrow(const QString &text);
    void take();

    QListWidget *m_list;
};

} // namespace tropo
