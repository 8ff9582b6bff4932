#include "models/rules/families.h"
#include "tests/rules/judging.h"
#include "tests/support/host_builder.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <array>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int fleets = 120;
constexpr int hosts = 3;

/// What can go wrong with one hypervisor. `draw` chooses where it may be one place or another.
using Damage = void (*)(Hypervisor &hypervisor, QRandomGenerator &draw);

NetworkForm &anyForm(Hypervisor &hypervisor, QRandomGenerator &draw)
{
    Network &net = networkIn(hypervisor, "default");
    return draw.bounded(2) == 0 ? *net.form : *net.declared;
}

Reservation &anyReservation(Hypervisor &hypervisor, QRandomGenerator &draw)
{
    QList<Reservation> &all = anyForm(hypervisor, draw).reservations;
    return all[draw.bounded(int(all.size()))];
}

Domain &anyVm(Hypervisor &hypervisor, QRandomGenerator &draw)
{
    return (*hypervisor.domains)[draw.bounded(int(hypervisor.domains->size()))];
}

const std::array<Damage, 27> damages{
    [](Hypervisor &one, QRandomGenerator &) { one.networks->first().name = u"bridge"_s; },
    [](Hypervisor &one, QRandomGenerator &) { networkIn(one, "default").active = false; },
    [](Hypervisor &one, QRandomGenerator &) { networkIn(one, "default").autostart = false; },
    [](Hypervisor &one, QRandomGenerator &) { networkIn(one, "default").form->bridge = u"virbr7"_s; },
    [](Hypervisor &one, QRandomGenerator &draw) { anyForm(one, draw).reservations.remove(draw.bounded(4)); },
    [](Hypervisor &one, QRandomGenerator &draw) {
        anyForm(one, draw).address = InterfaceAddress{natIpOf(draw.bounded(1, 5), 1), 24};
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        anyReservation(one, draw).mac = natMacOf(draw.bounded(1, 4), draw.bounded(8, 16));
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        anyReservation(one, draw).address = natIpOf(draw.bounded(1, 4), draw.bounded(6, 18));
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        anyReservation(one, draw).name = u"Ulov%1"_s.arg(draw.bounded(1, 4));
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        anyReservation(one, draw).mac = natMacOf(one.name.right(1).toInt(), draw.bounded(0x20, 0x40));
    },
    [](Hypervisor &one, QRandomGenerator &) {
        networkIn(one, "default").leases->first().address = ip("192.168.202.14");
    },
    [](Hypervisor &one, QRandomGenerator &) { unplug(one, "eno1"); },
    [](Hypervisor &one, QRandomGenerator &) { linkIn(one, "eno2").carrier = false; },
    [](Hypervisor &one, QRandomGenerator &) { linkIn(one, "br1").mac = mac("02:00:00:00:00:01"); },
    [](Hypervisor &one, QRandomGenerator &) { linkIn(one, "br1").addresses.first().prefix = 16; },
    [](Hypervisor &one, QRandomGenerator &) { one.host.routes->clear(); },
    [](Hypervisor &one, QRandomGenerator &) { one.libvirtVersion = u"8.0.0"_s; },
    [](Hypervisor &one, QRandomGenerator &draw) { anyVm(one, draw).name = u"Siamond"_s; },
    [](Hypervisor &one, QRandomGenerator &draw) { anyVm(one, draw).uuid = u"5f3a"_s; },
    [](Hypervisor &one, QRandomGenerator &draw) { anyVm(one, draw).autostart = false; },
    [](Hypervisor &one, QRandomGenerator &draw) {
        Domain &vm = anyVm(one, draw);
        vm.state = DomainState::Paused;
        vm.live.reset();
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        if (Domain &vm = anyVm(one, draw); vm.live)
            vm.live->agentConnected = false;
    },
    [](Hypervisor &one, QRandomGenerator &) {
        for (Domain &vm : *one.domains)
            if (vm.live)
                vm.live->disks.first().path = u"/live/one.qcow2"_s;
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        anyVm(one, draw).inactive->disks.append(drive("/isos/fedora-28.iso"));
        one.volumes = QList<Volume>{
            {u"live"_s, u"old"_s, u"/live/old.qcow2"_s, u"qcow2"_s, {}, {u"volumes.json"_s, 1, 1}}};
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        anyVm(one, draw).snapshots = QList<DomainSnapshot>{{u"before"_s, {}, {u"snapshots.json"_s, 1, 1}}};
    },
    [](Hypervisor &one, QRandomGenerator &draw) {
        Machine &system = anyVm(one, draw).guest->system;
        system.clock->value = system.clockRead.addSecs(500);
    },
    [](Hypervisor &one, QRandomGenerator &) {
        for (Domain &vm : *one.domains)
            vm.guest->system.machineId->value = QString(31, u'a') + u'b';
    },
};

/// A fleet with up to four faults, anywhere.
Fleet anyFleet(QRandomGenerator &draw)
{
    QList<Hypervisor> all;
    for (int i = 1; i <= hosts; ++i)
        all.append(host(i));
    for (int i = draw.bounded(5); i > 0; --i) {
        Hypervisor &one = all[draw.bounded(hosts)];
        damages[std::size_t(draw.bounded(int(damages.size())))](one, draw);
    }
    return fleet(all);
}

template <typename T> void shuffle(QList<T> &list, QRandomGenerator &draw)
{
    for (qsizetype i = list.size() - 1; i > 0; --i)
        list.swapItemsAt(i, draw.bounded(int(i) + 1));
}

/// The same fleet with its lists in another order.
Fleet shuffled(Fleet all, QRandomGenerator &draw)
{
    shuffle(all.hypervisors, draw);
    for (Hypervisor &one : all.hypervisors) {
        shuffle(*one.domains, draw);
        shuffle(*one.networks, draw);
        shuffle(one.host.interfaces->items, draw);
        shuffle(*one.host.bridgePorts, draw);
        shuffle(*one.host.routes, draw);
        shuffle(*one.declaredInterfaces, draw);
        for (Network &net : *one.networks)
            for (auto *form : {&net.form, &net.declared})
                if (*form)
                    shuffle((*form)->reservations, draw);
    }
    return all;
}

/// Whatever a rule might fail to find was not read: nothing can be said of it.
Fleet unread(Fleet all)
{
    for (Hypervisor &one : all.hypervisors) {
        one.networks.reset();
        one.domains.reset();
        one.host = {};
        one.declaredInterfaces.reset();
        one.interfacesFile.reset();
        one.libvirtVersion.clear();
        one.qemuVersion.clear();
    }
    return all;
}

} // namespace

class TestHostStability : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void anyDamageIsJudgedStably()
    {
        QSet<QString> seen;
        for (quint32 seed = 1; seed <= fleets; ++seed) {
            QRandomGenerator draw(seed);
            const Fleet all = anyFleet(draw);
            const auto findings = judged(all, hostPolicy(hosts));
            const QStringList ids = allIds(findings);
            const auto what = u"seed %1: %2"_s.arg(seed).arg(ids.join(u", "_s));
            for (const Finding &finding : findings) {
                seen.insert(finding.rule);
                QVERIFY2(!finding.message.isEmpty() && finding.message.endsWith(u'.'),
                         qPrintable(finding.message));
                QVERIFY2(!finding.evidence.isEmpty(), qPrintable(finding.id()));
            }
            QVERIFY2(judged(all, hostPolicy(hosts)) == findings, qPrintable(what));
            const auto again = judged(shuffled(all, draw), hostPolicy(hosts));
            QCOMPARE(allIds(again).join(u' '), ids.join(u' '));
            for (qsizetype i = 0; i < findings.size(); ++i)
                QCOMPARE(again[i].message, findings[i].message);
        }
        QStringList untried;
        for (const auto family : {&networkFamily, &hostFamily})
            for (const Rule &rule : family())
                if (!seen.contains(QString::fromLatin1(rule.name)))
                    untried.append(QString::fromLatin1(rule.name));
        QCOMPARE(untried.join(u' '), u"source-unreachable host-os-eol host-kernel-eol host-disk-full"_s);
    }

    void oneDamageIsHardlyMoreThanOneFinding()
    {
        for (std::size_t i = 0; i < damages.size(); ++i) {
            QRandomGenerator draw(7);
            QList<Hypervisor> all{host(1), host(2), host(3)};
            damages[i](all[1], draw);
            const QStringList ids = allIds(judged(fleet(all), hostPolicy(hosts)));
            QVERIFY2(ids.size() <= 2, qPrintable(u"damage %1: %2"_s.arg(i).arg(ids.join(u", "_s))));
        }
    }

    void whatWasNotReadIsNotWrong()
    {
        for (quint32 seed = 1; seed <= 20; ++seed) {
            QRandomGenerator draw(seed);
            for (const QString &id : allIds(judged(unread(anyFleet(draw)), hostPolicy(hosts))))
                QVERIFY2(id.startsWith(u"source-unreachable:"_s) || id.startsWith(u"disk-unused:"_s),
                         qPrintable(id));
        }
    }
};

QTEST_GUILESS_MAIN(TestHostStability)
#include "test_host_stability.moc"
