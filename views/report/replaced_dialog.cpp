#include "views/report/replaced_dialog.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/parts/table_menu.h"

#include <QCoreApplication>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Replaced)
};

QTableWidget *tableOf(const QList<StandIn> &standIns, QWidget *parent)
{
    auto *table = new QTableWidget(static_cast<int>(standIns.size()), 3, parent);
    table->setObjectName(QStringLiteral("replacedTable"));
    table->setAccessibleName(Words::tr("What is hidden"));
    table->setHorizontalHeaderLabels({Words::tr("Kind"), Words::tr("Value"), Words::tr("Shown as")});
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    for (int row = 0; row < standIns.size(); ++row) {
        const StandIn &one = standIns[row];
        const QString shown = one.isReplaced() ? one.shown : Words::tr("stays as it is: %1").arg(one.why);
        const QStringList cells{redactedKindName(one.kind), one.real, shown};
        for (int column = 0; column < cells.size(); ++column)
            table->setItem(row, column, new QTableWidgetItem(visibleText(cells[column], 300)));
    }
    addTableMenu(table, QStringLiteral("replaced"));
    return table;
}

} // namespace

void showReplaced(const QList<StandIn> &standIns, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("replacedDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Words::tr("What is hidden: for you alone"));
    QLabel *says = plainLabel(
        Words::tr(
            "This list goes into no note. Private addresses (10.\u2026, 172.16.\u2026 to 172.31.\u2026, "
            "192.168.\u2026) stay: they name nobody, and the story needs them. A name of yours that "
            "stands in nothing that was read is not known here: leave it out yourself."),
        dialog);
    says->setWordWrap(true);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(says);
    column->addWidget(tableOf(standIns, dialog), 1);
    dialog->resize(760, 520);
    dialog->show();
}

} // namespace tropo
