#include "tests/support/sample_fleet.h"
#include "views/floats/float_board_view.h"
#include "views/floats/float_card.h"
#include "views/floats/lane.h"
#include "views/plan/vm_chooser.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

FloatCard *cardOf(const FloatBoardView &board, const QString &name)
{
    for (FloatCard *card : board.findChildren<FloatCard *>())
        if (card->card().name == name)
            return card;
    return nullptr;
}

Lane *laneOf(const FloatBoardView &board, const QString &subject)
{
    for (Lane *lane : board.findChildren<Lane *>())
        if (lane->subject() == subject)
            return lane;
    return nullptr;
}

void drop(Lane *lane, const QString &name)
{
    QMimeData data;
    data.setData(QLatin1String(floatMimeType), name.toUtf8());
    QDragEnterEvent enter(QPoint(5, 5), Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(lane, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(lane, &event);
}

/// What the board says when a float is held over a place.
QString hover(FloatBoardView &board, Lane *lane, const QString &name)
{
    QSignalSpy hints(&board, &FloatBoardView::hinted);
    QMimeData data;
    data.setData(QLatin1String(floatMimeType), name.toUtf8());
    QDragEnterEvent enter(QPoint(5, 5), Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(lane, &enter);
    return hints.isEmpty() ? QString() : hints.last().first().toString();
}

bool wouldTake(Lane *lane, const QString &name)
{
    QMimeData data;
    data.setData(QLatin1String(floatMimeType), name.toUtf8());
    QDragMoveEvent move(QPoint(5, 5), Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(lane, &move);
    return move.isAccepted();
}

/// float1 as it should be on Acilamwen, alone.
FloatBoard soundBoard()
{
    FloatBoard board = floatBoard(sample::fleet());
    for (BoardColumn &column : board.columns)
        for (BoardVm &vm : column.vms)
            for (BoardCard &card : vm.cards) {
                card.state = CardState::Sound;
                card.split = false;
            }
    return board;
}

const QString ulov = u"trop02/vm/Ulov"_s;

} // namespace

class TestFloatBoardView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void aDropAsksForThePlan()
    {
        FloatBoardView board;
        board.show(floatBoard(sample::fleet()));
        QSignalSpy spy(&board, &FloatBoardView::planWanted);
        drop(laneOf(board, u"trop02/vm/Ulov"_s), u"float1"_s);
        QCOMPARE(spy.size(), 1);
        const PlanRequest held{u"float-reassign"_s, {u"float1"_s, u"trop02/vm/Ulov"_s}, {}};
        QCOMPARE(spy.first().first().value<PlanRequest>(), held);
    }

    void aFreeFloatIsAssignedAndAHeldOneReleased()
    {
        Snapshot snapshot = sample::fleet();
        FloatRow &free = snapshot.floats[1];
        free.holders.clear();
        FloatBoardView board;
        board.show(floatBoard(snapshot));
        QSignalSpy spy(&board, &FloatBoardView::planWanted);
        drop(laneOf(board, u"trop02/vm/Ulov"_s), free.name);
        const PlanRequest assign{u"float-assign"_s, {free.name, u"trop02/vm/Ulov"_s}, {}};
        QCOMPARE(spy.takeFirst().first().value<PlanRequest>(), assign);
        drop(laneOf(board, u"nobody"_s), u"float1"_s);
        const PlanRequest release{u"float-release"_s, {u"float1"_s}, {}};
        QCOMPARE(spy.takeFirst().first().value<PlanRequest>(), release);
        // What nobody has cannot be released.
        hover(board, laneOf(board, u"nobody"_s), free.name);
        QVERIFY(!wouldTake(laneOf(board, u"nobody"_s), free.name));
        QVERIFY(spy.isEmpty());
    }

    void whatIsDroppedFromElsewhereIsRefused()
    {
        FloatBoardView board;
        board.show(floatBoard(sample::fleet()));
        QMimeData data;
        data.setText(u"float1"_s);
        QDragEnterEvent enter(QPoint(5, 5), Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.setAccepted(false);
        QApplication::sendEvent(laneOf(board, u"trop02/vm/Ulov"_s), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void theKeyboardMovesItToo_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("M") << Qt::Key_M;
        QTest::newRow("Enter") << Qt::Key_Return;
    }
    void theKeyboardMovesItToo()
    {
        QFETCH(Qt::Key, key);
        FloatBoardView board;
        board.show(floatBoard(sample::fleet()));
        board.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&board));
        FloatCard *card = cardOf(board, u"float1"_s);
        QVERIFY(card);
        card->setFocus();
        QSignalSpy spy(&board, &FloatBoardView::planWanted);
        QTest::keyClick(card, key);
        QPointer<VmChooser> chooser = board.findChild<VmChooser *>();
        QVERIFY(chooser);
        auto *text = chooser->findChild<QLineEdit *>();
        QTest::keyClick(text, Qt::Key_Escape);
        QTRY_VERIFY(!chooser);
        QVERIFY(spy.isEmpty());
        QTest::keyClick(card, key);
        chooser = board.findChild<VmChooser *>();
        text = chooser->findChild<QLineEdit *>();
        QTest::keyClicks(text, u"ulov"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().value<PlanRequest>().arguments.last(), ulov);
        QTRY_VERIFY(!chooser);
    }

    void arrowsGoFromCardToCardAndNoFurther()
    {
        BoardCard a;
        a.name = u"a"_s;
        BoardCard b;
        b.name = u"b"_s;
        BoardCard c;
        c.name = u"c"_s;
        FloatBoard made;
        made.columns = {{u"h1"_s,
                         true,
                         {{u"h1/vm/one"_s, u"one"_s, DomainState::Running, {a}},
                          {u"h1/vm/two"_s, u"two"_s, DomainState::Running, {b}}}},
                        {u"h2"_s, true, {{u"h2/vm/three"_s, u"three"_s, DomainState::Running, {c}}}}};
        FloatBoardView board;
        board.show(made);
        board.resize(900, 600);
        board.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&board));
        cardOf(board, u"a"_s)->setFocus();
        const auto press = [&board](Qt::Key key) {
            QTest::keyClick(QApplication::focusWidget(), key);
            const auto *card = qobject_cast<FloatCard *>(QApplication::focusWidget());
            return card ? card->card().name : QString();
        };
        QCOMPARE(press(Qt::Key_Down), u"b"_s);
        QCOMPARE(press(Qt::Key_Down), u"b"_s);
        QCOMPARE(press(Qt::Key_Right), u"c"_s);
        QCOMPARE(press(Qt::Key_Right), u"c"_s);
        QCOMPARE(press(Qt::Key_Up), u"c"_s);
        QVERIFY(!press(Qt::Key_Left).isEmpty());
        QCOMPARE(press(Qt::Key_Up), u"a"_s);
        QCOMPARE(press(Qt::Key_Left), u"a"_s);
    }

    void whoHasItAlreadyRefusesItAndSaysWhy()
    {
        FloatBoardView board;
        board.show(soundBoard());
        QSignalSpy asked(&board, &FloatBoardView::asked);
        Lane *lane = laneOf(board, u"trop02/vm/Acilamwen"_s);
        const QString says = hover(board, lane, u"float1"_s);
        QVERIFY2(says.contains(u"Acilamwen has it already"_s), qPrintable(says));
        QVERIFY(asked.isEmpty()); // that needs no planner
        QVERIFY(!wouldTake(lane, u"float1"_s));
    }

    void whatThePlannerRefusesIsRefusedWhileItIsHeld()
    {
        FloatBoardView board;
        board.show(soundBoard());
        QSignalSpy asked(&board, &FloatBoardView::asked);
        QSignalSpy hints(&board, &FloatBoardView::hinted);
        QSignalSpy plans(&board, &FloatBoardView::planWanted);
        Lane *lane = laneOf(board, ulov);
        hover(board, lane, u"float1"_s);
        QCOMPARE(asked.size(), 1);
        const auto request = asked.first().first().value<PlanRequest>();
        QVERIFY(wouldTake(lane, u"float1"_s));
        board.answer(request, {});
        QVERIFY(hints.last().first().toString().contains(u"give it to Ulov on trop02"_s));
        QVERIFY(wouldTake(lane, u"float1"_s));
        board.answer(request, u"there is no way into it"_s);
        QCOMPARE(hints.last().first().toString(), u"Not here: there is no way into it"_s);
        QVERIFY(!wouldTake(lane, u"float1"_s));
        QMimeData data;
        data.setData(QLatin1String(floatMimeType), "float1");
        QDropEvent event(QPointF(5, 5), Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(lane, &event);
        QVERIFY(plans.isEmpty());
        // What is known of it is not asked again; a new reading is.
        QVERIFY(hover(board, lane, u"float1"_s).contains(u"no way into it"_s));
        QCOMPARE(asked.size(), 1);
        board.show(soundBoard());
        hover(board, lane, u"float1"_s);
        QCOMPARE(asked.size(), 2);
    }

    void whatWasNotReadTakesNothingAndSaysSo()
    {
        FloatBoardView board;
        FloatBoard made = soundBoard();
        made.columns.append({u"trop09"_s, false, {}});
        board.show(made);
        Lane *lane = laneOf(board, u"closed:trop09"_s);
        QVERIFY(lane);
        QVERIFY2(lane->accessibleName().contains(u"not read"_s), qPrintable(lane->accessibleName()));
        QVERIFY(hover(board, lane, u"float1"_s).contains(u"was not read"_s));
        QVERIFY(!wouldTake(lane, u"float1"_s));
    }

    void nothingMovesUnderACardThatIsHeld()
    {
        FloatBoardView board;
        board.show(soundBoard());
        FloatCard *card = cardOf(board, u"float1"_s);
        Q_EMIT card->dragged(true);
        board.show({});
        QVERIFY(laneOf(board, ulov));
        Q_EMIT card->dragged(false);
        QVERIFY(!laneOf(board, ulov));
    }

    void focusLivesThroughARefresh()
    {
        Snapshot snapshot = sample::fleet();
        FloatBoardView board;
        board.show(floatBoard(snapshot));
        const FloatCard *card = cardOf(board, u"float1"_s);
        board.choose(u"float1"_s);
        snapshot.floats[0].cells[0].text = u"changed"_s;
        std::reverse(snapshot.floats.begin(), snapshot.floats.end());
        board.show(floatBoard(snapshot));
        QCOMPARE(cardOf(board, u"float1"_s), card);
        snapshot.fleet.hypervisors.removeFirst();
        board.show(floatBoard(snapshot));
        QVERIFY(!laneOf(board, u"trop02/vm/Ulov"_s));
    }

    void manyVmsAreFoldedIntoOneLane()
    {
        Snapshot snapshot = sample::large(1, 40);
        snapshot.floats = {};
        FloatBoardView board;
        board.show(floatBoard(snapshot));
        QCOMPARE(board.findChildren<Lane *>().size(), 2); // the folded ones, and nobody's
    }

    void noCardIsCutShortWhereTheBoardIsLow()
    {
        FloatBoardView board;
        board.resize(700, 150);
        FloatBoard crowded = floatBoard(sample::fleet());
        QVERIFY(!crowded.columns.isEmpty() && !crowded.columns.front().vms.isEmpty());
        for (const char *name : {"float7", "float8", "float9"}) {
            BoardCard card;
            card.name = QString::fromLatin1(name);
            crowded.columns.front().vms.front().cards.append(card);
        }
        board.show(crowded);
        board.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&board));
        for (const FloatCard *card : board.findChildren<FloatCard *>())
            QTRY_COMPARE(card->height(), card->sizeHint().height());
    }

    void everyCardSaysWhatItIs()
    {
        FloatBoardView board;
        board.show(floatBoard(sample::fleet()));
        for (const FloatCard *card : board.findChildren<FloatCard *>()) {
            QVERIFY2(card->accessibleName().contains(card->card().name), qPrintable(card->accessibleName()));
            QVERIFY(card->accessibleName().contains(card->card().mac));
            QVERIFY(!card->findChild<QToolButton *>(u"moveFloat"_s)->accessibleName().isEmpty());
        }
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestFloatBoardView test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_float_board_view.moc"
