#include "models/parse/libvirt_snapshots.h"
#include "models/parse/libvirt_volumes.h"

#include "reading.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestStorage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsSnapshotsJson()
    {
        const auto list =
            clean(&parseSnapshotsJson,
                  "[\n {\"domain\": \"A\", \"name\": \"before\", \"created\": \"2023-07-18T16:20:48Z\"},\n"
                  " {\"domain\": \"B\",\n  \"name\": \"x\", \"created\": 1689697248},\n"
                  " {\"domain\": \"B\", \"name\": \"timeless\"}\n]\n");
        QCOMPARE(list.size(), 3);
        const QDateTime time(QDate(2023, 7, 18), QTime(16, 20, 48), Qt::UTC);
        QCOMPARE(list[0], (SnapshotEntry{u"A"_s, {u"before"_s, time, lines(2, 2)}}));
        QCOMPARE(list[1], (SnapshotEntry{u"B"_s, {u"x"_s, time, lines(3, 4)}}));
        QVERIFY(!list[2].snapshot.created.isValid());
        QVERIFY(clean(&parseSnapshotsJson, "[]").isEmpty());
    }

    void readsSnapshotTables()
    {
        for (const QString &name :
             {u"test-driver-snapshot-list.txt"_s, u"test-driver-snapshot-list-parent.txt"_s}) {
            const auto list = clean(&parseSnapshotsTable, fixture(name));
            QCOMPARE(list.size(), 2);
            QCOMPARE(list[0], (DomainSnapshot{u"before the upgrade"_s,
                                              QDateTime(QDate(2026, 11, 25), QTime(13, 34, 58), Qt::UTC),
                                              lines(3, 3)}));
            QCOMPARE(list[1].name, u"two"_s);
        }
        const auto old =
            clean(&parseSnapshotsTable, " Name                 Creation Time             State\n"
                                        "------------------------------------------------------------\n"
                                        " 1689697248           2023-07-18 17:20:48 +0100 disk-snapshot\n");
        QCOMPARE(old[0].created, QDateTime(QDate(2023, 7, 18), QTime(16, 20, 48), Qt::UTC));
        QCOMPARE(old[0].name, u"1689697248"_s);
        QVERIFY(clean(&parseSnapshotsTable, " Name   Creation Time   State\n-----------\n\n").isEmpty());
    }

    void saysWhatIsWrongWithSnapshots()
    {
        const auto json = parseSnapshotsJson("[{\"name\": \"a\"},\n{\"domain\": \"b\"},\n"
                                             "{\"domain\": \"c\", \"name\": \"d\", \"created\": \"then\"}]",
                                             documentName);
        QCOMPARE(json.value.size(), 1);
        QCOMPARE(json.problems.size(), 3);
        const auto table =
            parseSnapshotsTable(" Name Creation Time State\n-----\n a today running\n"
                                " b 2023-07-18 17:20:48 +0100 running\n 2023-07-18 17:20:48 +0100 x\n",
                                documentName);
        QCOMPARE(table.value.size(), 1);
        QCOMPARE(table.problems.size(), 2);
        for (const char *text : {"", "error: failed to get domain 'x'\n"})
            QVERIFY(!parseSnapshotsTable(text, documentName).problems.isEmpty());
    }

    void readsVolumes()
    {
        const auto list =
            clean(&parseVolumesJson,
                  "[{\"pool\": \"live\", \"name\": \"A.qcow\", \"path\": \"/s/A.qcow\",\n"
                  "\"format\": \"qcow2\", \"backing\": \"/base/f28.qcow\"},\n"
                  "{\"pool\": \"live\", \"name\": \"b.iso\", \"path\": \"/s/b.iso\", \"format\": "
                  "\"iso\", \"backing\": \"\"}]");
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[0], (Volume{u"live"_s, u"A.qcow"_s, u"/s/A.qcow"_s, u"qcow2"_s, u"/base/f28.qcow"_s,
                                  lines(1, 2)}));
        QCOMPARE(list[1].backing, QString());
        const auto broken =
            parseVolumesJson("[{\"pool\": \"live\"},\n{\"name\": \"c\", \"format\": 3}]", documentName);
        QCOMPARE(broken.value.size(), 1);
        QCOMPARE(broken.problems.size(), 2);
    }

    void survivesBrokenText()
    {
        survives(&parseSnapshotsTable, fixture(u"test-driver-snapshot-list-parent.txt"_s));
        survives(&parseSnapshotsJson,
                 "[{\"domain\":\"A\",\"name\":\"a\",\"created\":\"2023-07-18T16:20:48Z\"}]");
        survives(&parseVolumesJson, "[{\"pool\":\"p\",\"name\":\"a\",\"path\":\"/a\",\"format\":\"raw\"}]");
    }
};

QTEST_GUILESS_MAIN(TestStorage)
#include "test_storage.moc"
