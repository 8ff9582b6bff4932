#include "models/rules/sightings.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QDateTime start({2023, 7, 18}, {16, 0}, Qt::UTC);

/// A finding that stands on the documents a and b.
Finding finding(Sighting sighting = Sighting::Once, const QString &subject = u"s"_s)
{
    Finding made;
    made.rule = u"rule"_s;
    made.subject = subject;
    made.sighting = sighting;
    made.related = {u"x"_s, u"y"_s};
    made.evidence = {{{u"a"_s, 1, 1}, {}}, {{u"b"_s, 1, 1}, {}}};
    return made;
}

/// Documents a and b, read so many seconds after the start.
Evidence read(qint64 a, qint64 b)
{
    Evidence evidence;
    evidence.documents.insert(u"a"_s, {"a", start.addSecs(a), {}});
    evidence.documents.insert(u"b"_s, {"b", start.addSecs(b), {}});
    return evidence;
}

} // namespace

class TestSightings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aSecondReadingConfirms_data()
    {
        QTest::addColumn<qint64>("a");
        QTest::addColumn<qint64>("b");
        QTest::addColumn<bool>("confirmed");
        // The first reading took from 0 to 5 s.
        QTest::newRow("the same reading, judged again") << qint64(0) << qint64(5) << false;
        QTest::newRow("too soon") << qint64(24) << qint64(29) << false;
        QTest::newRow("20 s after all of the first") << qint64(25) << qint64(30) << true;
        QTest::newRow("one of the two was not read again") << qint64(60) << qint64(5) << false;
        QTest::newRow("much later") << qint64(6000) << qint64(6000) << true;
    }
    void aSecondReadingConfirms()
    {
        QFETCH(qint64, a);
        QFETCH(qint64, b);
        QFETCH(bool, confirmed);
        QList<Finding> findings{finding()};
        Sightings memory = sighted({}, findings, read(0, 5));
        QCOMPARE(findings[0].sighting, Sighting::Once);
        findings = {finding()};
        memory = sighted(memory, findings, read(a, b));
        QCOMPARE(findings[0].sighting, confirmed ? Sighting::Confirmed : Sighting::Once);
        // What is confirmed stays so while it is found.
        findings = {finding()};
        memory = sighted(memory, findings, read(a, b));
        QCOMPARE(findings[0].sighting, confirmed ? Sighting::Confirmed : Sighting::Once);
    }

    void whatIsSettledStaysSettled()
    {
        QList<Finding> findings{finding(Sighting::Settled)};
        const Sightings memory = sighted({}, findings, read(0, 5));
        QCOMPARE(findings[0].sighting, Sighting::Settled);
        QVERIFY(memory.byId.isEmpty());
    }

    void whatWentAwayIsForgotten()
    {
        QList<Finding> findings{finding()};
        Sightings memory = sighted({}, findings, read(0, 5));
        QList<Finding> none;
        memory = sighted(memory, none, read(30, 30));
        QVERIFY(memory.byId.isEmpty());
        findings = {finding()};
        memory = sighted(memory, findings, read(60, 60));
        QCOMPARE(findings[0].sighting, Sighting::Once);
    }

    void otherContainersAreAnotherCase()
    {
        QList<Finding> findings{finding()};
        Sightings memory = sighted({}, findings, read(0, 5));
        findings = {finding()};
        findings[0].related = {u"y"_s, u"z"_s};
        memory = sighted(memory, findings, read(60, 60));
        QCOMPARE(findings[0].sighting, Sighting::Once);
        findings = {finding()};
        findings[0].related = {u"z"_s, u"y"_s}; // in another order
        memory = sighted(memory, findings, read(90, 90));
        QCOMPARE(findings[0].sighting, Sighting::Confirmed);
    }

    void oneFindingConfirmsNoOther()
    {
        QList<Finding> findings{finding()};
        const Sightings memory = sighted({}, findings, read(0, 5));
        findings = {finding(), finding(Sighting::Once, u"t"_s)};
        sighted(memory, findings, read(60, 60));
        QCOMPARE(findings[0].sighting, Sighting::Confirmed);
        QCOMPARE(findings[1].sighting, Sighting::Once);
    }

    void withoutTimesNothingIsConfirmed()
    {
        QList<Finding> findings{finding()};
        Evidence evidence = read(0, 5);
        evidence.documents.remove(u"b"_s);
        Sightings memory = sighted({}, findings, evidence);
        findings = {finding()};
        memory = sighted(memory, findings, read(60, 60));
        QCOMPARE(findings[0].sighting, Sighting::Once);
    }

    void whatPeopleAreTold()
    {
        QCOMPARE(sightingText(Sighting::Settled), QString());
        QVERIFY(sightingText(Sighting::Once).contains(u"one reading"));
        QVERIFY(sightingText(Sighting::Confirmed).contains(u"20 s"));
        QCOMPARE(sightingName(Sighting::Settled), QString());
        QCOMPARE(sightingName(Sighting::Once), u"once"_s);
        QCOMPARE(sightingName(Sighting::Confirmed), u"confirmed"_s);
    }
};

QTEST_GUILESS_MAIN(TestSightings)
#include "test_sightings.moc"
