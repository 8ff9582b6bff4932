#include "models/items/fleet_tree.h"
#include "tests/support/sample_fleet.h"
#include "views/fleet/details_panel.h"
#include "views/fleet/fleet_view.h"
#include "views/parts/evidence_text.h"
#include "views/plan/fix_bar.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <random>

using namespace tropo;

namespace {

SnapshotPtr shared(Snapshot snapshot)
{
    return std::make_shared<const Snapshot>(std::move(snapshot));
}

void show(FleetView &view, const Snapshot &snapshot)
{
    view.show(shared(snapshot), fleetTree(snapshot));
}

const QString vnet3 = QStringLiteral("trop02/vm/Acilamwen/nic/0000:00:09.0");
const QString ens5 = QStringLiteral("trop02/vm/Acilamwen/if/ens5");

} // namespace

class TestFleetView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatMendsItsFindingsIsOfferedBelowThem()
    {
        Snapshot snapshot = sample::fleet();
        for (Finding &finding : snapshot.findings)
            if (finding.subject == ens5)
                finding.fixes = {QStringLiteral("nic-remove-duplicates")};
        FleetView view;
        show(view, snapshot);
        view.goTo(ens5);
        auto *button = view.findChild<QPushButton *>(QStringLiteral("fix-nic-remove-duplicates"));
        QVERIFY(button);
        QVERIFY(!button->toolTip().isEmpty());
        QSignalSpy spy(&view, &FleetView::planWanted);
        button->click();
        QCOMPARE(spy.size(), 1);
        const PlanRequest wanted{
            QStringLiteral("nic-remove-duplicates"), {QStringLiteral("trop02/vm/Acilamwen")}, {}};
        QCOMPARE(spy.first().first().value<PlanRequest>(), wanted);
        // It goes with what it was offered for.
        view.goTo(QStringLiteral("trop02/vm/Ulov"));
        QVERIFY(!view.findChild<QPushButton *>(QStringLiteral("fix-nic-remove-duplicates")));
        QVERIFY(view.findChild<FixBar *>()->isHidden());
    }

    void showsTheWorstWithItsEvidence()
    {
        FleetView view;
        show(view, sample::fleet());
        view.goToWorst();
        QCOMPARE(view.selected(), ens5);
        const QString details = view.findChild<DetailsPanel *>()->toPlainText();
        QVERIFY(details.contains(QLatin1String("float1's address 129.215.175.100")));
        QVERIFY(details.contains(QLatin1String("joined by PCI address")));
        QString evidence;
        for (const EvidenceText *text : view.findChildren<EvidenceText *>())
            evidence += text->toPlainText();
        for (const QLabel *label : view.findChildren<QLabel *>(QStringLiteral("documentName")))
            evidence += label->text();
        QVERIFY(evidence.contains(QLatin1String("HWADDR=52:54:00:00:01:01")));
        QVERIFY(evidence.contains(QLatin1String("fleet.toml")));
    }

    void aRefreshLeavesSelectionExpansionScrollAndColumns()
    {
        FleetView view;
        view.resize(900, 300);
        Snapshot snapshot = sample::large(2, 40);
        show(view, snapshot);
        view.grab();
        const QString chosen = QStringLiteral("hyper001/vm/vm0020/nic/0000:00:09.0");
        view.goTo(chosen);
        view.tree()->header()->resizeSection(0, 123);
        const QStringList expanded = view.expandedKeys();
        const QString top = view.tree()->indexAt({5, 5}).data(FleetModel::KeyRole).toString();
        QSignalSpy selection(&view, &FleetView::selectionChanged);
        std::mt19937 dice(11);
        for (int turn = 0; turn < 30; ++turn) {
            // Machines below the selected one come and go, and say something else.
            Snapshot next = snapshot;
            QList<Domain> &domains = *next.fleet.hypervisors[1].domains;
            domains.remove(25, 1 + static_cast<qsizetype>(dice() % 10));
            for (qsizetype i = 21; i < domains.size(); ++i)
                domains[i].state = dice() % 2 ? DomainState::Running : DomainState::ShutOff;
            show(view, next);
            QCOMPARE(view.selected(), chosen);
            QCOMPARE(view.tree()->indexAt({5, 5}).data(FleetModel::KeyRole).toString(), top);
        }
        QCOMPARE(view.expandedKeys(), expanded);
        QCOMPARE(view.tree()->header()->sectionSize(0), 123);
        QCOMPARE(selection.size(), 0);
    }

    void aSelectionNeverSlidesToAnotherObject()
    {
        FleetView view;
        Snapshot snapshot = sample::fleet();
        show(view, snapshot);
        view.goTo(vnet3);
        QCOMPARE(view.selected(), vnet3);
        snapshot.fleet.hypervisors[0].domains->first().live->nics.remove(3);
        show(view, snapshot);
        QCOMPARE(view.selected(), QString());
        QVERIFY(!view.tree()->selectionModel()->hasSelection());
        QVERIFY(view.findChild<DetailsPanel *>()->toPlainText().contains(
            vnet3 + QLatin1String(" is not there any more")));
    }

    void whatWasNotReadIsNeverFine()
    {
        FleetView view;
        show(view, sample::fleet());
        view.goTo(QStringLiteral("trop02/vm/Ulov/not-read/inside"));
        const QString details = view.findChild<DetailsPanel *>()->toPlainText();
        QVERIFY(details.contains(QLatin1String("connection refused on port 22")));
        QVERIFY(details.contains(QLatin1String("what was not read was not checked")));
    }

    void noFindingsSaysWhatWasNotRead()
    {
        FleetView view;
        Snapshot snapshot = sample::fleet();
        show(view, snapshot);
        view.goTo(QStringLiteral("trop02/vm/Ulov"));
        const QString details = view.findChild<DetailsPanel *>()->toPlainText();
        QVERIFY(details.contains(
            QLatin1String("None in what was read of it; what was not read was not checked.")));
        QVERIFY(details.contains(QLatin1String("its inside (connection refused on port 22)")));
        // Where everything was read, that is what is said.
        snapshot.notKnown.clear();
        show(view, snapshot);
        view.goTo(QStringLiteral("trop02/vm/Ulov"));
        QVERIFY(view.findChild<DetailsPanel *>()->toPlainText().contains(
            QLatin1String("None. All that the rules look at was read of it.")));
    }

    void aFloatThatWasNotSeenIsNotKnownToBeFree()
    {
        FleetView view;
        show(view, sample::fleet());
        view.goTo(QStringLiteral("float/float4"));
        const QString details = view.findChild<DetailsPanel *>()->toPlainText();
        QVERIFY2(details.contains(QLatin1String("nobody has it in what was read")), qPrintable(details));
        QVERIFY2(details.contains(QLatin1String("Live XML: not all read")), qPrintable(details));
    }

    void saysWhatARestartWouldChange()
    {
        FleetView view;
        Snapshot snapshot = sample::fleet();
        show(view, snapshot);
        view.goTo(QStringLiteral("trop02"));
        auto *panel = view.findChild<DetailsPanel *>();
        QVERIFY(panel->toPlainText().contains(QLatin1String("If it restarted now")));
        QVERIFY(panel->toPlainText().contains(QLatin1String("not known")));
        view.goTo(vnet3);
        QVERIFY(!panel->toPlainText().contains(QLatin1String("If it restarted now")));
        Domain &acilamwen = snapshot.fleet.hypervisors[0].domains->first();
        acilamwen.persistent = false;
        show(view, snapshot);
        view.goTo(QStringLiteral("trop02/vm/Acilamwen"));
        QVERIFY(panel->toPlainText().contains(QLatin1String("Acilamwen is not persistent")));
        // An item that is chosen shows what it stands on.
        QVERIFY(!acilamwen.source.isNull());
        Q_EMIT panel->anchorClicked(QUrl(QStringLiteral("forecast:0")));
        QVERIFY(view.findChild<EvidenceText *>()->toPlainText().contains(acilamwen.source.document));
        // A number that is none of an item's is answered by what the node stands on.
        Q_EMIT panel->anchorClicked(QUrl(QStringLiteral("forecast:9")));
        QCOMPARE(view.selected(), QStringLiteral("trop02/vm/Acilamwen"));
    }

    void remoteTextStaysText()
    {
        FleetView view;
        Snapshot snapshot = sample::fleet();
        snapshot.fleet.hypervisors[0].domains->first().guest->system.os->pretty =
            QStringLiteral("<img src='x'><h1>Owned</h1>\u202e");
        show(view, snapshot);
        view.goTo(QStringLiteral("trop02/vm/Acilamwen"));
        QVERIFY(view.findChild<DetailsPanel *>()->toPlainText().contains(
            QLatin1String("<img src='x'><h1>Owned</h1><U+202E>")));
    }

    void expansionIsRememberedByKey()
    {
        FleetView view;
        show(view, sample::fleet());
        view.goTo(ens5);
        const QStringList keys = view.expandedKeys();
        QVERIFY(keys.contains(QStringLiteral("trop02/vm/Acilamwen")));
        FleetView other;
        show(other, sample::fleet());
        other.expandKeys(keys);
        const auto sorted = [](QStringList list) {
            list.sort();
            return list;
        };
        QCOMPARE(sorted(other.expandedKeys()), sorted(keys));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestFleetView test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_fleet_view.moc"
