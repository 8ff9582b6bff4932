#pragma once

#include "models/items/finding_filter.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace tropo {

/// Which findings to show: severities, hypervisor, family, text, and whether accepted ones too; and whether
/// they stand by cause.
class FilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);

    /// Offers what these findings have; choices that are still offered stay.
    void offer(const QList<Finding> &findings);
    FindingFilter filter() const;
    void setFilter(const FindingFilter &filter);
    void focusText();

Q_SIGNALS:
    void filterChanged(const FindingFilter &filter);
    void groupingChanged(bool byCause);

protected:
    void changeEvent(QEvent *event) override;

private:
    QPushButton *severityButton(Severity severity, const QString &name);
    void offerIn(QComboBox *box, const QStringList &names);
    void showIcons();

    QPushButton *m_errors;
    QPushButton *m_warnings;
    QPushButton *m_infos;
    QComboBox *m_hypervisor;
    QComboBox *m_family;
    QLineEdit *m_text;
    QCheckBox *m_accepted;
    QCheckBox *m_byCause;
};

} // namespace tropo
