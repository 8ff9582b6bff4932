#include "models/rules/families.h"
#include "tests/rules/judging.h"
#include "tests/support/any_engine.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int fleets = 200;

/// Draws the parts of fleets; the same seed draws the same fleet everywhere.
class Dice
{
public:
    explicit Dice(quint32 seed) : m_random(seed) {}
    int upTo(int most) { return m_random.bounded(most + 1); }
    bool oneIn(int times) { return m_random.bounded(times) == 0; }
    template <typename T> const T &of(const QList<T> &list)
    {
        return list[m_random.bounded(int(list.size()))];
    }
    template <typename T> void shuffle(QList<T> &list)
    {
        for (qsizetype i = list.size() - 1; i > 0; --i)
            list.swapItemsAt(i, upTo(int(i)));
    }

private:
    QRandomGenerator m_random;
};

const QList<const char *> someMacs{float1Mac,           float2Mac,           "52:54:00:00:01:02", natMac,
                                   "52:54:00:00:00:01", "52:54:00:02:02:20", "52:54:00:02:01:0f"};
const QList<const char *> someAddresses{float1Ip, float2Ip, "129.215.175.102", natIp, "10.0.0.1"};
const QList<const char *> someNames{"ens3", "ens7", "eth1", "br0", "eth1.5", "bond0", "lo"};

Nic anyNic(Dice &dice, bool live)
{
    const char *mac = dice.of(someMacs);
    const int at = dice.upTo(5) + 3;
    Nic made = !live           ? persistent(mac, dice.oneIn(2) ? "bridged" : "default", at)
               : dice.oneIn(3) ? liveBridgeOnly(mac, at, at)
               : dice.oneIn(2) ? liveNat(mac, at, at)
                               : liveBridged(mac, at, at);
    if (dice.oneIn(8))
        made.pci.reset();
    if (dice.oneIn(12))
        made.mac.reset();
    if (dice.oneIn(8))
        made.alias.clear();
    return made;
}

std::optional<DomainForm> anyForm(Dice &dice, bool live)
{
    if (dice.oneIn(4))
        return {};
    DomainForm made = form({});
    for (int i = dice.upTo(5); i > 0; --i)
        made.nics.append(anyNic(dice, live));
    made.partial = dice.oneIn(5);
    return made;
}

std::optional<Guest> anyGuest(Dice &dice)
{
    if (dice.oneIn(5))
        return {};
    Guest made = guest({}, {});
    for (int i = dice.upTo(5); i > 0; --i) {
        Interface one =
            inside(dice.of(someNames), dice.of(someMacs), dice.oneIn(2) ? dice.of(someAddresses) : nullptr,
                   dice.oneIn(2) ? dice.upTo(5) + 3 : -1);
        if (dice.oneIn(6))
            one.mac.reset();
        if (dice.oneIn(3))
            one.addresses.append({ip(dice.of(someAddresses)), 24});
        made.system.interfaces->items.append(one);
    }
    made.system.interfaces->elided = dice.oneIn(5);
    if (dice.oneIn(8))
        made.system.interfaces.reset();
    for (int i = dice.upTo(4); i > 0; --i)
        made.configs.append(ifcfg(dice.oneIn(5) ? "" : dice.of(someNames),
                                  dice.oneIn(3) ? nullptr : dice.of(someMacs),
                                  dice.oneIn(4) ? nullptr : dice.of(someAddresses)));
    made.configsRead = !dice.oneIn(4);
    made.system.os = OsRelease{u"fedora"_s, dice.oneIn(2) ? u"28"_s : u"38"_s, {}, {}};
    made.engine = EngineDrawer(dice).draw();
    return made;
}

/// What the rules on NICs, files and guests look at beyond the above.
void spoil(Domain &domain, Dice &dice)
{
    for (auto *form : {&domain.live, &domain.inactive})
        if (*form)
            for (Nic &nic : (*form)->nics) {
                if (dice.oneIn(12))
                    nic.model = u"e1000"_s;
                if (dice.oneIn(20))
                    nic.mac = mac(dice.oneIn(2) ? "00:00:00:00:00:00" : "03:00:00:00:00:01");
            }
    if (!domain.guest)
        return;
    Machine &system = domain.guest->system;
    const Source anywhere{u"somewhere"_s, 1, 1};
    if (dice.oneIn(3))
        system.hostname = Sourced<QString>{dice.oneIn(2) ? domain.name : u"localhost"_s, anywhere};
    if (dice.oneIn(3))
        system.kernel = Sourced<QString>{dice.oneIn(2) ? u"4.9.1"_s : u"6.1.0-10-amd64"_s, anywhere};
    if (dice.oneIn(3))
        system.filesystems =
            QList<Filesystem>{{u"/dev/vda1"_s, u"/"_s, 100, 50 + dice.upTo(45), 5, anywhere}};
    if (dice.oneIn(3))
        system.persistentNames = QList<PersistentName>{{mac(dice.of(someMacs)), u"ens7"_s, anywhere}};
    if (dice.oneIn(3))
        system.routes = QList<Route>{{{}, ip("10.0.0.254"), u"ens3"_s, {}, anywhere},
                                     {{}, ip("10.0.0.253"), u"ens7"_s, dice.upTo(1), anywhere}};
    if (dice.oneIn(3))
        domain.guest->packages =
            QList<PackageTransaction>{{1, {}, QDateTime({2018 + dice.upTo(5), 1, 1}, {1, 0}), {}, anywhere}};
    if (dice.oneIn(3))
        domain.guest->engine.version = Sourced<QString>{u"18.06.1-ce"_s, anywhere};
    for (InterfaceConfig &config : domain.guest->configs) {
        if (dice.oneIn(6))
            set(config, "IPV4INIT", "yes");
        if (dice.oneIn(6))
            config.macaddr = Sourced<MacAddress>{mac(dice.of(someMacs)), anywhere};
        if (dice.oneIn(4))
            config.onBoot = false;
    }
}

void spoil(Hypervisor &hypervisor, Dice &dice)
{
    const Source anywhere{u"somewhere"_s, 1, 1};
    Machine &host = hypervisor.host;
    if (dice.oneIn(3))
        host.os = OsRelease{u"debian"_s, dice.oneIn(2) ? u"8"_s : u"12"_s, {}, anywhere};
    if (dice.oneIn(3))
        host.kernel = Sourced<QString>{dice.oneIn(2) ? u"4.9.1"_s : u"6.1.0-10-amd64"_s, anywhere};
    if (dice.oneIn(3))
        host.filesystems = QList<Filesystem>{{u"/dev/sda1"_s, u"/"_s, 100, 50 + dice.upTo(45), 5, anywhere}};
    if (dice.oneIn(2) && host.interfaces)
        host.interfaces->items.append(onHost("vnet4", "fe:00:00:00:00:01", nullptr, "tun"));
}

Fleet anyFleet(Dice &dice)
{
    Fleet all = fleet({});
    for (const char *host : {"trop01", "trop02", "trop03"}) {
        Hypervisor one = hypervisor(host, {});
        for (const char *name : {"Acilamwen", "Ulov", "Eterathiel"}) {
            if (dice.oneIn(3))
                continue;
            Domain made = vm(name, dice.oneIn(4) ? DomainState::ShutOff : DomainState::Running);
            made.live = anyForm(dice, true);
            made.inactive = anyForm(dice, false);
            made.guest = anyGuest(dice);
            spoil(made, dice);
            one.domains->append(made);
        }
        if (dice.oneIn(6))
            one.networks.reset();
        if (dice.oneIn(6))
            one.domains.reset();
        if (dice.oneIn(4))
            one.errors = {{one.name, u"libvirt"_s, u"gone"_s, {}},
                          {one.name, u"guest Ulov"_s, u"gone"_s, {}}};
        if (dice.oneIn(6))
            one.host.interfaces = InterfaceList{{inside("br0", "0c:c4:7a:35:12:06", dice.of(someAddresses)),
                                                 inside("eth0", "0c:c4:7a:35:12:06", dice.of(someAddresses))},
                                                false};
        spoil(one, dice);
        all.hypervisors.append(one);
    }
    return all;
}

/// The same fleet with its lists in another order.
Fleet shuffled(Fleet all, Dice &dice)
{
    for (Hypervisor &hypervisor : all.hypervisors) {
        if (!hypervisor.domains)
            continue;
        for (Domain &domain : *hypervisor.domains) {
            if (domain.live)
                dice.shuffle(domain.live->nics);
            if (domain.inactive)
                dice.shuffle(domain.inactive->nics);
        }
        dice.shuffle(*hypervisor.domains);
    }
    dice.shuffle(all.hypervisors);
    return all;
}

/// A fleet without fault: some VMs hold a float, each another; some are off; names of interfaces differ.
Fleet healthyFleet(Dice &dice)
{
    Fleet all = fleet({});
    int floats = 0;
    for (int h = 1; h <= 4; ++h) {
        Hypervisor host = hypervisor(qPrintable(u"trop0%1"_s.arg(h)), {});
        for (int v = 8; v < 8 + dice.upTo(5); ++v) {
            const QByteArray nat = u"52:54:00:02:0%1:0%2"_s.arg(h).arg(v, 0, 16).toLatin1();
            const QByteArray natAddress = u"192.168.20%1.%2"_s.arg(h).arg(v).toLatin1();
            const bool renamed = dice.oneIn(2);
            Domain one = vm(qPrintable(u"vm%1%2"_s.arg(h).arg(v)), form({liveNat(nat, 0, 3)}),
                            form({persistent(nat, "default", 3)}),
                            guest({inside(renamed ? "eth0" : "ens3", nat, natAddress, 3)},
                                  {ifcfg(renamed ? "eth0" : "ens3", nullptr)}));
            if (floats < 4 && dice.oneIn(3)) {
                const QByteArray mac = u"52:54:00:00:01:0%1"_s.arg(floats).toLatin1();
                const QByteArray address = u"129.215.175.%1"_s.arg(100 + floats).toLatin1();
                ++floats;
                one.live->nics.append(dice.oneIn(2) ? liveBridged(mac, 1, 7) : liveBridgeOnly(mac, 1, 7));
                one.inactive->nics.append(persistent(mac, "bridged", dice.oneIn(2) ? 7 : 9));
                one.guest->system.interfaces->items.append(
                    inside("ens7", mac, address, dice.oneIn(2) ? 7 : -1));
                one.guest->configs.append(ifcfg("ens7", dice.oneIn(2) ? mac.constData() : nullptr, address));
            }
            if (dice.oneIn(4)) {
                one.state = DomainState::ShutOff;
                one.live.reset();
                one.guest.reset();
            } else if (dice.oneIn(4)) {
                one.guest.reset();
            } else {
                one.guest->system.interfaces->items.append(
                    inside("docker0", "02:42:ac:11:00:01", "172.17.0.1"));
                one.guest->engine.containers = QList<Container>{task(
                    "web", 10 * h + v, qPrintable(u"4yzmmuh6jfiqvw4tmslylz%1%2"_s.arg(h).arg(v)), "web:1")};
            }
            host.domains->append(one);
        }
        all.hypervisors.append(host);
    }
    return all;
}

const QStringList allHosts{u"trop01"_s, u"trop02"_s, u"trop03"_s, u"trop04"_s};

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void anyFleetIsJudgedStably()
    {
        const EndOfLifeTable table = bundledTable();
        QSet<QString> seen;
        for (quint32 seed = 1; seed <= fleets; ++seed) {
            Dice dice(seed);
            const Fleet all = anyFleet(dice);
            const auto findings = judged(all, policy(allHosts), table);
            const QStringList ids = allIds(findings);
            for (const Finding &finding : findings) {
                seen.insert(finding.rule);
                QVERIFY2(!finding.message.isEmpty() && !finding.subject.isEmpty(), qPrintable(finding.id()));
            }
            const auto what = u"seed %1: %2"_s.arg(seed).arg(ids.join(u", "_s));
            QVERIFY2(QSet<QString>(ids.begin(), ids.end()).size() == ids.size(), qPrintable(what));
            QVERIFY2(judged(all, policy(allHosts), table) == findings, qPrintable(what));
            const QStringList again = allIds(judged(shuffled(all, dice), policy(allHosts), table));
            QCOMPARE(again, ids);
            QVERIFY(std::is_sorted(findings.begin(), findings.end(), [](const Finding &a, const Finding &b) {
                return a.severity > b.severity;
            }));
        }
        // The fleets must be bad enough to try every rule but the one that needs probes, and those of
        // networks and hosts, which test_host_stability tries.
        QStringList untried;
        for (const Rule &rule : ruleCatalogue())
            if (!seen.contains(QString::fromLatin1(rule.name)))
                untried.append(QString::fromLatin1(rule.name));
        for (const auto family : {&networkFamily, &hostFamily})
            for (const Rule &rule : family())
                untried.removeOne(QString::fromLatin1(rule.name));
        QVERIFY2(untried.removeOne(u"float-unreachable"_s) && untried.removeOne(u"float-unassigned"_s),
                 "these two cannot arise here");
        QCOMPARE(untried, QStringList());
    }

    void aHealthyFleetHasNothingAboveInfo()
    {
        const EndOfLifeTable table = bundledTable();
        bool free = false;
        for (quint32 seed = 1; seed <= fleets; ++seed) {
            Dice dice(seed);
            const Fleet all = healthyFleet(dice);
            const auto findings = judged(all, policy(allHosts), table);
            QVERIFY2(wrongs(findings).isEmpty(),
                     qPrintable(u"seed %1: %2"_s.arg(seed).arg(
                         findings.isEmpty() ? QString() : findings.front().message)));
            free = free || !findings.isEmpty();
            QCOMPARE(wrongs(shuffled(all, dice), policy(allHosts)), QStringList());
        }
        QVERIFY(free);
    }

    void aNicIsNotNamedByItsPlaceInTheList()
    {
        Domain vm = labAcilamwen();
        const auto one = allIds(judged(fleetOf(vm)));
        std::reverse(vm.live->nics.begin(), vm.live->nics.end());
        std::reverse(vm.inactive->nics.begin(), vm.inactive->nics.end());
        QCOMPARE(allIds(judged(fleetOf(vm))), one);
    }

    void severitiesAreThePolicys()
    {
        Policy changed = policy();
        changed.severities.insert(u"float-duplicate-nic"_s, Severity::Info);
        changed.severities.insert(u"float-mac-ip-mismatch"_s, std::nullopt);
        const auto findings = judged(fleetOf(notesAcilamwen()), changed);
        QCOMPARE(allIds(findings), QStringList(u"float-duplicate-nic:trop02/vm/Acilamwen"_s));
        QCOMPARE(findings.front().severity, Severity::Info);
    }

    void theWorstStandFirst()
    {
        Domain vm = labAcilamwen();
        vm.guest->system.os = OsRelease{u"fedora"_s, u"28"_s, {}, {}};
        Policy changed = policy();
        changed.severities.insert(u"float-duplicate-nic"_s, Severity::Info);
        const auto findings = judged(fleetOf(vm), changed, bundledTable());
        QCOMPARE(wrongs(findings), (QStringList{u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens7"_s,
                                                u"guest-os-eol:trop02/vm/Acilamwen"_s}));
        // By subject where they are equally bad.
        QCOMPARE(allIds(findings).sliced(2),
                 (QStringList{u"float-unassigned:float/float3"_s, u"float-unassigned:float/float4"_s,
                              u"float-duplicate-nic:trop02/vm/Acilamwen"_s}));
    }

    void acceptanceHasALastDay_data()
    {
        QTest::addColumn<QDate>("until");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<bool>("stands");
        const QString vm = u"trop02/vm/Acilamwen"_s;
        QTest::newRow("no end") << QDate() << vm << true;
        QTest::newRow("later") << QDate(2023, 12, 31) << vm << true;
        QTest::newRow("its last day") << QDate(2023, 7, 18) << vm << true;
        QTest::newRow("over") << QDate(2023, 7, 17) << vm << false;
        QTest::newRow("another subject") << QDate() << u"trop02/vm/Ulov"_s << false;
    }

    void acceptanceHasALastDay()
    {
        QFETCH(QDate, until);
        QFETCH(QString, subject);
        QFETCH(bool, stands);
        Policy accepting = policy();
        accepting.accepted.append({u"float-duplicate-nic"_s,
                                   subject,
                                   u"known"_s,
                                   until.isValid() ? std::optional(until) : std::nullopt,
                                   {}});
        const auto findings = judged(fleetOf(notesAcilamwen()), accepting);
        const Finding finding = findingOf(findings, "float-duplicate-nic");
        QCOMPARE(finding.accepted, stands ? std::optional(u"known"_s) : std::nullopt);
        QVERIFY(!findingOf(findings, "float-mac-ip-mismatch").accepted);
    }

    void quotesAreTheLinesAndBounded()
    {
        Evidence evidence;
        evidence.documents[u"a"_s].text = "one\ntwo\nthree\n" + QByteArray(100, '\n') + "\xff\xfe";
        QCOMPARE(quoted(evidence, {u"a"_s, 2, 3}), u"two\nthree"_s);
        QCOMPARE(quoted(evidence, {u"a"_s, 0, 0}, 2), u"one\ntwo"_s);
        QCOMPARE(quoted(evidence, {u"a"_s, 1, 1000000}).count(u'\n'), 39);
        QCOMPARE(quoted(evidence, {u"a"_s, 5000, 5001}), QString());
        QCOMPARE(quoted(evidence, {u"a"_s, 3, 1}), u"three"_s);
        QCOMPARE(quoted(evidence, {u"b"_s, 1, 1}), QString());
        evidence.documents[u"a"_s].text = QByteArray(100000, 'x');
        QCOMPARE(quoted(evidence, {u"a"_s, 1, 1}).size(), 2000);
    }

    void theCatalogueIsWhole()
    {
        QSet<QString> names;
        for (const Rule &rule : ruleCatalogue()) {
            const QString name = QString::fromLatin1(rule.name);
            QVERIFY2(!names.contains(name), rule.name);
            names.insert(name);
            QCOMPARE(findRule(name), &rule);
            QVERIFY(rule.find && *rule.title && *rule.explanation && *rule.reads && *rule.consequence);
        }
        QVERIFY(!findRule(u"float"));
        QCOMPARE(ruleFamily(u"float-duplicate-nic"), u"float"_s);
    }
};

QTEST_GUILESS_MAIN(TestJudge)
#include "test_judge.moc"
