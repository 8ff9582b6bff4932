#include "views/report/finding_choice.h"

#include "models/items/visible_text.h"
#include "models/severity.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace tropo {

FindingChoice::FindingChoice(const Snapshot &snapshot, QWidget *parent)
    : QDialog(parent), m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("findingChoice"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add findings to the note"));
    m_list->setObjectName(QStringLiteral("findingChoiceList"));
    m_list->setAccessibleName(tr("Findings and stories"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    for (const Story &story : snapshot.stories)
        add(tr("%1: %2 (story)").arg(severityName(story.severity), story.title), story.id());
    for (const Finding &finding : snapshot.findings)
        add(QStringLiteral("%1: %2").arg(severityName(finding.severity), finding.id()), finding.id());
    auto *filter = new QLineEdit(this);
    filter->setObjectName(QStringLiteral("findingChoiceFilter"));
    filter->setAccessibleName(tr("Show only those with this text"));
    filter->setPlaceholderText(tr("Show only those with this text"));
    filter->setClearButtonEnabled(true);
    connect(filter, &QLineEdit::textChanged, this, &FindingChoice::narrow);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    QPushButton *accept = buttons->button(QDialogButtonBox::Ok);
    accept->setText(tr("Add"));
    accept->setEnabled(false);
    connect(m_list, &QListWidget::itemSelectionChanged, this,
            [this, accept] { accept->setEnabled(!m_list->selectedItems().isEmpty()); });
    connect(m_list, &QListWidget::itemActivated, this, &FindingChoice::take);
    connect(buttons, &QDialogButtonBox::accepted, this, &FindingChoice::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(filter);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    resize(820, 520);
}

void FindingChoice::add(const QString &text, const QString &id)
{
    auto *item = new QListWidgetItem(visibleText(text, 300), m_list);
    item->setData(Qt::UserRole, id);
}

void FindingChoice::narrow(const QString &text)
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool fits = item->text().contains(text, Qt::CaseInsensitive);
        item->setHidden(!fits);
        // What cannot be seen is not chosen.
        if (!fits)
            item->setSelected(false);
    }
}

void FindingChoice::take()
{
    QStringList ids;
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->isSelected())
            ids.append(m_list->item(row)->data(Qt::UserRole).toString());
    if (ids.isEmpty())
        return;
    Q_EMIT chosen(ids);
    accept();
}

} // namespace tropo
