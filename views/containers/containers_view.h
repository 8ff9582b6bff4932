#pragma once

#include "models/items/container_overview.h"
#include "models/snapshot.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QModelIndex;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace tropo {

class ContainersModel;
class EmptyNote;
class EvidencePanel;
class ServicesModel;

/// Services × VMs; below, all containers, and what the chosen one stands on.
class ContainersView final : public QWidget
{
    Q_OBJECT
public:
    explicit ContainersView(QWidget *parent = nullptr);

    void show(const SnapshotPtr &snapshot, const ContainerOverview &overview);
    /// Chooses the service or container that bears this subject, or lies below it; else the first service
    /// that is not as wanted, else the first of all.
    void choose(const QString &subject);
    QString selectedSubject() const;

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

Q_SIGNALS:
    /// The operator wants to see it where it is.
    void goToSubject(const QString &subject);
    void selectionChanged(const QString &subject);

private:
    void makeServices();
    void makeContainers();
    void layOut();
    void fitServices();
    void showEmptiness();
    void showService();
    void showContainer();
    void showProof(const QString &title, const QString &why, const QList<Source> &sources);
    QString subjectAt(const QModelIndex &index) const;
    bool chooseService(const QString &subject);
    bool chooseContainer(const QString &subject);

    SnapshotPtr m_snapshot;
    ContainerOverview m_overview;
    ServicesModel *m_services;
    ContainersModel *m_containers;
    QTableView *m_grid;
    QTableView *m_table;
    QStackedWidget *m_gridPages;
    QStackedWidget *m_tablePages;
    EmptyNote *m_noServices;
    EmptyNote *m_noContainers;
    QLineEdit *m_filter;
    QLabel *m_why;
    EvidencePanel *m_evidence;
    QSplitter *m_split;
    QSplitter *m_below;
    QString m_selected;
};

} // namespace tropo
