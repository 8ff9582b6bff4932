#include "models/evidence/harvest.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QDateTime before = QDateTime::fromString(u"2022-10-11T09:00:00Z"_s, Qt::ISODate);
const QDateTime now = QDateTime::fromString(u"2022-10-11T10:00:00Z"_s, Qt::ISODate);

Document document(const char *text, const QDateTime &taken)
{
    return {QByteArray(text), taken, std::chrono::milliseconds(3)};
}

Evidence fleetBefore()
{
    Evidence evidence;
    evidence.taken = before;
    for (const auto &path :
         {u"trop02/libvirt/domains.json"_s, u"trop02/libvirt/domains/Acilamwen.xml"_s,
          u"trop02/libvirt/domains/Gone.xml"_s, u"trop02/host/ip-addr.json"_s,
          u"trop02/guests/Acilamwen/guest/date.txt"_s, u"trop02/guests/Acilamwen/docker/ps.json"_s,
          u"trop02/guests/Gone/guest/date.txt"_s, u"trop03/libvirt/domains.json"_s,
          u"trop02/libvirtual/kept.txt"_s})
        evidence.documents.insert(path, document("old", before));
    return evidence;
}

Harvest libvirtNow()
{
    Harvest harvest;
    harvest.hypervisor = u"trop02"_s;
    harvest.source = u"libvirt"_s;
    harvest.folders = {u"trop02/libvirt"_s};
    harvest.documents.insert(u"trop02/libvirt/domains.json"_s, document("new", now));
    harvest.answered = true;
    return harvest;
}

} // namespace

class TestMerge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anAnswerReplacesItsFolderAlone()
    {
        Evidence evidence = fleetBefore();
        merge(evidence, libvirtNow());
        QCOMPARE(evidence.below(u"trop02/libvirt"_s), QStringList{u"trop02/libvirt/domains.json"_s});
        QCOMPARE(evidence.find(u"trop02/libvirt/domains.json"_s)->text, QByteArray("new"));
        QCOMPARE(evidence.find(u"trop03/libvirt/domains.json"_s)->text, QByteArray("old"));
        QVERIFY(evidence.find(u"trop02/host/ip-addr.json"_s));
        QVERIFY(evidence.find(u"trop02/libvirtual/kept.txt"_s));
        QCOMPARE(evidence.taken, now);
    }

    void aDocumentThatFailedStaysAndAges()
    {
        Evidence evidence = fleetBefore();
        Harvest harvest = libvirtNow();
        harvest.errors.append({u"trop02"_s, u"libvirt/domains/Acilamwen.xml"_s, u"no answer"_s, now});
        merge(evidence, harvest);
        const Document *kept = evidence.find(u"trop02/libvirt/domains/Acilamwen.xml"_s);
        QVERIFY(kept);
        QCOMPARE(kept->taken, before);
        QVERIFY(!evidence.find(u"trop02/libvirt/domains/Gone.xml"_s));
        QCOMPARE(evidence.errors, harvest.errors);
    }

    void anErrorOfAFolderKeepsAllBelowIt()
    {
        Evidence evidence = fleetBefore();
        Harvest harvest = libvirtNow();
        harvest.errors.append({u"trop02"_s, u"libvirt/domains"_s, u"no answer"_s, now});
        merge(evidence, harvest);
        QVERIFY(evidence.find(u"trop02/libvirt/domains/Gone.xml"_s));
    }

    void aReadingCutShortKeepsWhatItDidNotReach()
    {
        Evidence evidence = fleetBefore();
        Harvest harvest = libvirtNow();
        harvest.errors.append({u"trop02"_s, u"libvirt"_s, u"the connection was lost"_s, now});
        merge(evidence, harvest);
        QVERIFY(evidence.find(u"trop02/libvirt/domains/Acilamwen.xml"_s));
        QCOMPARE(evidence.find(u"trop02/libvirt/domains.json"_s)->text, QByteArray("new"));
    }

    void noAnswerLeavesEverything()
    {
        Evidence evidence = fleetBefore();
        Harvest harvest = libvirtNow();
        harvest.answered = false;
        harvest.documents.clear();
        harvest.domains = QStringList{};
        harvest.errors.append({u"trop02"_s, u"libvirt"_s, u"no route to host"_s, now});
        merge(evidence, harvest);
        QCOMPARE(evidence.documents, fleetBefore().documents);
        QCOMPARE(evidence.errors, harvest.errors);
    }

    void errorsAreReplacedBySource()
    {
        Evidence evidence = fleetBefore();
        evidence.errors = {{u"trop02"_s, u"libvirt"_s, u"old"_s, before},
                           {u"trop02"_s, u"libvirt/domains/Gone.xml"_s, u"old"_s, before},
                           {u"trop02"_s, u"host"_s, u"stays"_s, before},
                           {u"trop03"_s, u"libvirt"_s, u"stays"_s, before}};
        merge(evidence, libvirtNow());
        QCOMPARE(evidence.errors.size(), 2);
        for (const SourceError &error : evidence.errors)
            QCOMPARE(error.message, u"stays"_s);
    }

    void guestsThatAreGoneGoWithTheirErrors()
    {
        Evidence evidence = fleetBefore();
        evidence.errors = {{u"trop02"_s, u"guest Gone"_s, u"no answer"_s, before},
                           {u"trop02"_s, u"guests/Gone/docker"_s, u"no answer"_s, before},
                           {u"trop02"_s, u"guest Acilamwen"_s, u"no answer"_s, before},
                           {u"trop03"_s, u"guest Gone"_s, u"another's"_s, before}};
        Harvest harvest = libvirtNow();
        harvest.domains = QStringList{u"Acilamwen"_s};
        merge(evidence, harvest);
        QVERIFY(evidence.below(u"trop02/guests/Gone"_s).isEmpty());
        QCOMPARE(evidence.below(u"trop02/guests/Acilamwen"_s).size(), 2);
        QCOMPARE(evidence.errors.size(), 2);
        QCOMPARE(evidence.errors[0].source, u"guest Acilamwen"_s);
        QCOMPARE(evidence.errors[1].hypervisor, u"trop03"_s);
    }

    void aFirstPartOfAGuestAddsWithoutDropping()
    {
        Evidence evidence = fleetBefore();
        evidence.errors = {{u"trop02"_s, u"guest Acilamwen"_s, u"no answer"_s, before}};
        Harvest part;
        part.hypervisor = u"trop02"_s;
        part.source = u"guest Acilamwen"_s;
        part.folders = {u"trop02/guests/Acilamwen/guest"_s};
        part.documents.insert(u"trop02/guests/Acilamwen/guest/hostname.txt"_s, document("new", now));
        part.answered = true;
        merge(evidence, part);
        QVERIFY(!evidence.find(u"trop02/guests/Acilamwen/guest/date.txt"_s));
        QVERIFY(evidence.find(u"trop02/guests/Acilamwen/docker/ps.json"_s));
        QVERIFY(evidence.errors.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestMerge)
#include "test_merge.moc"
