#include "app/judgement.h"
#include "app/reporting/report_desk.h"
#include "models/note/capture_hash.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The report page of the demo with its desk, in a window.
struct Desk
{
    ReportView view;
    ReportDesk desk{&view, bundledEndOfLife()};
    QSignalSpy said{&desk, &ReportDesk::said};
    QSignalSpy failed{&desk, &ReportDesk::failed};
    QTextBrowser *preview = view.findChild<QTextBrowser *>(u"notePreview"_s);

    Desk()
    {
        view.resize(1200, 800);
        view.QWidget::show();
        desk.setSnapshot(*openDemo(bundledEndOfLife()));
    }
    void press(const QString &action) { view.findChild<QAction *>(action)->trigger(); }
    /// Answers the dialog that asks where to.
    void answer(const QString &path)
    {
        auto *dialog = view.findChild<QFileDialog *>(u"saveNote"_s);
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
    }
    bool hasSaid(const QString &text) const
    {
        return std::any_of(said.begin(), said.end(),
                           [&text](const QList<QVariant> &one) { return one[0].toString().contains(text); });
    }
};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestReportDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void theNoteIsSavedInEachForm_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("begins");
        QTest::newRow("html") << u"noteHtml"_s << u"note.html"_s << QByteArray("<!DOCTYPE html>");
        QTest::newRow("pdf") << u"notePdf"_s << u"note.pdf"_s << QByteArray("%PDF-");
        QTest::newRow("markdown") << u"noteMarkdown"_s << u"note.md"_s << QByteArray("# ");
        QTest::newRow("capture") << u"noteCapture"_s << u"note.zip"_s << QByteArray("PK");
    }

    void theNoteIsSavedInEachForm()
    {
        QFETCH(QString, action);
        QFETCH(QString, name);
        QFETCH(QByteArray, begins);
        const QTemporaryDir room;
        Desk desk;
        desk.press(action);
        const QString path = room.filePath(name);
        desk.answer(path);
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasSaid(path), 60'000);
        QVERIFY(desk.failed.isEmpty());
        QVERIFY(contents(path).startsWith(begins));
        if (name.endsWith(u".md"))
            QVERIFY(contents(room.filePath(u"note-pictures/1-findings.png"_s)).startsWith("\x89PNG"));
        if (name.endsWith(u".html"))
            QVERIFY(contents(path).contains("data:image/png;base64,"));
    }

    /// A capture that exists is refused, so nothing is to be asked about it.
    void onlyWhatMayBeReplacedIsAskedAbout()
    {
        for (const QString &action : {u"noteHtml"_s, u"noteCapture"_s}) {
            Desk desk;
            desk.press(action);
            const auto *dialog = desk.view.findChild<QFileDialog *>(u"saveNote"_s);
            QVERIFY(dialog);
            QCOMPARE(dialog->testOption(QFileDialog::DontConfirmOverwrite), action == u"noteCapture");
        }
    }

    void aPlaceThatCannotBeWrittenIsTold()
    {
        Desk desk;
        desk.press(u"noteHtml"_s);
        desk.answer(u"/nowhere/at/all/note.html"_s);
        QTRY_COMPARE_WITH_TIMEOUT(desk.failed.size(), 1, 60'000);
        QVERIFY(desk.failed[0][0].toString().contains(u"/nowhere/at/all/note.html"_s));
    }

    void thePreviewFollowsAndHides()
    {
        Desk desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"Acilamwen"_s), 60'000);
        const QString year = QDateTime::currentDateTimeUtc().toString(u"yyyy"_s);
        QVERIFY(desk.preview->toPlainText().contains(u"Written %1-"_s.arg(year)));
        desk.view.add(NoteText{u"as arthur@trop02 saw at 129.215.175.100"_s});
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"129.215.175.100"_s), 60'000);
        desk.view.findChild<QCheckBox *>(u"noteRedact"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.preview->toPlainText().contains(u"129.215.175.100"_s), 60'000);
        for (const QString &value : {u"Acilamwen"_s, u"trop02"_s, u"arthur"_s})
            QVERIFY2(!desk.preview->toPlainText().contains(value, Qt::CaseInsensitive), qPrintable(value));
        QVERIFY(!desk.preview->toPlainText().contains(u"is not found in this reading"_s));
    }

    void theProofOutlastsTheFix()
    {
        Desk desk;
        const SnapshotPtr before = desk.view.snapshot();
        desk.view.add(NoteText{u"seen so"_s});
        Snapshot healed = *before;
        healed.findings.clear();
        healed.stories.clear();
        healed.evidence = {};
        healed.fleet = {};
        desk.desk.setSnapshot(std::make_shared<const Snapshot>(healed));
        desk.view.add(NoteText{u"and mended"_s});
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"and mended"_s), 60'000);
        QVERIFY(desk.preview->toPlainText().contains(captureHash(before->evidence)));
        QVERIFY(!desk.preview->toPlainText().contains(u"is not found in this reading"_s));
        desk.view.findChild<QPushButton *>(u"noteNewest"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"is not found in this reading"_s),
                                 60'000);
        QVERIFY(desk.preview->toPlainText().contains(u"and mended"_s));
    }

    void aSimulationStaysOneWhenItIsHidden()
    {
        Desk desk;
        desk.desk.setSnapshot(simulatedSnapshot(*desk.view.snapshot()));
        desk.view.findChild<QCheckBox *>(u"noteRedact"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"vm1"_s), 60'000);
        QVERIFY(desk.preview->toPlainText().contains(u"This is a simulation"_s));
        desk.press(u"noteCapture"_s);
        QCOMPARE(desk.failed.size(), 1);
        QVERIFY(!desk.view.findChild<QFileDialog *>(u"saveNote"_s));
    }

    void wordsThatCameLaterAreHiddenToo()
    {
        Desk desk;
        desk.view.findChild<QCheckBox *>(u"noteRedact"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"vm1"_s), 60'000);
        desk.view.add(NoteText{u"seen with 8.8.4.4 (marker)"_s});
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"(marker)"_s), 60'000);
        QVERIFY(!desk.preview->toPlainText().contains(u"8.8.4.4"_s));
    }

    void namesThatCameLaterAreHiddenToo()
    {
        Desk desk;
        desk.view.findChild<QCheckBox *>(u"noteRedact"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"vm1"_s), 60'000);
        desk.view.add(NoteText{u"first /home/zoe (marker)"_s});
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"(marker)"_s), 60'000);
        static const QRegularExpression first(u"first /home/(person\\d+)"_s);
        const QString zoe = first.match(desk.preview->toPlainText()).captured(1);
        QVERIFY2(!zoe.isEmpty(), qPrintable(desk.preview->toPlainText()));
        desk.view.add(NoteText{u"then agnes@office.example.net of /home/abelard (again)"_s});
        QTRY_VERIFY_WITH_TIMEOUT(desk.preview->toPlainText().contains(u"(again)"_s), 60'000);
        const QString text = desk.preview->toPlainText();
        for (const QString &name : {u"zoe"_s, u"agnes"_s, u"abelard"_s, u"office"_s})
            QVERIFY2(!text.contains(name), qPrintable(name));
        QCOMPARE(first.match(text).captured(1), zoe);
    }

    void whereTheOperatorKeepsItIsHidden()
    {
        // Pictures have it in their pixels, where no test of bytes finds it.
        Snapshot snapshot = **openDemo(bundledEndOfLife());
        QCOMPARE(redacted(snapshot, {}, {}).snapshot->origin, u"the bundled demo"_s);
        snapshot.origin = u"/mnt/clients/AcmeBank/x.tar.gz"_s;
        snapshot.kind = SnapshotKind::Capture;
        QCOMPARE(redacted(snapshot, {}, {}).snapshot->origin, u"a capture"_s);
        snapshot.kind = SnapshotKind::Live;
        QCOMPARE(redacted(snapshot, {}, {}).snapshot->origin, u"a fleet read live"_s);
    }

    void whatHidingChangesIsWarnedOf()
    {
        const SnapshotPtr demo = *openDemo(bundledEndOfLife());
        QCOMPARE(redacted(*demo, bundledEndOfLife(), {}).differs, QString());
        QCOMPARE(differenceText(*demo, *demo), QString());
        Snapshot other = *demo;
        const QString rule = other.findings.takeFirst().rule;
        const QString gone = differenceText(*demo, other);
        QVERIFY2(gone.contains(u"not found any more: "_s + rule) && !gone.contains(u"found now"_s),
                 qPrintable(gone));
        const QString added = differenceText(other, *demo);
        QVERIFY2(added.contains(u"found now: "_s + rule), qPrintable(added));
    }

    void theClipboardHasBothForms()
    {
        Desk desk;
        desk.press(u"noteCopyRich"_s);
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasSaid(u"clipboard"_s), 60'000);
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data->html().contains(u"data:image/png;base64,"_s));
        QVERIFY(data->html().contains(u"background-color:"_s)); // what proves, without a style sheet
        QVERIFY(data->text().startsWith(u"# "_s));
        QVERIFY2(!data->text().contains(u"!["_s), "a picture that is nowhere");
        desk.said.clear();
        desk.press(u"noteCopyMarkdown"_s);
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasSaid(u"clipboard"_s), 60'000);
        QVERIFY(!QGuiApplication::clipboard()->mimeData()->hasHtml());
    }

    void theListIsTheAuthors()
    {
        Desk desk;
        desk.view.findChild<QCheckBox *>(u"noteRedact"_s)->click();
        Q_EMIT desk.view.replacedWanted();
        QTRY_VERIFY_WITH_TIMEOUT(desk.view.findChild<QTableWidget *>(u"replacedTable"_s), 60'000);
        QVERIFY(desk.view.findChild<QTableWidget *>(u"replacedTable"_s)->rowCount() > 10);
    }
};

QTEST_MAIN(TestReportDesk)
#include "test_report_desk.moc"
