#include "models/parse/interface_pci.h"

#include "reading.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestInterfacePci : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsALineAnInterface()
    {
        const auto list = clean(&parseInterfacePci, "lo - -\nens5 52:54:00:00:01:01 0000:00:07.0\r\n\n"
                                                    "docker0 02:42:ac:11:00:01 -\n");
        QCOMPARE(list.size(), 3);
        QVERIFY(!list[0].mac && !list[0].pci);
        QCOMPARE(list[1].name, u"ens5"_s);
        QCOMPARE(list[1].mac->toString(), u"52:54:00:00:01:01"_s);
        QCOMPARE(list[1].pci->toString(), u"0000:00:07.0"_s);
        QCOMPARE(list[1].source, lines(2, 2));
        QVERIFY(list[2].mac && !list[2].pci);
        QVERIFY(clean(&parseInterfacePci, "").isEmpty());
    }

    void keepsWhatIsGoodOfABadLine()
    {
        const auto parsed =
            parseInterfacePci("ens5 52:54:00:00:01:01 0000:00:99.0\nens6 x y\nens7\n....\n", documentName);
        QCOMPARE(parsed.value.size(), 1);
        QVERIFY(parsed.value[0].mac && !parsed.value[0].pci);
        QCOMPARE(parsed.problems.size(), 4);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(parsed.problems[i].line, i + 1);
    }

    void linesOfNothingCostNothing()
    {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(clean(&parseInterfacePci, QByteArray(10'000'000, '\n')).isEmpty());
        const auto parsed = parseInterfacePci(QByteArray("x\n").repeated(500'000), documentName);
        QCOMPARE(parsed.problems.size(), 101);
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void survivesBrokenText()
    {
        survives(&parseInterfacePci,
                 "lo - -\nens5 52:54:00:00:01:01 0000:00:07.0\nens6 52:54:00:00:01:02 -\n");
    }
};

QTEST_GUILESS_MAIN(TestInterfacePci)
#include "test_interface_pci.moc"
