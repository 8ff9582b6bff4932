#include "tests/support/sample_fleet.h"
#include "views/changes/change_filter_bar.h"
#include "views/changes/changes_view.h"
#include "views/changes/reading_choice.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_text.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace tropo;

namespace {

/// The sample a while later, with Ulov's autostart, or what else `change` does.
SnapshotPtr reading(
    int minutes, void (*change)(Snapshot &) = [](Snapshot &) {})
{
    Snapshot made = sample::fleet();
    made.evidence.taken = made.evidence.taken.addSecs(60 * minutes);
    change(made);
    return std::make_shared<const Snapshot>(made);
}

void pause(Snapshot &snapshot)
{
    snapshot.fleet.hypervisors[0].domains->first().state = DomainState::Paused;
}

QString words(const ChangesView &view)
{
    QString all;
    for (const QLabel *label :
         view.findChild<EmptyNote *>(QStringLiteral("noChanges"))->findChildren<QLabel *>())
        all += label->text() + u' ';
    return all;
}

QString messages(const ChangesView &view)
{
    QStringList all;
    const QAbstractItemModel *model = view.table()->model();
    for (int i = 0; i < model->rowCount(); ++i) {
        const QModelIndex top = model->index(i, 0);
        for (int j = 0; j < model->rowCount(top); ++j)
            all.append(model->index(j, ChangesModel::Message, top).data().toString());
        if (model->rowCount(top) == 0)
            all.append(top.siblingAtColumn(ChangesModel::Message).data().toString());
    }
    return all.join(u'\n');
}

QComboBox *box(const ChangesView &view, const char *name)
{
    return view.findChild<QComboBox *>(QLatin1String(name));
}

} // namespace

class TestChangesView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void oneReadingIsNotEnough()
    {
        ChangesView view;
        QVERIFY(words(view).contains(QLatin1String("Nothing has been read")));
        view.remember(reading(0));
        QVERIFY(words(view).contains(QLatin1String("Only one reading is open")));
        QVERIFY(!box(view, "compareBefore")->isEnabled());
    }

    void theNewestIsComparedWithTheOneBefore()
    {
        ChangesView view;
        QSignalSpy compared(&view, &ChangesView::compared);
        view.remember(reading(0));
        view.remember(reading(5, &pause));
        QTRY_COMPARE(compared.size(), 1);
        QVERIFY2(view.model()->shown() == 1, qPrintable(messages(view)));
        const QModelIndex first = view.table()->currentIndex();
        QCOMPARE(view.selectedSubject(), QStringLiteral("trop02/vm/Acilamwen"));
        QVERIFY(first.siblingAtColumn(ChangesModel::Message)
                    .data()
                    .toString()
                    .contains(QLatin1String("was running and is paused")));
        // The lines of both stand beside one another.
        for (const char *name : {"evidenceBefore", "evidenceAfter"})
            QVERIFY(!view.findChild<QWidget *>(QLatin1String(name))
                         ->findChild<EvidenceText *>()
                         ->toPlainText()
                         .isEmpty());
        QSignalSpy go(&view, &ChangesView::goToSubject);
        Q_EMIT view.table()->activated(first);
        QCOMPARE(go.first().first().toString(), QStringLiteral("trop02/vm/Acilamwen"));
    }

    void aLiveReadingThatGoesOnIsOne()
    {
        ChangesView view;
        QSignalSpy compared(&view, &ChangesView::compared);
        const auto live = [](Snapshot &snapshot) { snapshot.kind = SnapshotKind::Live; };
        view.remember(reading(0, live));
        view.remember(reading(1, live), true);
        QCOMPARE(view.choice()->count(), 1);
        view.remember(reading(9, live));
        QCOMPARE(view.choice()->count(), 2);
        QTRY_COMPARE(compared.size(), 1);
        QVERIFY(words(view).contains(QLatin1String("Nothing changed")));
    }

    void aChoiceByHandStays()
    {
        ChangesView view;
        QSignalSpy compared(&view, &ChangesView::compared);
        const SnapshotPtr first = reading(0);
        const SnapshotPtr second = reading(5, &pause);
        view.remember(first);
        view.remember(second);
        QTRY_COMPARE(compared.size(), 1);
        view.findChild<QToolButton *>(QStringLiteral("compareSwap"))->click();
        QTRY_COMPARE(compared.size(), 2);
        QVERIFY(view.choice()->before() == second && view.choice()->after() == first);
        view.remember(reading(10));
        QVERIFY(view.choice()->before() == second && view.choice()->after() == first);
        box(view, "compareBefore")->setCurrentIndex(0);
        Q_EMIT box(view, "compareBefore")->activated(0);
        QTRY_VERIFY(words(view).contains(QLatin1String("chosen twice")));
    }

    void anEarlierCaptureIsTheEarlierOne()
    {
        ChangesView view;
        const SnapshotPtr shown = reading(10, &pause);
        view.remember(shown);
        const SnapshotPtr capture =
            reading(0, [](Snapshot &one) { one.origin = QStringLiteral("/old.zip"); });
        view.compareWith(capture, shown);
        QVERIFY(view.choice()->before() == capture && view.choice()->after() == shown);
        QTRY_COMPARE(view.model()->shown(), 1);
        // Opened again it is the same one.
        view.compareWith(reading(0, [](Snapshot &one) { one.origin = QStringLiteral("/old.zip"); }), shown);
        QCOMPARE(view.choice()->count(), 2);
    }

    void filtersByItsControls()
    {
        ChangesView view;
        view.showNow(reading(0), reading(5, &pause));
        QCOMPARE(view.model()->shown(), 1);
        auto *changed = view.findChild<QPushButton *>(QStringLiteral("changedFilter"));
        QCOMPARE(changed->text(), QStringLiteral("Changed: 1"));
        changed->click();
        QVERIFY(words(view).contains(QLatin1String("No change passes the filters")));
        changed->click();
        view.findChild<QLineEdit *>(QStringLiteral("changeText"))->setText(QStringLiteral("paused"));
        QCOMPARE(view.model()->shown(), 1);
        view.findChild<QLineEdit *>(QStringLiteral("changeText"))->setText(QStringLiteral("nothing like it"));
        QCOMPARE(view.model()->shown(), 0);
    }

    void whatWasNotReadIsListed()
    {
        ChangesView view;
        view.showNow(reading(0),
                     reading(5, [](Snapshot &one) { one.fleet.hypervisors[0].networks.reset(); }));
        const QModelIndex last = view.model()->index(view.model()->rowCount() - 1, 0);
        QVERIFY(last.data().toString().startsWith(QLatin1String("Not comparable")));
    }

    void asksForAnotherCapture()
    {
        ChangesView view;
        QSignalSpy another(&view, &ChangesView::anotherWanted);
        const auto actions =
            view.findChild<QToolButton *>(QStringLiteral("compareAnother"))->menu()->actions();
        actions.at(1)->trigger();
        QCOMPARE(another.first().first().toBool(), true);
    }

    void theLayoutIsKept()
    {
        ChangesView view;
        view.table()->header()->resizeSection(ChangesModel::Where, 222);
        ChangesView other;
        other.restoreLayout(view.saveLayout());
        QCOMPARE(other.table()->header()->sectionSize(ChangesModel::Where), 222);
        other.restoreLayout("garbage");
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestChangesView test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_changes_view.moc"
