#include "tests/support/sample_fleet.h"
#include "views/findings/filter_bar.h"
#include "views/findings/findings_view.h"
#include "views/parts/empty_note.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>

using namespace tropo;

namespace {

SnapshotPtr shared(const Snapshot &snapshot)
{
    return std::make_shared<const Snapshot>(snapshot);
}

QString words(const QWidget &view)
{
    QString all;
    const auto labels = view.findChild<EmptyNote *>(QStringLiteral("noFindings"))->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        all += label->text() + u' ';
    return all;
}

} // namespace

class TestFindingsView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

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
        QCOMPARE(view.table()->model()->rowCount(), 6);
        view.findChild<QPushButton *>(QStringLiteral("errorFilter"))->click();
        QCOMPARE(view.table()->model()->rowCount(), 3);
        view.findChild<QLineEdit *>(QStringLiteral("textFilter"))->setText(QStringLiteral("nothing like it"));
        QCOMPARE(view.table()->model()->rowCount(), 0);
        QVERIFY(words(view).contains(QLatin1String("No finding passes the filters")));
    }

    void nothingFoundSaysWhatWasNotRead()
    {
        FindingsView view;
        Snapshot snapshot = sample::fleet();
        snapshot.findings.clear();
        view.show(shared(snapshot));
        QVERIFY(words(view).contains(QLatin1String("No findings among what was read")));
        QVERIFY(words(view).contains(QLatin1String("sources without an answer: 3")));
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
        view.show(shared(snapshot));
        QCOMPARE(view.selectedSubject(), QStringLiteral("float/float3"));
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
