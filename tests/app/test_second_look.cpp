#include "app/second_look.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QDateTime start({2023, 7, 18}, {16, 0}, Qt::UTC);

Finding finding(const QString &subject, const QStringList &documents, Sighting sighting = Sighting::Once)
{
    Finding made;
    made.rule = u"container-task-duplicate"_s;
    made.subject = subject;
    made.sighting = sighting;
    for (const QString &document : documents)
        made.evidence.append(Quote{{document, 1, 1}, {}});
    return made;
}

const QString here = u"trop02/guests/Acilamwen/docker/ps.json"_s;
const QString there = u"trop03/guests/a%20b/docker/ps.json"_s;

Snapshot snapshotOf(const QList<Finding> &findings)
{
    Snapshot snapshot;
    snapshot.kind = SnapshotKind::Live;
    for (const char *name : {"trop02", "trop03"}) {
        HypervisorPolicy one;
        one.name = QString::fromLatin1(name);
        snapshot.policy.hypervisors.append(one);
    }
    snapshot.evidence.documents.insert(here, {"a", start, {}});
    snapshot.evidence.documents.insert(there, {"b", start.addSecs(7), {}});
    snapshot.findings = findings;
    return snapshot;
}

} // namespace

class TestSecondLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsTheGuestsThatItStandsOn()
    {
        const SecondLook look = secondLook(snapshotOf({finding(u"s"_s, {here, there, here})}), {});
        QCOMPARE(look.findings, QStringList(u"container-task-duplicate:s"_s));
        QCOMPARE(look.scopes, (QList<CollectScope>{{u"trop02"_s, u"Acilamwen"_s}, {u"trop03"_s, u"a b"_s}}));
        // At least 20 s after the last of the first reading.
        QVERIFY(look.notBefore >= start.addSecs(27));
        QVERIFY(look.notBefore <= start.addSecs(30));
    }

    void onlyForWhatIsSeenOnce()
    {
        for (const Sighting sighting : {Sighting::Settled, Sighting::Confirmed})
            QCOMPARE(secondLook(snapshotOf({finding(u"s"_s, {here}, sighting)}), {}), SecondLook());
        Finding known = finding(u"s"_s, {here});
        known.accepted = u"so be it"_s;
        QCOMPARE(secondLook(snapshotOf({known}), {}), SecondLook());
    }

    void oneLookAFinding()
    {
        const Snapshot snapshot = snapshotOf({finding(u"s"_s, {here}), finding(u"t"_s, {there})});
        const SecondLook look = secondLook(snapshot, {u"container-task-duplicate:s"_s});
        QCOMPARE(look.findings, QStringList(u"container-task-duplicate:t"_s));
        QCOMPARE(look.scopes, (QList<CollectScope>{{u"trop03"_s, u"a b"_s}}));
    }

    void nothingThatCannotBeReadAgain()
    {
        QCOMPARE(secondLook(snapshotOf({finding(u"s"_s, {u"trop09/guests/Ulov/docker/ps.json"_s})}), {}),
                 SecondLook());
        const SecondLook look = secondLook(snapshotOf({finding(u"s"_s, {here, u"fleet.toml"_s})}), {});
        QCOMPARE(look, SecondLook()); // no time is known of the fleet file here
    }
};

QTEST_GUILESS_MAIN(TestSecondLook)
#include "test_second_look.moc"
