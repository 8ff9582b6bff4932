#include "models/items/containers_model.h"
#include "models/items/services_model.h"
#include "tests/support/swarm_sample.h"
#include "views/containers/containers_view.h"
#include "views/parts/empty_note.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

SnapshotPtr snapshotOf(const SwarmSample &sample)
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->fleet = sample.fleet();
    return snapshot;
}

void display(ContainersView &view, const SwarmSample &sample)
{
    const SnapshotPtr snapshot = snapshotOf(sample);
    view.show(snapshot, containerOverview(snapshot->fleet));
}

QTableView *grid(const ContainersView &view)
{
    return view.findChild<QTableView *>(u"servicesTable"_s);
}

QTableView *table(const ContainersView &view)
{
    return view.findChild<QTableView *>(u"containersTable"_s);
}

QString why(const ContainersView &view)
{
    return view.findChild<QLabel *>(u"containerWhy"_s)->text();
}

QString words(const ContainersView &view, const QString &note)
{
    QString all;
    for (const QLabel *label : view.findChild<EmptyNote *>(note)->findChildren<QLabel *>())
        all += label->text() + u' ';
    return all;
}

SwarmSample withDuplicate()
{
    SwarmSample sample = healthySwarm();
    sample.run("web", 2, 2, "old");
    return sample;
}

} // namespace

class TestContainersView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void choosesTheWorstService()
    {
        ContainersView view;
        display(view, withDuplicate());
        view.choose({});
        QCOMPARE(view.selectedSubject(), u"trop01/vm/Araybwyn/service/web"_s);
        QVERIFY2(why(view).startsWith(u"Slot 2 runs 2 times:"), qPrintable(why(view)));
        QCOMPARE(view.findChild<QLabel *>(u"containerWhy"_s)->textFormat(), Qt::PlainText);
    }

    void choosesByKeyboard()
    {
        ContainersView view;
        display(view, withDuplicate());
        view.choose({});
        QSignalSpy spy(&view, &ContainersView::goToSubject);
        for (int i = 0; i < ServicesModel::FirstVm; ++i)
            QTest::keyClick(grid(view), Qt::Key_Right);
        QVERIFY(view.selectedSubject().startsWith(u"trop01/vm/Araybwyn/container/web.2."));
        QTest::keyClick(grid(view), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy[0][0].toString(), view.selectedSubject());
    }

    void choosesASubject()
    {
        ContainersView view;
        const SwarmSample sample = withDuplicate();
        display(view, sample);
        view.choose(u"trop01/vm/Thalorien/service/agent"_s);
        QVERIFY(grid(view)->currentIndex().isValid());
        const QString agent = u"trop01/vm/Wenebrith/container/"_s + sample.containers[1].last().name;
        view.choose(agent);
        QCOMPARE(view.selectedSubject(), agent);
        view.choose(u"trop01/vm/Wenebrith"_s);
        QVERIFY(view.selectedSubject().startsWith(u"trop01/vm/Wenebrith/"));
    }

    void goesFromTheTableToTheFleet()
    {
        ContainersView view;
        display(view, withDuplicate());
        QSignalSpy spy(&view, &ContainersView::goToSubject);
        table(view)->setCurrentIndex(table(view)->model()->index(0, 0));
        QVERIFY(view.selectedSubject().startsWith(u"trop01/vm/Araybwyn/container/"));
        Q_EMIT table(view)->activated(table(view)->currentIndex());
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy[0][0].toString(), view.selectedSubject());
    }

    void aChoiceNeverSlides()
    {
        ContainersView view;
        SwarmSample sample = withDuplicate();
        display(view, sample);
        const QModelIndex last = table(view)->model()->index(5, 0);
        table(view)->setCurrentIndex(last);
        const QString chosen = view.selectedSubject();
        sample.containers[2].removeLast();
        display(view, sample);
        QCOMPARE(view.selectedSubject(), chosen);
        sample.containers[1].removeLast();
        display(view, sample);
        QVERIFY(view.selectedSubject() != chosen || table(view)->model()->rowCount() == 5);
        QVERIFY(!table(view)->currentIndex().isValid() ||
                table(view)->currentIndex().data(ContainersModel::KeyRole).toString() == chosen);
    }

    void saysWhyThereIsNothing()
    {
        ContainersView view;
        QVERIFY(words(view, u"noServices"_s).contains(u"Nothing has been read"));
        SwarmSample sample;
        sample.answers = false;
        sample.read = {false, false, false};
        display(view, sample);
        QVERIFY(words(view, u"noServices"_s).contains(u"No service of a Swarm or a Compose project"));
        QVERIFY(words(view, u"noContainers"_s).contains(u"Not known of: Thalorien on trop01"));
        display(view, healthySwarm());
        view.findChild<QLineEdit *>(u"containersFilter"_s)->setText(u"nothing like it"_s);
        QVERIFY(words(view, u"noContainers"_s).contains(u"There are 5 in all."));
    }

    void remembersItsLayout()
    {
        ContainersView view;
        table(view)->horizontalHeader()->resizeSection(ContainersModel::Name, 321);
        ContainersView other;
        other.restoreLayout(view.saveLayout());
        QCOMPARE(table(other)->horizontalHeader()->sectionSize(ContainersModel::Name), 321);
        other.restoreLayout("nonsense");
        QCOMPARE(table(other)->horizontalHeader()->sectionSize(ContainersModel::Name), 321);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestContainersView test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_containers_view.moc"
