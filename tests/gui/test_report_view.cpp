#include "models/items/visible_text.h"
#include "tests/support/sample_fleet.h"
#include "views/report/finding_choice.h"
#include "views/report/part_list.h"
#include "views/report/replaced_dialog.h"
#include "views/report/report_view.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QTextBrowser>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

SnapshotPtr sampleSnapshot(const QString &origin = u"sample"_s)
{
    Snapshot snapshot = sample::fleet();
    snapshot.origin = origin;
    return std::make_shared<const Snapshot>(snapshot);
}

/// A page about the sample, whose note holds a text, another one, and the commands.
struct Page
{
    ReportView view;
    PartList *list = view.findChild<PartList *>(u"noteParts"_s);
    QPlainTextEdit *text = view.findChild<QPlainTextEdit *>(u"noteText"_s);

    Page()
    {
        view.show(sampleSnapshot());
        while (list->count() > 0) {
            list->setCurrentRow(0);
            list->removeCurrent();
        }
        view.add(NoteText{u"one"_s});
        view.add(NoteText{u"two"_s});
        view.add(NoteByHand{});
    }
    QStringList order() const
    {
        QStringList titles;
        for (int row = 0; row < list->count(); ++row)
            titles.append(list->item(row)->text());
        return titles;
    }
    QString textOf(qsizetype part) const { return std::get<NoteText>(view.note().parts.at(part)).markdown; }
};

} // namespace

class TestReportView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void whatCannotBeHiddenIsWarnedOf()
    {
        Page page;
        page.view.resize(1000, 700);
        page.view.QWidget::show();
        auto *stays = page.view.findChild<QLabel *>(u"noteStays"_s);
        QVERIFY(stays->isHidden());
        page.view.warn(u"NOT hidden: <b>network</b>"_s);
        QVERIFY(stays->isVisible());
        QCOMPARE(stays->text(), u"NOT hidden: <b>network</b>"_s);
        QCOMPARE(stays->textFormat(), Qt::PlainText);
        page.view.warn({});
        QVERIFY(stays->isHidden());
    }

    void aNoteBeginsWithTheWorst()
    {
        ReportView view;
        const SnapshotPtr snapshot = sampleSnapshot();
        view.show(snapshot);
        const QList<NotePart> &parts = view.note().parts;
        QVERIFY(std::holds_alternative<NoteText>(parts.front()));
        const auto *finding = std::get_if<NoteFinding>(&parts.at(1));
        QVERIFY(finding);
        QCOMPARE(finding->id, snapshot->stories.isEmpty() ? snapshot->findings.front().id()
                                                          : snapshot->stories.front().id());
        QCOMPARE(view.findChild<QLineEdit *>(u"noteTitle"_s)->text(), view.note().title);
    }

    void partsMoveAndGo()
    {
        Page page;
        QCOMPARE(page.order().first(2), QStringList({u"one"_s, u"two"_s}));
        page.list->setCurrentRow(1);
        page.list->move(-1);
        QCOMPARE(page.order().first(2), QStringList({u"two"_s, u"one"_s}));
        QCOMPARE(page.textOf(0), u"two"_s);
        QCOMPARE(page.list->currentRow(), 0);
        page.list->move(-1); // there is nothing above
        QCOMPARE(page.textOf(0), u"two"_s);
        QTest::keyClick(page.list, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(page.textOf(1), u"two"_s);
        QTest::keyClick(page.list, Qt::Key_Delete);
        QCOMPARE(page.view.note().parts.size(), 2);
        QCOMPARE(page.textOf(0), u"one"_s);
        QVERIFY(std::holds_alternative<NoteByHand>(page.view.note().parts.at(1)));
    }

    void whatIsTypedIsTheChosenParts()
    {
        Page page;
        QSignalSpy wanted(&page.view, &ReportView::previewWanted);
        page.list->setCurrentRow(0);
        QCOMPARE(page.text->toPlainText(), u"one"_s);
        page.text->setPlainText(u"# first\nmore"_s);
        QCOMPARE(page.textOf(0), u"# first\nmore"_s);
        QCOMPARE(page.textOf(1), u"two"_s);
        QCOMPARE(page.list->item(0)->text(), u"# first"_s);
        QTRY_VERIFY(!wanted.isEmpty());
        page.list->setCurrentRow(2);
        QVERIFY(page.text->isHidden());
    }

    void thePreviewFollows()
    {
        Page page;
        QSignalSpy wanted(&page.view, &ReportView::previewWanted);
        page.view.add(NoteText{u"three"_s});
        QTRY_COMPARE(wanted.size(), 1);
        QTest::keyClicks(page.view.findChild<QLineEdit *>(u"noteTitle"_s), u"abc"_s);
        QTRY_COMPARE(wanted.size(), 2); // what is typed at once is drawn once
        page.view.findChild<QCheckBox *>(u"noteRedact"_s)->click();
        QCOMPARE(wanted.size(), 3);
        QVERIFY(page.view.isRedacted());
        QVERIFY(page.view.findChild<QPushButton *>(u"noteReplaced"_s)->isEnabled());
        auto document = std::make_shared<QTextDocument>();
        document->setPlainText(u"as it looks"_s);
        page.view.showPreview(document);
        QCOMPARE(page.view.findChild<QTextBrowser *>(u"notePreview"_s)->toPlainText(), u"as it looks"_s);
    }

    void aNoteThatWasWorkedAtIsKept()
    {
        Page page;
        page.view.show(sampleSnapshot(u"another"_s));
        QCOMPARE(page.textOf(0), u"one"_s);
        QCOMPARE(page.view.snapshot()->origin, u"sample"_s);
        page.view.findChild<QPushButton *>(u"noteAnew"_s)->click();
        QVERIFY(page.view.note().parts.size() > 3);
        const Note fresh = page.view.note();
        page.view.show(sampleSnapshot(u"a third"_s));
        QCOMPARE(page.view.note().title, fresh.title);
    }

    void aNoteThatWasWorkedAtKeepsItsReading()
    {
        Page page;
        const SnapshotPtr before = page.view.snapshot();
        QSignalSpy changed(&page.view, &ReportView::readingChanged);
        auto *take = page.view.findChild<QPushButton *>(u"noteNewest"_s);
        auto *says = page.view.findChild<QLabel *>(u"noteReading"_s);
        QVERIFY(take->isHidden());
        QVERIFY(says->text().contains(timeText(before->evidence.taken)));
        Snapshot healed = *before;
        healed.findings.clear();
        healed.evidence.taken = before->evidence.taken.addSecs(60);
        const auto after = std::make_shared<const Snapshot>(healed);
        page.view.show(after);
        QCOMPARE(page.view.snapshot(), before);
        QVERIFY(changed.isEmpty());
        QVERIFY(!take->isHidden());
        QVERIFY(says->text().contains(timeText(before->evidence.taken)));
        QVERIFY(says->text().contains(timeText(after->evidence.taken)));
        take->click();
        QCOMPARE(page.view.snapshot(), after);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(page.textOf(0), u"one"_s); // what was written stays
        QVERIFY(take->isHidden());
    }

    void anUntouchedNoteFollows()
    {
        ReportView view;
        view.show(sampleSnapshot());
        const SnapshotPtr newest = sampleSnapshot();
        view.show(newest);
        QCOMPARE(view.snapshot(), newest);
    }

    /// A live fleet is shown before anything of it is read.
    void anUntouchedNoteBeginsAnewWithEachReading()
    {
        ReportView view;
        Snapshot empty;
        empty.origin = u"sample"_s;
        view.show(std::make_shared<const Snapshot>(empty));
        const SnapshotPtr read = sampleSnapshot();
        view.show(read);
        const auto *finding = std::get_if<NoteFinding>(&view.note().parts.at(1));
        QVERIFY(finding);
        QCOMPARE(finding->id,
                 read->stories.isEmpty() ? read->findings.front().id() : read->stories.front().id());
        QCOMPARE(view.findChild<QLineEdit *>(u"noteTitle"_s)->text(), view.note().title);
        QVERIFY(!view.note().written.isValid()); // not before it is composed
        QVERIFY(view.findChild<QPushButton *>(u"noteNewest"_s)->isHidden());
    }

    void findingsAreChosenFromAll()
    {
        Page page;
        auto *menu = page.view.findChild<QPushButton *>(u"addPart"_s)->menu();
        Q_EMIT menu->aboutToShow();
        auto *action = menu->findChild<QAction *>(u"addFindings"_s);
        QVERIFY(action);
        action->trigger();
        auto *dialog = page.view.findChild<FindingChoice *>(u"findingChoice"_s);
        QVERIFY(dialog);
        auto *list = dialog->findChild<QListWidget *>(u"findingChoiceList"_s);
        const Snapshot snapshot = sample::fleet();
        QCOMPARE(qsizetype(list->count()), snapshot.stories.size() + snapshot.findings.size());
        const QString last = snapshot.findings.last().id();
        dialog->findChild<QLineEdit *>(u"findingChoiceFilter"_s)->setText(last);
        for (int row = 0; row < list->count(); ++row)
            QCOMPARE(list->item(row)->isHidden(), !list->item(row)->text().contains(last));
        list->item(list->count() - 1)->setSelected(true);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(page.view.note().parts.last(), NotePart(NoteFinding{last}));
    }

    void theFormsAreAskedFor()
    {
        Page page;
        QSignalSpy wanted(&page.view, &ReportView::wanted);
        QSignalSpy capture(&page.view, &ReportView::captureWanted);
        for (const QString &name : {u"noteHtml"_s, u"notePdf"_s, u"noteMarkdown"_s, u"noteCopyRich"_s,
                                    u"noteCopyMarkdown"_s, u"noteCapture"_s})
            page.view.findChild<QAction *>(name)->trigger();
        QCOMPARE(wanted.size(), 5);
        QCOMPARE(wanted[4][0].value<NoteTarget>(), NoteTarget::ClipboardMarkdown);
        QCOMPARE(capture.size(), 1);
    }

    void whatIsHiddenIsTold()
    {
        QWidget parent;
        showReplaced({{RedactedKind::Host, u"trop02"_s, u"host1"_s, {}},
                      {RedactedKind::Person, u"root"_s, u"root"_s, u"it is a word"_s}},
                     &parent);
        const auto *table = parent.findChild<QTableWidget *>(u"replacedTable"_s);
        QVERIFY(table);
        QCOMPARE(table->item(0, 1)->text(), u"trop02"_s);
        QCOMPARE(table->item(0, 2)->text(), u"host1"_s);
        QVERIFY(table->item(1, 2)->text().contains(u"it is a word"_s));
        QCOMPARE(table->contextMenuPolicy(), Qt::CustomContextMenu);
    }
};

QTEST_MAIN(TestReportView)
#include "test_report_view.moc"
