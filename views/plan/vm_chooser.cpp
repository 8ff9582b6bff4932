#include "views/plan/vm_chooser.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/plan/float_targets.h"
#include "views/presentation.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace tropo {

VmChooser::VmChooser(const FloatBoard &board, const QString &name, const QString &hypervisor, QWidget *parent)
    : QDialog(parent),
      m_text(new QLineEdit(this)),
      m_list(new QListWidget(this)),
      m_none(plainLabel(tr("No VM has such a name."), this))
{
    setObjectName(QStringLiteral("vmChooser"));
    setAttribute(Qt::WA_DeleteOnClose);
    const QString shown = visibleText(name, 60);
    setWindowTitle(hypervisor.isEmpty()
                       ? tr("Move %1 to…").arg(shown)
                       : tr("Move %1 to a VM on %2…").arg(shown, visibleText(hypervisor, 60)));
    m_text->setObjectName(QStringLiteral("vmFilter"));
    m_text->setAccessibleName(tr("Name of the VM or its hypervisor"));
    m_text->setPlaceholderText(tr("Type a part of the VM's or the hypervisor's name"));
    m_text->setClearButtonEnabled(true);
    m_text->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("vmList"));
    m_list->setAccessibleName(tr("VMs that %1 can go to").arg(shown));
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    mute(m_none);
    QLabel *note = plainLabel(tr("Nothing happens yet: the plan is shown first."), this);
    mute(note);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *show = new QPushButton(tr("Show the plan"), this);
    show->setObjectName(QStringLiteral("vmChosen"));
    cancel->setAutoDefault(false);
    show->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(note, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(show);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_list, 1);
    column->addWidget(m_none);
    column->addLayout(buttons);
    for (const BoardColumn &one : board.columns)
        for (const BoardVm &vm : one.vms)
            if (hypervisor.isEmpty() || one.hypervisor == hypervisor)
                add(iconName(vm.state), tr("%1 on %2, %3").arg(vm.name, one.hypervisor, stateWord(vm.state)),
                    vm.subject, whyNotThere(board, name, vm.subject));
    if (hypervisor.isEmpty() && whyNotThere(board, name, nobodySubject()).isEmpty())
        add(QStringLiteral("absent"), tr("Nobody: release it"), nobodySubject(), {});
    connect(m_text, &QLineEdit::textChanged, this, &VmChooser::filter);
    connect(m_list, &QListWidget::itemActivated, this, &VmChooser::chooseCurrent);
    connect(show, &QPushButton::clicked, this, &VmChooser::chooseCurrent);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    filter({});
    m_text->setFocus();
    const int em = fontMetrics().averageCharWidth();
    resize(em * 72, fontMetrics().lineSpacing() * 24);
}

void VmChooser::add(const QString &icon, const QString &text, const QString &subject, const QString &whyNot)
{
    auto *item = new QListWidgetItem(
        themedIcon(icon, palette()),
        visibleText(whyNot.isEmpty() ? text : tr("%1 \u2013 %2").arg(text, whyNot)), m_list);
    item->setData(Qt::UserRole, subject);
    item->setToolTip(plainTip(item->text()));
    if (!whyNot.isEmpty())
        item->setFlags(item->flags() & ~Qt::ItemIsEnabled & ~Qt::ItemIsSelectable);
}

void VmChooser::filter(const QString &text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    bool any = false;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool fits = std::all_of(words.begin(), words.end(), [item](const QString &word) {
            return item->text().contains(word, Qt::CaseInsensitive);
        });
        item->setHidden(!fits);
        any = any || fits;
    }
    m_none->setVisible(!any);
    m_list->setCurrentRow(-1);
    step(1);
}

/// To the next row that is shown and can be chosen.
void VmChooser::step(int by)
{
    for (int row = m_list->currentRow() + by; row >= 0 && row < m_list->count(); row += by) {
        const QListWidgetItem *item = m_list->item(row);
        if (item->isHidden() || !item->flags().testFlag(Qt::ItemIsEnabled))
            continue;
        m_list->setCurrentRow(row);
        return;
    }
}

bool VmChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            step(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void VmChooser::chooseCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || item->isHidden() || !item->flags().testFlag(Qt::ItemIsEnabled))
        return;
    Q_EMIT chosen(item->data(Qt::UserRole).toString());
    accept();
}

} // namespace tropo
