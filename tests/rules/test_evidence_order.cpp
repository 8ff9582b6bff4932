#include "tests/rules/judging.h"

#include "models/rules/evidence_order.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

QStringList ordered(const QStringList &documents)
{
    QList<Source> sources;
    for (const QString &document : documents)
        sources.append({document, 1, 1});
    QStringList names;
    for (const Source &source : inReadingOrder(sources))
        names.append(source.document);
    return names;
}

} // namespace

class TestEvidenceOrder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theFileTheDomainThenTheFloatTable()
    {
        const QStringList wanted{u"trop02/guests/A/ifcfg/ifcfg-ens5"_s,
                                 u"trop02/guests/A/guest/ifconfig.txt"_s,
                                 u"trop02/guests/A/interface-pci.txt"_s,
                                 u"trop02/libvirt/domains/A.xml"_s,
                                 u"trop02/libvirt/domains/A.inactive.xml"_s,
                                 u"trop02/host/bridge-fdb.json"_s,
                                 u"trop02/host/ip-neigh.json"_s,
                                 u"reachability.json"_s,
                                 u"fleet.toml"_s};
        QStringList mixed = wanted;
        std::reverse(mixed.begin(), mixed.end());
        QCOMPARE(ordered(mixed), wanted);
    }

    void machinesStayTogetherInTheOrderThatTheyCame()
    {
        QCOMPARE(ordered({u"trop03/libvirt/domains/B.xml"_s, u"trop02/guests/A/ifcfg/ifcfg-ens5"_s,
                          u"trop02/libvirt/domains/A.xml"_s, u"trop03/guests/B/netplan/60.yaml"_s}),
                 QStringList({u"trop03/guests/B/netplan/60.yaml"_s, u"trop03/libvirt/domains/B.xml"_s,
                              u"trop02/guests/A/ifcfg/ifcfg-ens5"_s, u"trop02/libvirt/domains/A.xml"_s}));
    }

    void whatRunsBeforeWhatIsDeclared()
    {
        QCOMPARE(ordered({u"trop02/declared/etc/libvirt/qemu/networks/default.xml"_s,
                          u"trop02/libvirt/networks/default.xml"_s, u"trop02/libvirt/networks.json"_s}),
                 QStringList({u"trop02/libvirt/networks.json"_s, u"trop02/libvirt/networks/default.xml"_s,
                              u"trop02/declared/etc/libvirt/qemu/networks/default.xml"_s}));
    }

    void linesOfADocumentStandTogetherAndOnce()
    {
        const Source first{u"a/guests/g/guest/ip-addr.json"_s, 1, 3};
        const Source later{first.document, 9, 12};
        QCOMPARE(inReadingOrder({later, {u"fleet.toml"_s, 2, 2}, first, later, {}}),
                 (QList<Source>{first, later, {u"fleet.toml"_s, 2, 2}}));
    }

    void findingsQuoteInThatOrder()
    {
        Domain vm = notesAcilamwen();
        for (Nic &nic : vm.live->nics)
            nic.source.document = u"trop02/libvirt/domains/Acilamwen.xml"_s;
        vm.guest->configs.front().hwaddr->source.document = u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s;
        vm.guest->configs.front().addresses.front().source.document =
            vm.guest->configs.front().hwaddr->source.document;
        QStringList documents;
        const Finding mixed = findingOf(judged(fleetOf(vm)), "float-mac-ip-mismatch");
        for (const Quote &quote : mixed.evidence)
            if (!documents.contains(quote.source.document))
                documents.append(quote.source.document);
        QCOMPARE(documents, QStringList({u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s,
                                         u"trop02/libvirt/domains/Acilamwen.xml"_s, u"fleet.toml"_s}));
        QCOMPARE(mixed.evidence.front().source.first, 8);
    }
};

QTEST_GUILESS_MAIN(TestEvidenceOrder)
#include "test_evidence_order.moc"
