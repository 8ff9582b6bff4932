#include "tests/support/sample_fleet.h"
#include "views/findings/filter_bar.h"
#include "views/findings/findings_view.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_text.h"
#include "views/parts/table_menu.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>

using namespace tropo;

namespace {

SnapshotPtr shared(const Snapshot &snapshot)
{
    return std::make_shared<const Snapshot>(snapshot);
}

/// Rows of the table, those of stories and those below them.
int rowsOf(const FindingsView &view)
{
    const QAbstractItemModel &model = *view.table()->model();
    int rows = model.rowCount();
    for (int i = 0; i < model.rowCount(); ++i)
        rows += model.rowCount(model.index(i, 0));
    return rows;
}

QString told(const FindingsView &view)
{
    return view.findChild<QTextBrowser *>(QStringLiteral("findingExplanation"))->toPlainText();
}

void group(const FindingsView &view, bool byCause)
{
    view.findChild<QCheckBox *>(QStringLiteral("groupByCause"))->setChecked(byCause);
}

QString words(const QWidget &view)
{
    QString all;
    const auto labels = view.findChild<EmptyNote *>(QStringLiteral("noFindings"))->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        all += label->text() + u' ';
    return all;
}

/// The documents' names as they stand side by side.
QStringList documentsFromTheLeft(const QWidget &view)
{
    QList<QLabel *> labels = view.findChildren<QLabel *>(QStringLiteral("documentName"));
    std::sort(labels.begin(), labels.end(), [&view](const QLabel *a, const QLabel *b) {
        return a->mapTo(&view, QPoint()).x() < b->mapTo(&view, QPoint()).x();
    });
    QStringList names;
    for (const QLabel *label : labels)
        names.append(label->text());
    return names;
}

} // namespace

class TestFindingsView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
    }

    void explainsTheChosenFinding()
    {
        FindingsView view;
        view.show(shared(sample::fleet()));
        view.choose(QStringLiteral("trop02/vm/Acilamwen/if/ens5"));
        const QString text =
            view.findChild<QTextBrowser *>(QStringLiteral("findingExplanation"))->toPlainText();
        QVERIFY(text.contains(QLatin1String("float-mac-ip-mismatch")));
        QVERIFY(text.contains(QLatin1String("If it is left")));
        QVERIFY(text.contains(QLatin1String("float/float2")));
    }

    void activatingGoesToTheFinding()
    {
        FindingsView view;
        view.show(shared(sample::fleet()));
        view.choose(QStringLiteral("trop03"));
        QSignalSpy spy(&view, &FindingsView::goToFinding);
        Q_EMIT view.table()->activated(view.table()->currentIndex());
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().toString(), QStringLiteral("source-unreachable:trop03"));
    }

    void filtersByItsControls()
    {
        FindingsView view;
        view.show(shared(sample::fleet()));
        group(view, false);
        QCOMPARE(rowsOf(view), 6);
        view.findChild<QPushButton *>(QStringLiteral("errorFilter"))->click();
        QCOMPARE(rowsOf(view), 3);
        view.findChild<QLineEdit *>(QStringLiteral("textFilter"))->setText(QStringLiteral("nothing like it"));
        QCOMPARE(rowsOf(view), 0);
        QVERIFY(words(view).contains(QLatin1String("No finding passes the filters")));
    }

    void nothingFoundSaysWhatWasNotRead()
    {
        FindingsView view;
        Snapshot snapshot = sample::fleet();
        snapshot.findings.clear();
        snapshot.stories.clear();
        view.show(shared(snapshot));
        QVERIFY(words(view).contains(QLatin1String("No findings among what was read")));
        QVERIFY2(words(view).contains(QLatin1String("Ulov on trop02: its description; its inside "
                                                    "(connection refused on port 22)")),
                 qPrintable(words(view)));
        QVERIFY2(words(view).contains(QLatin1String("trop03: ")), qPrintable(words(view)));
    }

    void allIsWellOnlyWhereAllWasRead()
    {
        FindingsView view;
        Snapshot snapshot = sample::fleet();
        snapshot.findings.clear();
        snapshot.stories.clear();
        snapshot.fleet.problems.clear();
        view.show(shared(snapshot));
        QVERIFY(words(view).contains(QLatin1String("among what was read")));
        const auto icon = [&view] {
            return view.findChild<EmptyNote *>(QStringLiteral("noFindings"))
                ->findChild<QLabel *>()
                ->pixmap()
                .toImage();
        };
        const QImage unsure = icon();
        snapshot.notKnown.clear();
        view.show(shared(snapshot));
        QVERIFY(words(view).contains(QLatin1String("All that the rules look at was read of every machine.")));
        QVERIFY(!words(view).contains(QLatin1String("among what was read")));
        QVERIFY(icon() != unsure);
        snapshot.fleet.problems.append({QStringLiteral("fleet.toml"), 3, QStringLiteral("?")});
        view.show(shared(snapshot));
        QVERIFY(words(view).contains(QLatin1String("not understood: 1")));
        QVERIFY(icon() == unsure);
    }

    void aStoryIsToldWithItsDocumentsSideBySide()
    {
        FindingsView view;
        view.resize(1600, 900);
        view.show(shared(sample::fleet()));
        view.grab();
        view.choose({});
        const QModelIndex story = view.table()->currentIndex();
        QVERIFY(story.data(FindingsModel::StoryRole).toBool());
        QVERIFY(view.table()->isExpanded(story));
        for (const char *part :
             {"Acilamwen has float1's address with float2's MAC, on four NICs", "What should be",
              "How it probably came", "attach-interface was typed four times", "What it leads to",
              "How to mend it", "1. Keep", "(nic-remove-duplicates)"})
            QVERIFY2(told(view).contains(QLatin1String(part)), part);
        const QStringList documents = documentsFromTheLeft(view);
        QVERIFY2(documents.startsWith(QStringLiteral("ifcfg-ens5")), qPrintable(documents.join(u' ')));
        QVERIFY(documents.contains(QStringLiteral("Acilamwen.xml")));
        QVERIFY2(documents.indexOf(QStringLiteral("fleet.toml")) >
                     documents.indexOf(QStringLiteral("Acilamwen.xml")),
                 qPrintable(documents.join(u' ')));
        // What only a consequence was read from stands last.
        QVERIFY2(documents.endsWith(QStringLiteral("ps.txt")), qPrintable(documents.join(u' ')));
        for (const QLabel *label : view.findChildren<QLabel *>(QStringLiteral("documentAge")))
            QVERIFY2(label->text().contains(QLatin1String(" old")), qPrintable(label->text()));
        // Too narrow for two: under one another.
        auto *panel = view.findChild<QWidget *>(QStringLiteral("evidencePanel"));
        qobject_cast<QSplitter *>(panel->parentWidget())->setSizes({10'000, 1});
        view.grab();
        QVERIFY(view.findChildren<QLabel *>(QStringLiteral("documentName")).isEmpty());
        QVERIFY(view.findChild<EvidenceText *>()->toPlainText().contains(QLatin1String("fleet.toml")));
    }

    void theFlatListIsThereToo()
    {
        FindingsView view;
        view.show(shared(sample::fleet()));
        view.choose(QStringLiteral("trop02/vm/Acilamwen/if/ens5"));
        QVERIFY(view.table()->currentIndex().parent().isValid());
        group(view, false);
        QCOMPARE(view.selectedSubject(), QStringLiteral("trop02/vm/Acilamwen/if/ens5"));
        QVERIFY(!view.table()->currentIndex().parent().isValid());
        QCOMPARE(view.table()->model()->rowCount(), 6);
        group(view, true);
        QCOMPARE(view.selectedSubject(), QStringLiteral("trop02/vm/Acilamwen/if/ens5"));
        QVERIFY(view.table()->currentIndex().parent().isValid());
    }

    void aStoryClosedStaysClosed()
    {
        FindingsView view;
        const Snapshot snapshot = sample::fleet();
        view.show(shared(snapshot));
        const QModelIndex story = view.table()->model()->index(0, 0);
        QVERIFY(view.table()->isExpanded(story));
        view.table()->collapse(story);
        view.show(shared(snapshot));
        QVERIFY(!view.table()->isExpanded(view.table()->model()->index(0, 0)));
    }

    void aRefreshLeavesTheChosenStory()
    {
        FindingsView view;
        Snapshot snapshot = sample::fleet();
        view.show(shared(snapshot));
        view.choose({});
        const QString before = view.selectedSubject();
        snapshot.findings.prepend(snapshot.findings.takeLast());
        view.show(shared(snapshot));
        QVERIFY(view.table()->currentIndex().data(FindingsModel::StoryRole).toBool());
        QCOMPARE(view.selectedSubject(), before);
    }

    void aChoiceNeverSlidesToAnotherFinding()
    {
        FindingsView view;
        Snapshot snapshot = sample::fleet();
        view.show(shared(snapshot));
        view.choose(QStringLiteral("trop03"));
        snapshot.findings.removeIf([](const Finding &f) { return f.subject == QLatin1String("trop03"); });
        view.show(shared(snapshot));
        QCOMPARE(view.selectedSubject(), QString());
        view.choose(QStringLiteral("float/float3"));
        snapshot.findings.removeFirst();
        snapshot.stories = stories(snapshot.fleet, snapshot.policy, snapshot.findings);
        view.show(shared(snapshot));
        QCOMPARE(view.selectedSubject(), QStringLiteral("float/float3"));
    }

    /// What is chosen as the form is what the file becomes.
    void aTablesFileHasTheEndingOfItsForm()
    {
        FindingsView view;
        view.show(shared(sample::fleet()));
        QMenu menu;
        addWholeTable(&menu, view.table(), QStringLiteral("findings"));
        menu.actions().last()->trigger();
        auto *dialog = view.table()->findChild<QFileDialog *>(QStringLiteral("saveTable"));
        QVERIFY(dialog);
        const QTemporaryDir room;
        dialog->setDirectory(room.path());
        QVERIFY(dialog->selectedFiles().value(0).endsWith(QStringLiteral("findings.csv")));
        if (QWidget *focused = dialog->focusWidget())
            focused->clearFocus(); // a name that is being typed is left alone
        dialog->selectNameFilter(dialog->nameFilters().last());
        Q_EMIT dialog->filterSelected(dialog->nameFilters().last());
        QCOMPARE(dialog->defaultSuffix(), QStringLiteral("json"));
        QVERIFY2(dialog->selectedFiles().value(0).endsWith(QStringLiteral("findings.json")),
                 qPrintable(dialog->selectedFiles().value(0)));
        dialog->close();
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestFindingsView test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_findings_view.moc"
