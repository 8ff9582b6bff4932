#include "tests/support/sample_fleet.h"
#include "views/plan/float_targets.h"
#include "views/plan/vm_chooser.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString ulov = u"trop02/vm/Ulov"_s;

/// A board of two VMs, of which the first holds float1 as it should be.
FloatBoard board()
{
    BoardCard card;
    card.name = u"float1"_s;
    card.state = CardState::Sound;
    FloatBoard made;
    made.columns = {
        {u"trop02"_s,
         true,
         {{u"trop02/vm/Acilamwen"_s, u"Acilamwen"_s, DomainState::Running, {card}},
          {ulov, u"Ulov"_s, DomainState::Running, {}}}},
        {u"trop03"_s, true, {{u"trop03/vm/Larithiel"_s, u"Larithiel"_s, DomainState::Running, {}}}}};
    return made;
}

struct Chooser
{
    QPointer<VmChooser> dialog;
    QStringList chosen;

    explicit Chooser(const FloatBoard &board, const QString &hypervisor = {})
        : dialog(new VmChooser(board, u"float1"_s, hypervisor))
    {
        QObject::connect(dialog, &VmChooser::chosen, dialog,
                         [this](const QString &subject) { chosen.append(subject); });
        dialog->show();
    }
    ~Chooser() { delete dialog; }

    QLineEdit *text() const { return dialog->findChild<QLineEdit *>(u"vmFilter"_s); }
    QStringList shown() const
    {
        QStringList rows;
        const auto *list = dialog->findChild<QListWidget *>(u"vmList"_s);
        for (int row = 0; row < list->count(); ++row)
            if (!list->item(row)->isHidden())
                rows.append(list->item(row)->text());
        return rows;
    }
};

} // namespace

class TestVmChooser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void typingNarrowsAndEnterChooses()
    {
        Chooser chooser(board());
        QCOMPARE(chooser.shown().size(), 4); // three VMs, and nobody
        QTest::keyClicks(chooser.text(), u"trop03 lar"_s);
        QCOMPARE(chooser.shown().size(), 1);
        QTest::keyClick(chooser.text(), Qt::Key_Return);
        QCOMPARE(chooser.chosen, QStringList{u"trop03/vm/Larithiel"_s});
    }

    void arrowsPassWhatCannotBeChosen()
    {
        Chooser chooser(board());
        QTest::keyClick(chooser.text(), Qt::Key_Down);
        QTest::keyClick(chooser.text(), Qt::Key_Up);
        QTest::keyClick(chooser.text(), Qt::Key_Up);
        QTest::keyClick(chooser.text(), Qt::Key_Return);
        QCOMPARE(chooser.chosen, QStringList{ulov});
    }

    void whoHasItAlreadySaysSo()
    {
        Chooser chooser(board());
        QTest::keyClicks(chooser.text(), u"Acil"_s);
        QCOMPARE(chooser.shown().size(), 1);
        QVERIFY2(chooser.shown().first().contains(u"has it already"_s), qPrintable(chooser.shown().first()));
        QTest::keyClick(chooser.text(), Qt::Key_Return);
        QVERIFY(chooser.chosen.isEmpty());
        QVERIFY(chooser.dialog->isVisible());
    }

    void aConflictMayBeRepairedTowardsAHolder()
    {
        FloatBoard split = board();
        split.columns[0].vms[0].cards[0].state = CardState::Wrong;
        Chooser chooser(split);
        QTest::keyClicks(chooser.text(), u"Acil"_s);
        QTest::keyClick(chooser.text(), Qt::Key_Return);
        QCOMPARE(chooser.chosen, QStringList{u"trop02/vm/Acilamwen"_s});
    }

    void escapeLeavesAllAsItIs()
    {
        Chooser chooser(board());
        QTest::keyClick(chooser.text(), Qt::Key_Escape);
        QVERIFY(chooser.chosen.isEmpty());
        QTRY_VERIFY(!chooser.dialog);
    }

    void aNameThatNobodyHasChoosesNothing()
    {
        Chooser chooser(board());
        QTest::keyClicks(chooser.text(), u"nobody-is-called-so"_s);
        QVERIFY(chooser.shown().isEmpty());
        QTest::keyClick(chooser.text(), Qt::Key_Return);
        QVERIFY(chooser.chosen.isEmpty());
    }

    void oneHypervisorsVmsAlone()
    {
        Chooser chooser(board(), u"trop03"_s);
        QCOMPARE(chooser.shown().size(), 1);
    }

    void aFreeFloatIsNotReleased()
    {
        FloatBoard free = board();
        free.loose = free.columns[0].vms[0].cards;
        free.columns[0].vms[0].cards.clear();
        Chooser chooser(free);
        QCOMPARE(chooser.shown().size(), 3);
        QCOMPARE(moveRequest(free, u"float1"_s, ulov).name, u"float-assign"_s);
        QCOMPARE(moveRequest(board(), u"float1"_s, ulov).name, u"float-reassign"_s);
        QCOMPARE(moveRequest(board(), u"float1"_s, nobodySubject()).name, u"float-release"_s);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestVmChooser test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_vm_chooser.moc"
