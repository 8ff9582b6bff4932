#include "models/items/floats_model.h"
#include "tests/support/sample_fleet.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace tropo;

namespace {

int column(FloatLayer layer)
{
    return FloatsModel::FirstLayer + static_cast<int>(layer);
}

} // namespace

class TestFloatsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aRowAFloatAndAColumnALayer()
    {
        FloatsModel model;
        model.setFloats(sample::fleet().floats);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.columnCount(), FloatsModel::FirstLayer + 8);
        QCOMPARE(model.headerData(column(FloatLayer::Live), Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("Live XML"));
        const QModelIndex file =
            model.indexOf(QStringLiteral("float1")).siblingAtColumn(column(FloatLayer::File));
        QCOMPARE(file.data(FloatsModel::StateRole).value<LayerState>(), LayerState::Disagrees);
        QVERIFY(file.data().toString().contains(QLatin1String("52:54:00:00:01:01")));
        QCOMPARE(
            model.indexOf(QStringLiteral("float1")).siblingAtColumn(FloatsModel::Holders).data().toString(),
            QStringLiteral("Acilamwen on trop02"));
    }

    void theFirstThatDisagreesIsMarkedByAWord()
    {
        FloatsModel model;
        const QList<FloatRow> floats = sample::fleet().floats;
        model.setFloats(floats);
        QVERIFY(floats[0].firstDisagreeing);
        int marked = 0;
        for (int i = 0; i < floatLayerCount; ++i) {
            const QModelIndex cell = model.index(0, FloatsModel::FirstLayer + i);
            const bool first = cell.data(FloatsModel::FirstRole).toBool();
            marked += first ? 1 : 0;
            QCOMPARE(cell.data(FloatsModel::StateWordRole).toString() == QLatin1String("disagrees first"),
                     first);
            QVERIFY(!cell.data(FloatsModel::StateWordRole).toString().isEmpty());
            QVERIFY(cell.data(Qt::AccessibleTextRole)
                        .toString()
                        .contains(cell.data(FloatsModel::StateWordRole).toString()));
        }
        QCOMPARE(marked, 1);
    }

    void nobodyIsSaidAsFarAsItIsKnown()
    {
        FloatsModel model;
        QList<FloatRow> floats = sample::fleet().floats;
        model.setFloats(floats);
        // trop03 was not read.
        QCOMPARE(
            model.indexOf(QStringLiteral("float4")).siblingAtColumn(FloatsModel::Holders).data().toString(),
            QStringLiteral("nobody in what was read"));
        floats[3].cells[static_cast<int>(FloatLayer::Live)].state = LayerState::Absent;
        model.setFloats(floats);
        QCOMPARE(
            model.indexOf(QStringLiteral("float4")).siblingAtColumn(FloatsModel::Holders).data().toString(),
            QStringLiteral("nobody"));
    }

    void remoteTextIsMadeVisible()
    {
        FloatsModel model;
        QList<FloatRow> floats = sample::fleet().floats;
        floats[0].cells[1].text = QStringLiteral("a\u202eb");
        model.setFloats(floats);
        QCOMPARE(model.index(0, FloatsModel::FirstLayer + 1).data().toString(), QStringLiteral("a<U+202E>b"));
    }

    void rowsKeepTheirFloat()
    {
        std::mt19937 dice(5);
        FloatsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QList<FloatRow> all = sample::fleet().floats;
        for (int turn = 0; turn < 300; ++turn) {
            QList<FloatRow> some;
            for (FloatRow row : all)
                if (dice() % 4 > 0) {
                    row.cells[2].text = QString::number(dice() % 3);
                    some.append(row);
                }
            std::shuffle(some.begin(), some.end(), dice);
            QHash<QString, QPersistentModelIndex> held;
            for (int i = 0; i < model.rowCount(); ++i)
                held.insert(model.index(i, 0).data(FloatsModel::NameRole).toString(), model.index(i, 0));
            model.setFloats(some);
            for (int i = 0; i < some.size(); ++i)
                QCOMPARE(model.index(i, FloatsModel::FirstLayer + 2).data().toString(),
                         some[i].cells[2].text);
            for (auto it = held.begin(); it != held.end(); ++it) {
                QCOMPARE(it->isValid(), model.indexOf(it.key()).isValid());
                if (it->isValid())
                    QCOMPARE(it->data(FloatsModel::NameRole).toString(), it.key());
            }
        }
        QCOMPARE(resets.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFloatsModel)
#include "test_floats_model.moc"
