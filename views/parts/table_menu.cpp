#include "views/parts/table_menu.h"

#include "models/report/table_export.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableMenu)
};

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

QString rowText(const QModelIndex &index)
{
    QStringList cells;
    for (int column = 0; column < index.model()->columnCount(index.parent()); ++column)
        cells.append(exportText(index.siblingAtColumn(column)).replace(u'\n', u' ').replace(u'\t', u' '));
    return cells.join(u'\t');
}

/// The name that is proposed follows the chosen form; one that bears another form's ending gets its own.
void followForm(QFileDialog *dialog, const QString &filter)
{
    const QString ending =
        filter.contains(QLatin1String("*.json")) ? QStringLiteral("json") : QStringLiteral("csv");
    dialog->setDefaultSuffix(ending);
    const QFileInfo info(dialog->selectedFiles().value(0));
    const QString had = info.suffix().toLower();
    if (had != ending && (had == QLatin1String("csv") || had == QLatin1String("json")))
        dialog->selectFile(info.completeBaseName() + u'.' + ending);
}

void save(QAbstractItemView *view, const QString &name)
{
    auto *dialog = new QFileDialog(view, Words::tr("Save the table"), name + QLatin1String(".csv"),
                                   Words::tr("CSV (*.csv);;JSON (*.json)"));
    dialog->setObjectName(QStringLiteral("saveTable"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                     [dialog](const QString &filter) { followForm(dialog, filter); });
    QObject::connect(dialog, &QFileDialog::fileSelected, view, [view](const QString &path) {
        const bool json = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
        const QByteArray text = json ? tableJson(*view->model()) : tableCsv(*view->model());
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
            return;
        auto *box = new QMessageBox(QMessageBox::Warning, Words::tr("Save the table"), QString(),
                                    QMessageBox::Ok, view);
        box->setTextFormat(Qt::PlainText);
        box->setText(Words::tr("%1 could not be written: %2").arg(path, file.errorString()));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

void showMenu(QAbstractItemView *view, const QString &name, const QPoint &place)
{
    auto *menu = new QMenu(view);
    menu->setObjectName(QStringLiteral("tableMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, auto act) {
        QObject::connect(menu->addAction(text), &QAction::triggered, view, act);
    };
    const QPersistentModelIndex index =
        view->indexAt(place).isValid() ? view->indexAt(place) : view->currentIndex();
    if (index.isValid()) {
        add(Words::tr("Copy the value"), [index] { copy(exportText(index)); });
        add(Words::tr("Copy the row"), [index] { copy(rowText(index)); });
        menu->addSeparator();
    }
    addWholeTable(menu, view, name);
    menu->popup(view->viewport()->mapToGlobal(place));
}

} // namespace

void addWholeTable(QMenu *menu, QAbstractItemView *view, const QString &name)
{
    const auto add = [&](const QString &text, auto act) {
        QObject::connect(menu->addAction(text), &QAction::triggered, view, act);
    };
    add(Words::tr("Copy the table as Markdown"), [view] { copy(tableMarkdown(*view->model())); });
    add(Words::tr("Copy the table as CSV"), [view] { copy(QString::fromUtf8(tableCsv(*view->model()))); });
    add(Words::tr("Copy the table as JSON"), [view] { copy(QString::fromUtf8(tableJson(*view->model()))); });
    add(Words::tr("Save the table…"), [view, name] { save(view, name); });
}

void addTableMenu(QAbstractItemView *view, const QString &name)
{
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(view, &QAbstractItemView::customContextMenuRequested, view,
                     [view, name](const QPoint &place) { showMenu(view, name, place); });
}

} // namespace tropo
