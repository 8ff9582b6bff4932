#include "tests/rules/judging.h"
#include "tests/support/host_builder.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

QStringList idsOf(const Hypervisor &hypervisor)
{
    return allIds(judged(fleet({hypervisor}), hostPolicy()));
}

Finding first(const Hypervisor &hypervisor, const char *rule)
{
    return findingOf(judged(fleet({hypervisor}), hostPolicy()), rule);
}

QStringList only(const char *rule, const QString &subject)
{
    return {QString::fromLatin1(rule) + u':' + subject};
}

/// Moves a machine's clock.
void set(Machine &machine, int ahead)
{
    machine.clock->value = machine.clockRead.addSecs(ahead);
}

} // namespace

class TestSkewRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { otherFamilies() = {u"nic"_s}; }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void clocks()
    {
        Hypervisor one = host(); // three clocks: its own and two guests'
        set(one.host, 61);
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("clock-skew", u"trop02"_s));
        QCOMPARE(findings.front().message, u"The clock of trop02 is 1 min 1 s ahead of the middle of 3 "
                                           u"clocks: it showed 2023-07-18T16:01:01Z at "
                                           "2023-07-18T16:00:00Z."_s);
        set(one.host, 60);
        QCOMPARE(idsOf(one), QStringList());
        set(one.host, -7200);
        QVERIFY(first(one, "clock-skew").message.contains(u"is 2 h 0 min behind"_s));
        set(one.host, 0);
        set((*one.domains)[1].guest->system, 3 * 86400);
        QCOMPARE(idsOf(one), only("clock-skew", u"trop02/vm/Lothigometh2"_s));
        QVERIFY(first(one, "clock-skew").message.contains(u"Lothigometh2 on trop02 is 3 d 0 h ahead"_s));
    }

    void theCollectorMayBeWrong()
    {
        Hypervisor one = host();
        set(one.host, 500);
        for (Domain &domain : *one.domains)
            set(domain.guest->system, 510);
        QCOMPARE(idsOf(one), QStringList());
        // Of two halves, the one that agrees with the collector is right.
        QList<Hypervisor> two{host(1), host(2)};
        for (Hypervisor &each : two)
            each.domains->removeLast();
        set(two[1].host, 300);
        set((*two[1].domains)[0].guest->system, 300);
        QCOMPARE(allIds(judged(fleet(two), hostPolicy(2))),
                 (QStringList{u"clock-skew:trop02"_s, u"clock-skew:trop02/vm/Araybwyn2"_s}));
        // With two clocks alone nobody can say which is right but the collector.
        Hypervisor few = host();
        few.domains->removeLast();
        set(few.host, 90);
        QCOMPARE(idsOf(few), only("clock-skew", u"trop02"_s));
        QVERIFY(first(few, "clock-skew").message.contains(u"ahead of the collector's clock"_s));
    }

    void aClockReadAtNobodyKnowsWhen()
    {
        Hypervisor one = host();
        set(one.host, 4000);
        one.host.clockRead = {};
        QCOMPARE(idsOf(one), QStringList());
        one.host.clock.reset();
        one.host.clockRead = QDateTime({2023, 7, 18}, {16, 0}, Qt::UTC);
        QCOMPARE(idsOf(one), QStringList());
    }

    void versions()
    {
        QList<Hypervisor> all{host(3), host(1), host(2)};
        QCOMPARE(allIds(judged(fleet(all), hostPolicy(3))), QStringList());
        all[0].libvirtVersion = u"8.0.0"_s;
        const auto findings = judged(fleet(all), hostPolicy(3));
        QCOMPARE(allIds(findings), QStringList(u"fleet-version-skew:fleet"_s));
        QCOMPARE(findings.front().severity, Severity::Info);
        QCOMPARE(findings.front().message, u"libvirt is 8.0.0 on trop03; 9.0.0 on trop01, trop02."_s);
        QCOMPARE(findings.front().evidence.size(), 3);
        all[1].qemuVersion = u"7.0.0"_s;
        QVERIFY(findingOf(judged(fleet(all), hostPolicy(3)), "fleet-version-skew")
                    .message.endsWith(u"QEMU is 7.0.0 on trop01; 7.2.2 on trop02, trop03."_s));
        all = {host(1), host(2)};
        all[0].libvirtVersion.clear();
        all[0].qemuVersion.clear();
        QCOMPARE(allIds(judged(fleet(all), hostPolicy(2))), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestSkewRules)
#include "test_skew_rules.moc"
