#include "ssh/collect/float_probe.h"

#include "models/parse/reachability.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

FloatPolicy floatAt(const QString &name, const QString &address)
{
    FloatPolicy floating;
    floating.name = name;
    floating.address = Ipv4::fromString(address).value_or(Ipv4());
    return floating;
}

QList<Reachability> told(const QSignalSpy &spy)
{
    return parseReachability(spy.at(0).at(0).toByteArray(), u"reachability.json"_s).value;
}

} // namespace

class TestFloatProbe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tellsAnAnswerAndARefusalFromSilence()
    {
        QTcpServer accepting;
        QVERIFY(accepting.listen(QHostAddress(u"127.0.0.2"_s)));
        // A server whose queue is full drops what comes: the nearest to silence that loopback has.
        QTcpServer silent;
        silent.setListenBacklogSize(0);
        QVERIFY(silent.listen(QHostAddress(u"127.0.0.3"_s), accepting.serverPort()));
        silent.pauseAccepting();
        std::vector<std::unique_ptr<QTcpSocket>> fillers;
        for (int i = 0; i < 4; ++i) {
            fillers.push_back(std::make_unique<QTcpSocket>());
            fillers.back()->connectToHost(u"127.0.0.3"_s, accepting.serverPort());
        }
        QTRY_COMPARE(fillers.front()->state(), QAbstractSocket::ConnectedState);
        FloatProbe probe;
        probe.setPorts({accepting.serverPort()});
        QSignalSpy spy(&probe, &FloatProbe::finished);
        probe.start({floatAt(u"float1"_s, u"127.0.0.2"_s), floatAt(u"float2"_s, u"127.0.0.3"_s),
                     floatAt(u"float3"_s, u"127.0.0.4"_s)},
                    std::chrono::seconds(1));
        QVERIFY(spy.wait(5000));
        const QList<Reachability> probes = told(spy);
        QCOMPARE(probes.size(), 3);
        QVERIFY(probes[0].answered && probes[0].tried.contains(u"accepts"_s));
        QVERIFY2(!probes[1].answered, qPrintable(probes[1].tried));
        QVERIFY(probes[2].answered && probes[2].tried.contains(u"refuses"_s));
        QCOMPARE(probes[1].source.first, 3);
    }

    void endsAtOnceWhenAllAnswered()
    {
        QTcpServer accepting;
        QVERIFY(accepting.listen(QHostAddress(u"127.0.0.2"_s)));
        FloatProbe probe;
        probe.setPorts({accepting.serverPort()});
        QSignalSpy spy(&probe, &FloatProbe::finished);
        probe.start({floatAt(u"float1"_s, u"127.0.0.2"_s)}, std::chrono::minutes(10));
        QVERIFY(spy.wait(5000));
        QVERIFY(told(spy).at(0).answered);
    }

    void aCancelledProbeSaysNothing()
    {
        FloatProbe probe;
        QSignalSpy spy(&probe, &FloatProbe::finished);
        probe.start({}, std::chrono::seconds(1));
        probe.cancel();
        QCoreApplication::processEvents();
        QCOMPARE(spy.count(), 0);
        probe.start({}, std::chrono::seconds(1));
        QVERIFY(spy.wait(2000));
        QVERIFY(told(spy).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFloatProbe)
#include "test_float_probe.moc"
