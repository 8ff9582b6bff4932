#include "models/assemble/assemble.h"
#include "models/compare/comparison.h"
#include "models/evidence/capture.h"
#include "models/policy/fleet_file.h"
#include "models/report/comparison_report.h"
#include "models/rules/judge.h"

#include <QJsonArray>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

Snapshot snapshotOf(const Evidence &evidence)
{
    Snapshot made;
    made.origin = u"a capture"_s;
    made.evidence = evidence;
    made.policy = *parseFleetFile(evidence.find(u"fleet.toml"_s)->text, u"fleet.toml"_s);
    made.fleet = assemble(evidence, made.policy);
    made.findings = judge(made.fleet, made.policy, {}, evidence);
    return made;
}

/// The demo, as it is read from its folder.
Evidence demo()
{
    return *readCapture(u"resources/demo"_s);
}

void replaceIn(Evidence &evidence, const char *path, const QByteArray &from, const QByteArray &to)
{
    const auto at = evidence.documents.find(QString::fromLatin1(path));
    QVERIFY2(at != evidence.documents.end() && at->text.contains(from), path);
    at->text.replace(from, to);
}

QStringList messages(const Comparison &comparison)
{
    QStringList all;
    for (const Change &change : comparison.changes)
        all.append(change.message);
    return all;
}

} // namespace

/// Whole captures, through the same parsers as everything.
class TestCompareCaptures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theDemoIsItself()
    {
        const Snapshot one = snapshotOf(demo());
        const Comparison comparison = compare(one, one);
        QCOMPARE(messages(comparison), QStringList());
        QCOMPARE(comparison.notCompared.size(), 0);
    }

    /// Everything comes once, in whatever order it is asked.
    void thereAndBackAreMirrors()
    {
        Evidence later = demo();
        replaceIn(later, "trop03/libvirt/domains.json", "\"autostart\":true", "\"autostart\":false");
        replaceIn(later, "trop02/guests/Acilamwen/ifcfg/ifcfg-ens5", "52:54:00:00:01:01",
                  "52:54:00:00:01:00");
        later.documents.remove(u"trop04/guests/Rhovalin/netplan/01-netcfg.yaml"_s);
        const Snapshot a = snapshotOf(demo());
        const Snapshot b = snapshotOf(later);
        const Comparison there = compare(a, b);
        const Comparison back = compare(b, a);
        QVERIFY(there.changes.size() > 3);
        QCOMPARE(there.changes.size(), back.changes.size());
        QCOMPARE(there.count(ChangeKind::Added), back.count(ChangeKind::Removed));
        QCOMPARE(there.count(ChangeKind::Removed), back.count(ChangeKind::Added));
        for (const Change &change : there.changes)
            QVERIFY2(std::any_of(back.changes.begin(), back.changes.end(),
                                 [&change](const Change &other) {
                                     return other.subject == change.subject && other.before == change.after &&
                                            other.after == change.before;
                                 }),
                     qPrintable(change.message));
    }

    void aRepairIsSeenAsWhatItIs()
    {
        Evidence later = demo();
        replaceIn(later, "trop02/guests/Acilamwen/ifcfg/ifcfg-ens5", "52:54:00:00:01:01",
                  "52:54:00:00:01:00");
        const QStringList said = messages(compare(snapshotOf(demo()), snapshotOf(later)));
        QVERIFY2(said.contains(
                     u"HWADDR in ifcfg-ens5 of Acilamwen was 52:54:00:00:01:01 and is 52:54:00:00:01:00."_s),
                 qPrintable(said.join(u'\n')));
        QVERIFY2(said.join(u'\n').contains(u"No more float-mac-ip-mismatch"_s), qPrintable(said.join(u'\n')));
    }

    /// A host that did not answer the second time changes nothing.
    void aHostThatWasNotReadAgain()
    {
        Evidence later = demo();
        for (const QString &path : later.below(u"trop03"_s))
            later.documents.remove(path);
        const Comparison comparison = compare(snapshotOf(demo()), snapshotOf(later));
        // That it could not be read is news, and the only one.
        const QStringList said = messages(comparison);
        QCOMPARE(said.size(), 1);
        QVERIFY2(said.front().startsWith(u"New finding source-unreachable: Nothing was read of trop03"_s),
                 qPrintable(said.front()));
        QVERIFY(!comparison.notCompared.isEmpty());
    }

    void theReportsSayItAll()
    {
        Evidence later = demo();
        replaceIn(later, "trop02/guests/Acilamwen/ifcfg/ifcfg-ens5", "52:54:00:00:01:01",
                  "52:54:00:00:01:00");
        later.documents.remove(u"trop04/guests/Quendaril/docker/ps.json"_s);
        later.documents.remove(u"trop04/guests/Quendaril/docker/inspect.json"_s);
        const Snapshot a = snapshotOf(demo());
        const Snapshot b = snapshotOf(later);
        const Comparison comparison = compare(a, b);
        const QJsonObject json = comparisonJson(comparison, a, b);
        QCOMPARE(json.keys(), QStringList({u"after"_s, u"before"_s, u"changes"_s, u"counts"_s, u"format"_s,
                                           u"not_compared"_s}));
        QCOMPARE(json.value(u"changes"_s).toArray().size(), comparison.changes.size());
        bool hasSetting = false;
        for (const QJsonValue &value : json.value(u"changes"_s).toArray()) {
            const QJsonObject change = value.toObject();
            QCOMPARE(change.keys(),
                     QStringList({u"after"_s, u"before"_s, u"evidence_after"_s, u"evidence_before"_s,
                                  u"kind"_s, u"message"_s, u"subject"_s, u"what"_s}));
            if (change.value(u"what"_s).toString() != u"setting")
                continue;
            hasSetting = true;
            const QJsonObject quote = change.value(u"evidence_before"_s).toArray().at(0).toObject();
            QCOMPARE(quote.value(u"text"_s).toString(), u"HWADDR=52:54:00:00:01:01"_s);
        }
        QVERIFY(hasSetting);
        QVERIFY(!json.value(u"not_compared"_s).toArray().isEmpty());
        const QString text = comparisonText(comparison, a, b);
        QVERIFY2(text.contains(u"trop02/vm/Acilamwen/if/ens5\n    changed  HWADDR in ifcfg-ens5"_s),
                 qPrintable(text));
        QVERIFY2(text.contains(u"not comparable  trop04/vm/Quendaril  "_s), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestCompareCaptures)
#include "test_compare_captures.moc"
