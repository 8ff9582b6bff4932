#include "tests/story/telling.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList hosts{u"trop01"_s, u"trop02"_s};

QList<Story> told(const Fleet &fleet, const QList<Finding> &findings)
{
    return stories(fleet, policy(hosts), findings);
}

Domain plain(const char *name, const char *macText, const char *address)
{
    return vm(name, form({liveNat(macText, 0, 3)}), form({persistent(macText, "default", 3)}),
              guest({inside("ens3", macText, address, 3)}, {ifcfg("ens3", nullptr)}));
}

} // namespace

#define CONTAINS(text, part) QVERIFY2((text).contains(part), qPrintable(text))

class TestStories : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void anUnreachableHypervisorIsOneStoryWithItsGuests()
    {
        Fleet fleet = build::fleet({hypervisor("trop02", {plain("Ulov", natMac, natIp)})});
        fleet.hypervisors[0].errors = {
            {u"trop02"_s, u"libvirt"_s, u"no route to host"_s, {}},
            {u"trop02"_s, u"host"_s, u"no route to host"_s, {}},
            {u"trop02"_s, u"guest Ulov"_s, u"the way through trop02 is shut"_s, {}},
            {u"trop02"_s, u"guest Dwiema"_s, u"the way through trop02 is shut"_s, {}}};
        const auto all = told(fleet, judged(fleet));
        QCOMPARE(idsOf(all), QStringList(u"hypervisor-unreachable:trop02"_s));
        QCOMPARE(all.front().findings.size(), 3);
        CONTAINS(textOf(all.front(), Chapter::Is), u"Could not read libvirt on trop02: no route to host."_s);
        CONTAINS(textOf(all.front(), Chapter::Is),
                 u"Inside Dwiema and Ulov nothing could be read either: the way through trop02 is shut."_s);
        CONTAINS(textOf(all.front(), Chapter::History), u"Probably trop02 itself is down or cut off"_s);
        CONTAINS(textOf(all.front(), Chapter::Consequence), u"that nothing is found there means nothing"_s);
    }

    void guestsThatFailForOneReasonAreOneStory()
    {
        Fleet fleet = build::fleet({hypervisor("trop02", {})});
        fleet.hypervisors[0].errors = {{u"trop02"_s, u"guest Ulov"_s, u"permission denied"_s, {}},
                                       {u"trop02"_s, u"guest Dwiema"_s, u"permission denied"_s, {}}};
        QCOMPARE(idsOf(told(fleet, judged(fleet))), QStringList(u"hypervisor-unreachable:trop02"_s));
        // Two reasons are two causes.
        fleet.hypervisors[0].errors[1].message = u"timed out"_s;
        QCOMPARE(idsOf(told(fleet, judged(fleet))), QStringList());
    }

    void oneDocumentThatIsMissingMakesNoHypervisorUnreachable()
    {
        Fleet fleet = build::fleet({hypervisor("trop02", {})});
        fleet.hypervisors[0].errors = {{u"trop02"_s, u"host/bridge-fdb.json"_s, u"no such command"_s, {}},
                                       {u"trop02"_s, u"guest Ulov"_s, u"permission denied"_s, {}}};
        QCOMPARE(judged(fleet).size(), 6); // four free floats
        QCOMPARE(idsOf(told(fleet, judged(fleet))), QStringList());
    }

    void aNetworkThatIsDownTakesItsGuestsWithIt()
    {
        Domain off = plain("Dwiema", "52:54:00:02:02:0b", natIp);
        off.state = DomainState::ShutOff;
        off.live.reset();
        off.guest.reset();
        Fleet fleet = build::fleet({hypervisor("trop02", {plain("Ulov", natMac, natIp), off})});
        fleet.hypervisors[0].networks->last().active = false;
        fleet.hypervisors[0].networks->last().autostart = false;
        const QString network = u"trop02/network/default"_s;
        const auto all =
            told(fleet, {made("network-inactive", network), made("domain-not-running", u"trop02/vm/Dwiema"_s),
                         made("lease-mismatch", u"trop02/vm/Ulov"_s, {network}),
                         made("lease-mismatch", u"trop02/vm/Ibalehar"_s, {u"trop02/network/other"_s}),
                         made("reservation-duplicate", network)});
        QCOMPARE(idsOf(all), QStringList(u"network-broken:trop02/network/default"_s));
        QCOMPARE(all.front().findings.size(), 4);
        QVERIFY(!all.front().findings.contains(u"lease-mismatch:trop02/vm/Ibalehar"_s));
        CONTAINS(textOf(all.front(), Chapter::History), u"Probably the host was restarted"_s);
        CONTAINS(textOf(all.front(), Chapter::Consequence), u"On it hang Ulov and Dwiema"_s);
    }

    void aDriftedNetworkIsSaidToBeEdited()
    {
        const Fleet fleet = build::fleet({hypervisor("trop02", {plain("Ulov", natMac, natIp)})});
        const QString network = u"trop02/network/default"_s;
        const auto all =
            told(fleet, {made("network-drift", network), made("reservation-outside-range", network)});
        QCOMPARE(idsOf(all), QStringList(u"network-broken:trop02/network/default"_s));
        QCOMPARE(all.front().title, u"The network default of trop02 is not as declared"_s);
        CONTAINS(textOf(all.front(), Chapter::History), u"Probably one of the two was edited"_s);
    }

    void aCopiedVmIsNamed()
    {
        Domain copy = plain("Dwiema", natMac, natIp);
        copy.guest->system.hostname = Sourced<QString>{u"Ulov"_s, {u"hostname.txt"_s, 1, 1}};
        const Fleet fleet = build::fleet({hypervisor("trop02", {plain("Ulov", natMac, natIp), copy})});
        const QStringList both{u"trop02/vm/Ulov"_s, u"trop02/vm/Dwiema"_s};
        const auto all = told(fleet, {made("nic-mac-duplicate", u"trop02/vm/Dwiema/nic/52:54:00:02:02:0f"_s,
                                           {u"trop02/vm/Ulov/nic/52:54:00:02:02:0f"_s}),
                                      made("guest-hostname-mismatch", u"trop02/vm/Dwiema"_s)});
        QCOMPARE(idsOf(all), QStringList(u"cloned-vm:trop02/vm/Dwiema"_s));
        QCOMPARE(all.front().title, u"Dwiema is a copy of Ulov on trop02"_s);
        QCOMPARE(all.front().findings.size(), 2);
        // A name of its own is no sign of a copy.
        QCOMPARE(idsOf(told(fleet, {made("guest-hostname-mismatch", both[0]),
                                    made("guest-hostname-mismatch", both[1])})),
                 QStringList());
    }

    void aVmWithAnotherHypervisorsNumbersWasMovedHere()
    {
        const Domain moved = plain("Ulov", "52:54:00:02:01:09", "192.168.201.9");
        const Fleet fleet = build::fleet({hypervisor("trop02", {moved})});
        const QList<Finding> findings{made("nic-mac-out-of-range", u"trop02/vm/Ulov/nic/52:54:00:02:01:09"_s),
                                      made("nic-ip-out-of-range", u"trop02/vm/Ulov/if/ens3"_s)};
        const auto all = told(fleet, findings);
        QCOMPARE(idsOf(all), QStringList(u"moved-vm:trop02/vm/Ulov"_s));
        CONTAINS(textOf(all.front(), Chapter::History), u"Probably Ulov was moved here from trop01"_s);
        // A number of nobody's range tells of no move.
        const Domain odd = plain("Ulov", "52:54:00:99:01:09", "10.0.0.9");
        QCOMPARE(idsOf(told(build::fleet({hypervisor("trop02", {odd})}), findings)), QStringList());
    }

    void aBridgeOtherThanConfiguredIsOneStory()
    {
        const Fleet fleet = build::fleet({hypervisor("trop02", {labAcilamwen()})});
        const QString bridge = u"trop02/bridge/br0"_s;
        const auto all =
            told(fleet, {made("bridge-port-missing", bridge), made("bridge-mac-mismatch", bridge),
                         made("bridge-port-down", u"trop02/bridge/br1"_s)});
        QCOMPARE(idsOf(all), QStringList(u"bridge-broken:trop02/bridge/br0"_s));
        CONTAINS(textOf(all.front(), Chapter::Consequence), u"On it hang Acilamwen"_s);
    }

    void copiesAndAgesOfOneStackAreOneStory()
    {
        const Fleet fleet = build::fleet({hypervisor("trop02", {plain("Eterathiel", natMac, natIp)})});
        const QString vm = u"trop02/vm/Eterathiel"_s;
        const auto all =
            told(fleet, {made("container-task-duplicate", vm + u"/service/ft_gillian"_s,
                              {vm + u"/container/ft_gillian.1.a"_s, vm + u"/container/ft_gillian.1.b"_s}),
                         made("container-restarted-apart", vm + u"/service/ft_carolina"_s,
                              {vm + u"/service/ft_gillian"_s}),
                         made("container-unhealthy", vm + u"/container/ft_gillian.1.b"_s),
                         made("container-unhealthy", vm + u"/container/other"_s),
                         made("container-image-shared", vm + u"/service/ft_bethany"_s)});
        QCOMPARE(idsOf(all), QStringList(u"swarm-restarted:trop02/vm/Eterathiel/service/ft_gillian"_s));
        QCOMPARE(all.front().findings.size(), 3);
        QVERIFY(
            !all.front().findings.contains(u"container-unhealthy:trop02/vm/Eterathiel/container/other"_s));
        CONTAINS(textOf(all.front(), Chapter::History), u"Probably Swarm started tasks anew"_s);
    }

    void aTaskOnTwoEnginesTiesThemTogether()
    {
        const Fleet fleet = build::fleet({hypervisor("trop02", {})});
        const QString a = u"trop02/vm/A"_s;
        const QString b = u"trop02/vm/B"_s;
        const auto all = told(fleet, {made("container-restarted-apart", a + u"/service/web"_s),
                                      made("container-unhealthy", b + u"/container/web.1.b"_s),
                                      made("container-task-duplicate", a + u"/service/web"_s,
                                           {a + u"/container/web.1.a"_s, b + u"/container/web.1.b"_s})});
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.front().findings.size(), 3);
        QCOMPARE(all.front().title, u"Containers run more often than wanted on A and B"_s);
    }

    void aGuestNeverUpdatedIsOneStory()
    {
        Domain old = plain("Acilamwen", natMac, natIp);
        PackageTransaction install;
        install.time = QDateTime({2018, 10, 16}, {13, 41}, Qt::UTC);
        old.guest->packages = QList<PackageTransaction>{install};
        const QString vm = u"trop02/vm/Acilamwen"_s;
        const auto all = told(build::fleet({hypervisor("trop02", {old})}),
                              {made("guest-os-eol", vm), made("guest-packages-stale", vm),
                               made("container-os-eol", vm + u"/container/apache"_s)});
        QCOMPARE(idsOf(all), QStringList(u"never-updated:trop02/vm/Acilamwen"_s));
        QCOMPARE(all.front().title, u"Acilamwen has not been updated since 2018-10-16"_s);
        QCOMPARE(all.front().findings.size(), 3);
        CONTAINS(textOf(all.front(), Chapter::History), u"no more than one entry"_s);
        // The image below its disk tells the same.
        Disk disk;
        disk.backing = {u"/images/fedora-28-docker-base-20181016.qcow"_s};
        old.live->disks.append(disk);
        const auto again = told(build::fleet({hypervisor("trop02", {old})}),
                                {made("guest-os-eol", vm), made("guest-packages-stale", vm)});
        CONTAINS(textOf(again.front(), Chapter::History),
                 u"base image fedora-28-docker-base-20181016.qcow of that day"_s);
        // One that was updated of late is not said to be old for it.
        QCOMPARE(told(build::fleet({hypervisor("trop02", {old})}),
                      {made("guest-os-eol", vm), made("container-os-eol", vm + u"/container/apache"_s)})
                     .front()
                     .title,
                 u"Acilamwen and what runs in it are past their time"_s);
    }

    void worstFirstAndAcceptedLast()
    {
        const Fleet fleet = build::fleet({hypervisor("trop02", {plain("Ulov", natMac, natIp)})});
        const QString vm = u"trop02/vm/Ulov"_s;
        QList<Finding> findings{made("guest-os-eol", vm), made("guest-packages-stale", vm),
                                made("bridge-port-missing", u"trop02/bridge/br0"_s),
                                made("bridge-mac-mismatch", u"trop02/bridge/br0"_s)};
        findings[2].severity = Severity::Error;
        const QStringList ids{u"bridge-broken:trop02/bridge/br0"_s, u"never-updated:trop02/vm/Ulov"_s};
        QCOMPARE(idsOf(told(fleet, findings)), ids);
        findings[2].accepted = findings[3].accepted = u"known"_s;
        QCOMPARE(idsOf(told(fleet, findings)), QStringList({ids[1], ids[0]}));
    }

    void aFindingIsInOneStoryWhateverElseThereIs()
    {
        static const QList<const char *> rules{"source-unreachable",
                                               "float-mac-ip-mismatch",
                                               "float-duplicate-nic",
                                               "float-claimed-twice",
                                               "float-half-assigned",
                                               "nic-mac-unknown-inside",
                                               "nic-unconfigured-inside",
                                               "nic-mac-duplicate",
                                               "ip-duplicate",
                                               "domain-duplicate",
                                               "guest-hostname-mismatch",
                                               "network-inactive",
                                               "network-drift",
                                               "reservation-duplicate",
                                               "lease-mismatch",
                                               "domain-not-running",
                                               "bridge-port-missing",
                                               "interfaces-drift",
                                               "network-bridge-missing",
                                               "nic-mac-out-of-range",
                                               "nic-ip-out-of-range",
                                               "container-task-duplicate",
                                               "container-orphan",
                                               "container-restarted-apart",
                                               "container-unhealthy",
                                               "guest-os-eol",
                                               "guest-packages-stale",
                                               "no-such-rule"};
        QStringList subjects{u"fleet"_s, u"float/float1"_s, u"float/float2"_s};
        for (const QString &host : hosts) {
            subjects += {host, host + u"/network/default"_s, host + u"/bridge/br0"_s};
            for (const QString &vm : {u"/vm/Acilamwen"_s, u"/vm/Ulov"_s})
                subjects += {host + vm, host + vm + u"/if/ens7"_s, host + vm + u"/nic/52:54:00:00:01:01"_s,
                             host + vm + u"/service/web"_s, host + vm + u"/container/web.1.a"_s};
        }
        Fleet fleet =
            build::fleet({hypervisor("trop01", {plain("Ulov", "52:54:00:02:01:09", "192.168.201.9")}),
                          hypervisor("trop02", {labAcilamwen(), plain("Ulov", natMac, natIp)})});
        QRandomGenerator random(7);
        const auto any = [&random](const auto &list) { return list[random.bounded(int(list.size()))]; };
        int storiesSeen = 0;
        for (int round = 0; round < 400; ++round) {
            QMap<QString, Finding> unique;
            for (int i = random.bounded(40); i >= 0; --i) {
                const Finding finding = made(any(rules), any(subjects), {any(subjects), any(subjects)});
                unique.insert(finding.id(), finding);
            }
            QList<Finding> findings = unique.values();
            const auto all = told(fleet, findings);
            storiesSeen += int(all.size());
            QSet<QString> members;
            QSet<QString> ids;
            for (const Story &story : all) {
                QVERIFY2(!ids.contains(story.id()), qPrintable(story.id()));
                ids.insert(story.id());
                QVERIFY(story.findings.size() >= 2);
                for (const QString &id : story.findings) {
                    QVERIFY2(!members.contains(id), qPrintable(id));
                    QVERIFY(unique.contains(id));
                    members.insert(id);
                }
                QVERIFY(!story.title.isEmpty());
            }
            std::shuffle(findings.begin(), findings.end(), random);
            QCOMPARE(sorted(idsOf(told(fleet, findings))), sorted(idsOf(all)));
        }
        QVERIFY2(storiesSeen > 200, qPrintable(QString::number(storiesSeen)));
    }

    void manyVmsAreToldInTimeThatGrowsNoFasterThanTheFleet()
    {
        const auto make = [](int count) {
            Fleet fleet = build::fleet({hypervisor("trop02", {})});
            for (int i = 0; i < count; ++i) {
                Domain one = notesAcilamwen();
                one.name += QString::number(i);
                fleet.hypervisors[0].domains->append(one);
            }
            return fleet;
        };
        const auto seconds = [&](int count) {
            const Fleet fleet = make(count);
            QList<Finding> findings;
            for (const Domain &domain : *fleet.hypervisors[0].domains) {
                const QString vm = u"trop02/vm/"_s + domain.name;
                findings.append(made("float-duplicate-nic", vm, {u"float/float2"_s}));
                findings.append(made("float-mac-ip-mismatch", vm + u"/if/ens5"_s,
                                     {u"float/float1"_s, u"float/float2"_s}));
            }
            QElapsedTimer timer;
            timer.start();
            const auto all = told(fleet, findings);
            Q_ASSERT(all.size() == count);
            return double(timer.nsecsElapsed()) / 1e9;
        };
        seconds(50);
        const double few = seconds(250);
        const double many = seconds(2000);
        QVERIFY2(many < few * 8 * 3, qPrintable(u"%1 s and %2 s"_s.arg(few).arg(many)));
    }
};

QTEST_GUILESS_MAIN(TestStories)
#include "test_stories.moc"
