#include "tests/support/sample_fleet.h"
#include "views/floats/floats_view.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_text.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QLabel>
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

QString told(const FloatsView &view)
{
    return view.findChild<QTextBrowser *>(QStringLiteral("floatExplanation"))->toPlainText();
}

QString evidence(const FloatsView &view)
{
    QString all;
    for (const EvidenceText *text : view.findChildren<EvidenceText *>())
        all += text->toPlainText();
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

class TestFloatsView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void beginsAtTheFirstThatDisagrees()
    {
        FloatsView view;
        const Snapshot snapshot = sample::fleet();
        view.show(shared(snapshot));
        view.choose({});
        QCOMPARE(view.selectedSubject(), QStringLiteral("float/float1"));
        const QModelIndex cell = view.table()->currentIndex();
        QVERIFY(cell.data(FloatsModel::FirstRole).toBool());
        QVERIFY2(told(view).contains(QLatin1String("disagrees first")), qPrintable(told(view)));
        QVERIFY2(told(view).contains(QLatin1String("trop02/vm/Acilamwen")), qPrintable(told(view)));
        QVERIFY(told(view).contains(QLatin1String("float-mac-ip-mismatch")));
        QVERIFY(told(view).contains(QLatin1String("Not known")));
    }

    void aLayerStandsBesideTheFloatTable()
    {
        FloatsView view;
        view.resize(1500, 900);
        view.show(shared(sample::fleet()));
        view.grab();
        view.table()->setCurrentIndex(
            view.table()->model()->index(0, FloatsModel::FirstLayer + static_cast<int>(FloatLayer::File)));
        QVERIFY(evidence(view).contains(QLatin1String("HWADDR=52:54:00:00:01:01")));
        QVERIFY(evidence(view).contains(QLatin1String("52:54:00:00:01:00")));
        const QStringList documents = documentsFromTheLeft(view);
        QCOMPARE(documents, QStringList({QStringLiteral("ifcfg-ens5"), QStringLiteral("fleet.toml")}));
    }

    void aVmIsFoundByTheFloatThatItHolds()
    {
        FloatsView view;
        view.show(shared(sample::fleet()));
        view.choose(QStringLiteral("float/float2"));
        QCOMPARE(view.selectedSubject(), QStringLiteral("float/float2"));
        view.choose(QStringLiteral("trop02/vm/Acilamwen/if/ens5"));
        QCOMPARE(view.selectedSubject(), QStringLiteral("float/float1"));
    }

    void enterGoesToTheFloat()
    {
        FloatsView view;
        view.show(shared(sample::fleet()));
        view.choose(QStringLiteral("float/float2"));
        QSignalSpy spy(&view, &FloatsView::goToSubject);
        Q_EMIT view.table()->activated(view.table()->currentIndex());
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().toString(), QStringLiteral("float/float2"));
    }

    void aChoiceNeverSlidesToAnotherFloat()
    {
        FloatsView view;
        Snapshot snapshot = sample::fleet();
        view.show(shared(snapshot));
        view.choose(QStringLiteral("float/float2"));
        snapshot.floats.removeFirst();
        view.show(shared(snapshot));
        QCOMPARE(view.selectedSubject(), QStringLiteral("float/float2"));
        snapshot.floats.removeFirst();
        view.show(shared(snapshot));
        QCOMPARE(view.selectedSubject(), QString());
        QVERIFY(told(view).contains(QLatin1String("Choose a cell")));
    }

    void withoutFloatsItSaysSo()
    {
        FloatsView view;
        Snapshot snapshot = sample::fleet();
        snapshot.floats.clear();
        view.show(shared(snapshot));
        QString words;
        for (const QLabel *label :
             view.findChild<EmptyNote *>(QStringLiteral("noFloats"))->findChildren<QLabel *>())
            words += label->text();
        QVERIFY(words.contains(QLatin1String("names no floats")));
    }

    void columnsAreRemembered()
    {
        FloatsView view;
        view.show(shared(sample::fleet()));
        const QByteArray layout = view.saveLayout();
        FloatsView other;
        other.show(shared(sample::fleet()));
        other.restoreLayout(layout);
        QCOMPARE(other.saveLayout(), layout);
        other.restoreLayout("nonsense");
        QCOMPARE(other.saveLayout(), layout);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestFloatsView test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_floats_view.moc"
