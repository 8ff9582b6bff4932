#include "models/items/changes_model.h"
#include "models/items/export_role.h"

#include <QAbstractItemModelTester>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

Change change(ChangeKind kind, const QString &subject, const QString &message)
{
    Change made;
    made.kind = kind;
    made.subject = subject;
    made.message = message;
    return made;
}

Comparison sampleComparison()
{
    Comparison made;
    made.changes = {
        change(ChangeKind::Changed, u"float/float1"_s, u"float1 moved."_s),
        change(ChangeKind::Added, u"trop02/vm/Acilamwen/if/ens5"_s, u"HWADDR is new."_s),
        change(ChangeKind::Changed, u"trop02/vm/Acilamwen"_s, u"The state was running."_s),
        change(ChangeKind::Removed, u"trop02/network/default"_s, u"The lease is gone."_s),
        change(ChangeKind::Removed, u"trop02/vm/Acilamwen/nic/net1"_s, u"A NIC \x1b[31m is gone."_s)};
    made.notCompared = {{u"trop03"_s, u"Its VMs: read in the earlier alone."_s}};
    return made;
}

QStringList texts(const QAbstractItemModel &model)
{
    QStringList all;
    for (int group = 0; group < model.rowCount(); ++group) {
        const QModelIndex parent = model.index(group, 0);
        all.append(parent.data().toString());
        for (int row = 0; row < model.rowCount(parent); ++row)
            all.append(model.index(row, ChangesModel::Kind, parent).data().toString() + u'|' +
                       model.index(row, ChangesModel::Where, parent).data().toString());
    }
    return all;
}

} // namespace

class TestChangesModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void groupsByWhatItIsAbout()
    {
        ChangesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setComparison(sampleComparison());
        QCOMPARE(texts(model),
                 (QStringList{u"float/float1  \u00b7  1"_s, u"changed|"_s,
                              u"trop02/vm/Acilamwen  \u00b7  3"_s, u"added|if/ens5"_s, u"changed|"_s,
                              u"removed|nic/net1"_s, u"trop02/network/default  \u00b7  1"_s, u"removed|"_s,
                              u"Not comparable  \u00b7  1"_s, u"not comparable|trop03"_s}));
        QCOMPARE(model.shown(), 6);
        const QModelIndex nic = model.index(2, ChangesModel::Message, model.index(1, 0));
        QVERIFY(!nic.data().toString().contains(QChar(0x1b)));
        QCOMPARE(model.change(nic)->subject, u"trop02/vm/Acilamwen/nic/net1"_s);
        QVERIFY(!model.change(model.index(0, 0)));
        QVERIFY(!model.change(model.index(0, 0, model.index(3, 0))));
    }

    void otherProgramsGetEachRowByItself()
    {
        ChangesModel model;
        Comparison made = sampleComparison();
        made.changes[1].message = QString(1500, u'm');
        model.setComparison(made);
        const QModelIndex group = model.index(1, 0);
        QCOMPARE(model.index(0, ChangesModel::Where, group).data(exportRole).toString(),
                 u"trop02/vm/Acilamwen/if/ens5"_s);
        QCOMPARE(model.index(0, ChangesModel::Message, group).data(exportRole).toString(),
                 made.changes[1].message);
    }

    void filters()
    {
        ChangesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setComparison(sampleComparison());
        ChangeFilter filter;
        filter.text = u"LEASE"_s;
        model.setFilter(filter);
        QCOMPARE(model.shown(), 1);
        filter.text = u"acilamwen"_s;
        filter.removed = false;
        model.setFilter(filter);
        QCOMPARE(model.shown(), 2);
        filter = {};
        filter.notCompared = filter.changed = false;
        model.setFilter(filter);
        QCOMPARE(texts(model),
                 (QStringList{u"trop02/vm/Acilamwen  \u00b7  2"_s, u"added|if/ens5"_s, u"removed|nic/net1"_s,
                              u"trop02/network/default  \u00b7  1"_s, u"removed|"_s}));
        model.setComparison({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestChangesModel)
#include "test_changes_model.moc"
