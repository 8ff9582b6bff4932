#include "tests/rules/judging.h"
#include "tests/support/host_builder.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString first8 = u"trop02/vm/Araybwyn2"_s;

QStringList idsOf(const Hypervisor &hypervisor)
{
    return allIds(judged(fleet({hypervisor}), hostPolicy()));
}

QStringList idsOf(const QList<Hypervisor> &hypervisors)
{
    return allIds(judged(fleet(hypervisors), hostPolicy(int(hypervisors.size()))));
}

Finding first(const QList<Hypervisor> &hypervisors, const char *rule)
{
    return findingOf(judged(fleet(hypervisors), hostPolicy(int(hypervisors.size()))), rule);
}

QStringList only(const char *rule, const QString &subject)
{
    return {QString::fromLatin1(rule) + u':' + subject};
}

void switchOff(Domain &domain)
{
    domain.state = DomainState::ShutOff;
    domain.live.reset();
    domain.guest.reset();
}

/// Two hypervisors, the first one's VMs off their names: nothing of the two is alike.
QList<Hypervisor> two()
{
    return {host(1), host(2)};
}

} // namespace

class TestDomainRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { otherFamilies() = {u"nic"_s}; }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void oneVmOnTwoHypervisors_data()
    {
        QTest::addColumn<bool>("name");
        QTest::addColumn<bool>("uuid");
        QTest::addColumn<QString>("words");
        QTest::newRow("both") << true << true << u"2 VMs have one name and UUID: "_s;
        QTest::newRow("name") << true << false << u"2 VMs have one name: "_s;
        QTest::newRow("uuid") << false << true << u"2 VMs have one UUID: "_s;
    }

    void oneVmOnTwoHypervisors()
    {
        QFETCH(bool, name);
        QFETCH(bool, uuid);
        QFETCH(QString, words);
        QList<Hypervisor> all = two();
        // With trop02's own NIC and reservation: only name and UUID are the other's.
        Domain &copy = (*all[1].domains)[1];
        const Domain &other = (*all[0].domains)[0];
        if (name) {
            copy.name = other.name;
            for (auto *form : {&networkIn(all[1], "default").form, &networkIn(all[1], "default").declared})
                (*form)->reservations[1].name.clear();
        }
        if (uuid)
            copy.uuid = other.uuid.toUpper();
        switchOff(copy);
        const auto findings = judged(fleet(all), hostPolicy(2));
        // Nothing else: that the copy is off belongs to the same fault.
        QCOMPARE(allIds(findings), only("domain-duplicate", u"trop01/vm/Araybwyn1"_s));
        QVERIFY2(findings.front().message.startsWith(words), qPrintable(findings.front().message));
        QVERIFY(findings.front().message.endsWith(u"on trop02 (shut off)."_s));
        QCOMPARE(findings.front().related, QStringList(u"trop02/vm/"_s + copy.name));
        copy.state = DomainState::Running;
        QVERIFY(first(all, "domain-duplicate").message.contains(u"2 of them run at once"_s));
        all.swapItemsAt(0, 1);
        QVERIFY(idsOf(all).contains(u"domain-duplicate:trop01/vm/Araybwyn1"_s));
    }

    void vmsWithoutUuidAreNotOne()
    {
        QList<Hypervisor> all = two();
        for (Hypervisor &one : all)
            for (Domain &domain : *one.domains)
                domain.uuid.clear();
        QCOMPARE(idsOf(all), QStringList());
    }

    void oneThatMovesIsSeenOnce()
    {
        QList<Hypervisor> all = two();
        Domain arriving = (*all[0].domains)[0];
        arriving.state = DomainState::Paused;
        arriving.persistent = false;
        arriving.autostart = false;
        arriving.live.reset();
        arriving.inactive.reset();
        arriving.guest.reset();
        all[1].domains->append(arriving);
        QCOMPARE(first(all, "domain-duplicate").sighting, Sighting::Once);
        all[1].domains->last().persistent = true;
        QCOMPARE(first(all, "domain-duplicate").sighting, Sighting::Settled);
    }

    void autostart()
    {
        Hypervisor one = host();
        (*one.domains)[0].autostart = false;
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("domain-no-autostart", first8));
        QCOMPARE(findings.front().severity, Severity::Info);
        QCOMPARE(findings.front().fixes, QStringList(u"autostart-on"_s));
        (*one.domains)[0].autostart.reset();
        QCOMPARE(idsOf(one), QStringList());
        (*one.domains)[0].persistent = false;
        QCOMPARE(idsOf(one), only("domain-no-autostart", first8));
        // One that is off on purpose.
        one = host();
        switchOff((*one.domains)[0]);
        (*one.domains)[0].autostart = false;
        QCOMPARE(idsOf(one), QStringList());
    }

    void notRunning_data()
    {
        QTest::addColumn<DomainState>("state");
        QTest::addColumn<QString>("words");
        QTest::newRow("off") << DomainState::ShutOff << u"but is shut off now."_s;
        QTest::newRow("crashed") << DomainState::Crashed << u"but has crashed now."_s;
        QTest::newRow("paused") << DomainState::Paused << u"but is paused now."_s;
        QTest::newRow("suspended") << DomainState::Suspended << u"but is suspended now."_s;
        QTest::newRow("about to be off") << DomainState::ShuttingDown << QString();
        QTest::newRow("running") << DomainState::Running << QString();
        QTest::newRow("not known") << DomainState::Unknown << QString();
    }

    void notRunning()
    {
        QFETCH(DomainState, state);
        QFETCH(QString, words);
        Hypervisor one = host();
        switchOff((*one.domains)[0]);
        (*one.domains)[0].state = state;
        QCOMPARE(idsOf(one), words.isEmpty() ? QStringList() : only("domain-not-running", first8));
        if (!words.isEmpty())
            QVERIFY(first({one}, "domain-not-running").message.endsWith(words));
        (*one.domains)[0].autostart.reset();
        QCOMPARE(idsOf(one), QStringList());
    }

    void theGuestAgent()
    {
        Hypervisor one = host();
        DomainForm &live = *(*one.domains)[0].live;
        live.agentConnected = false;
        QCOMPARE(idsOf(one), only("domain-agent-missing", first8));
        QVERIFY(first({one}, "domain-agent-missing").message.contains(u"no agent answers"_s));
        live.agentConnected.reset();
        QCOMPARE(idsOf(one), QStringList());
        live.agentChannel = false;
        QCOMPARE(idsOf(one), only("domain-agent-missing", first8));
        live.partial = true; // the channel may be in what was left out
        QCOMPARE(idsOf(one), QStringList());
        live.partial = false;
        (*one.domains)[0].state = DomainState::Paused;
        (*one.domains)[0].autostart = false;
        QCOMPARE(idsOf(one), QStringList());
    }

    void copiesOfOneGuest()
    {
        Hypervisor one = host();
        Machine &a = (*one.domains)[0].guest->system;
        Machine &b = (*one.domains)[1].guest->system;
        b.machineId->value = a.machineId->value.toUpper();
        const auto findings = judged(fleet({one}), hostPolicy());
        QCOMPARE(allIds(findings), only("guest-clone", first8));
        QCOMPARE(findings.front().related, QStringList(u"trop02/vm/Lothigometh2"_s));
        QVERIFY2(findings.front().message.contains(u"have one machine-id aaaa"_s),
                 qPrintable(findings.front().message));
        std::reverse(one.domains->begin(), one.domains->end());
        QCOMPARE(idsOf(one), only("guest-clone", first8));
    }

    void copiesByTheirHostKeys()
    {
        QList<Hypervisor> all = two();
        Machine &a = (*all[0].domains)[0].guest->system;
        Machine &b = (*all[1].domains)[1].guest->system;
        const SshHostKey rsa{u"ssh-rsa"_s, u"AAAAB3NzaC1yc2E"_s, {u"a"_s, 1, 1}};
        const SshHostKey ed{u"ssh-ed25519"_s, u"AAAAC3NzaC1lZDI"_s, {u"a"_s, 2, 2}};
        a.sshHostKeys = QList<SshHostKey>{rsa, ed};
        b.sshHostKeys = QList<SshHostKey>{ed, rsa};
        QCOMPARE(idsOf(all), only("guest-clone", u"trop01/vm/Araybwyn1"_s));
        QVERIFY(first(all, "guest-clone")
                    .message.startsWith(u"Araybwyn1 on trop01, Lothigometh2 on trop02 have one SSH host key "
                                        "(ssh-ed25519, ssh-rsa): "_s));
        b.sshHostKeys->first().key = u"other"_s;
        b.sshHostKeys->last().key = u"another"_s;
        QCOMPARE(idsOf(all), QStringList());
    }

    void manyCopiesAreCounted()
    {
        Hypervisor one = host();
        const QString id = (*one.domains)[0].guest->system.machineId->value;
        for (int i = 0; i < 90; ++i) {
            Domain copy = vm(qPrintable(u"copy%1"_s.arg(i)));
            copy.guest = guest({}, {});
            copy.guest->system.machineId = Sourced<QString>{id, {}};
            one.domains->append(copy);
        }
        const Finding finding = first({one}, "guest-clone");
        QCOMPARE(finding.related.size(), 90);
        QVERIFY2(finding.message.contains(u"and 79 more have one machine-id"_s), qPrintable(finding.message));
    }

    void guestsThatAreNoCopies()
    {
        Hypervisor one = host();
        Machine &a = (*one.domains)[0].guest->system;
        Machine &b = (*one.domains)[1].guest->system;
        for (const QString &none : {QString(), u"uninitialized"_s, QString(32, u'0')}) {
            a.machineId->value = b.machineId->value = none;
            QCOMPARE(idsOf(one), QStringList());
        }
        a.machineId.reset();
        b.machineId.reset();
        a.sshHostKeys = b.sshHostKeys = QList<SshHostKey>{};
        QCOMPARE(idsOf(one), QStringList());
        // One VM that stands on two hypervisors is that, not a copy.
        QList<Hypervisor> all = two();
        Domain copy = (*all[0].domains)[0];
        copy.live->nics.clear();
        copy.inactive->nics.clear();
        copy.live->disks.clear();
        all[1].domains->append(copy);
        QCOMPARE(idsOf(all), only("domain-duplicate", u"trop01/vm/Araybwyn1"_s));
    }
};

QTEST_GUILESS_MAIN(TestDomainRules)
#include "test_domain_rules.moc"
