#include "models/items/float_board.h"
#include "tests/support/sample_fleet.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const BoardVm *vmOf(const FloatBoard &board, const QString &subject)
{
    for (const BoardColumn &column : board.columns)
        for (const BoardVm &vm : column.vms)
            if (vm.subject == subject)
                return &vm;
    return nullptr;
}

const BoardCard *cardOn(const BoardVm *vm, const QString &name)
{
    for (const BoardCard &card : vm->cards)
        if (card.name == name)
            return &card;
    return nullptr;
}

} // namespace

class TestFloatBoard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aFloatLiesOnEveryVmThatHasSomethingOfIt()
    {
        Snapshot snapshot = sample::fleet();
        FloatRow &row = snapshot.floats[0];
        row.holders = {{u"trop02/vm/Acilamwen"_s, u"its address"_s}, {u"trop02/vm/Ulov"_s, u"its MAC"_s}};
        const FloatBoard board = floatBoard(snapshot);
        for (const auto &[subject, has] : {std::pair(u"trop02/vm/Acilamwen"_s, u"its address"_s),
                                           std::pair(u"trop02/vm/Ulov"_s, u"its MAC"_s)}) {
            const BoardVm *vm = vmOf(board, subject);
            QVERIFY2(vm, qPrintable(subject));
            const BoardCard *card = cardOn(vm, row.name);
            QVERIFY2(card, qPrintable(subject));
            QCOMPARE(card->has, has);
            QVERIFY(card->split);
            QCOMPARE(card->state, CardState::Wrong);
        }
        for (const BoardCard &card : board.loose)
            QVERIFY(card.name != row.name);
    }

    void aDisagreementIsSaid()
    {
        const Snapshot snapshot = sample::fleet();
        QVERIFY(snapshot.floats[0].firstDisagreeing);
        const FloatBoard board = floatBoard(snapshot);
        const BoardCard *card = cardOn(vmOf(board, u"trop02/vm/Acilamwen"_s), snapshot.floats[0].name);
        QVERIFY(card);
        QCOMPARE(card->state, CardState::Wrong);
        QVERIFY(!card->says.isEmpty());
    }

    void whatWasNotReadMayHoldIt()
    {
        Snapshot snapshot = sample::fleet();
        FloatRow &row = snapshot.floats[0];
        row.holders.clear();
        row.firstDisagreeing.reset();
        const auto set = [&row](LayerState state) {
            for (FloatCell &cell : row.cells)
                cell.state = cell.layer == FloatLayer::Declared ? LayerState::Agrees : state;
        };
        set(LayerState::NotKnown);
        QCOMPARE(floatBoard(snapshot).loose.front().state, CardState::NotKnown);
        set(LayerState::Absent);
        QCOMPARE(floatBoard(snapshot).loose.front().state, CardState::Free);
    }

    void aHypervisorThatWasNotReadSaysSo()
    {
        Snapshot snapshot = sample::fleet();
        snapshot.fleet.hypervisors.front().domains.reset();
        const FloatBoard board = floatBoard(snapshot);
        QVERIFY(!board.columns.front().known);
        QVERIFY(board.columns.front().vms.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFloatBoard)
#include "test_float_board.moc"
