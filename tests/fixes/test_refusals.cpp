#include "tests/fixes/broken_fleet.h"

#include <QRegularExpression>
#include <QTest>

#include <functional>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

using Edit = std::function<void(Fleet &)>;

struct Refusal
{
    const char *name;
    const char *line; ///< as one types it
    const char *says; ///< part of the sentence
    Edit edit = {};
    ErrorKind kind = ErrorKind::Refused;
};

Hypervisor &host(Fleet &fleet, const char *name)
{
    for (Hypervisor &one : fleet.hypervisors)
        if (one.name == QLatin1String(name))
            return one;
    qFatal("no %s", name);
}

Domain &domain(Fleet &fleet, const char *name)
{
    for (Hypervisor &one : fleet.hypervisors)
        for (Domain &vm : *one.domains)
            if (vm.name == QLatin1String(name))
                return vm;
    qFatal("no %s", name);
}

Network &network(Fleet &fleet, const char *on, const char *name)
{
    for (Network &one : *host(fleet, on).networks)
        if (one.name == QLatin1String(name))
            return one;
    qFatal("no %s", name);
}

/// As it is while it does not run.
void turnOff(Domain &vm)
{
    vm.state = DomainState::ShutOff;
    vm.live.reset();
    vm.guest.reset();
}

/// A NIC of its own on the bridge, of the live form alone or of the other.
Nic extraNic(const char *mac)
{
    Nic nic;
    nic.kind = NicKind::Bridge;
    nic.bridge = u"br0"_s;
    nic.network = u"bridged"_s;
    nic.mac = MacAddress::fromString(QString::fromLatin1(mac));
    nic.pci = PciAddress{0, 9, 0, 0};
    return nic;
}

/// A file in Wenebrith that names a MAC which no NIC has.
InterfaceConfig strayFile(const char *device, const char *mac, const char *address)
{
    InterfaceConfig config;
    config.format = ConfigFormat::Keyfile;
    config.device = QString::fromLatin1(device);
    config.source = {u"trop01/guests/Wenebrith/nm/enp1s0.nmconnection"_s, 1, 1};
    config.hwaddr = Sourced<MacAddress>{*MacAddress::fromString(QString::fromLatin1(mac)), config.source};
    config.addresses = {{{*Ipv4::fromString(QString::fromLatin1(address)), 24}, config.source}};
    return config;
}

Interface &enp1s0(Fleet &fleet)
{
    for (Interface &one : domain(fleet, "Wenebrith").guest->system.interfaces->items)
        if (one.name == u"enp1s0")
            return one;
    qFatal("no enp1s0");
}

void bindTo(Fleet &fleet, const InterfaceConfig &config)
{
    domain(fleet, "Wenebrith").guest->configs = {config};
}

QList<Refusal> nicRefusals()
{
    const auto liveOnly = [](Fleet &fleet) { domain(fleet, "Wenebrith").inactive->nics.clear(); };
    return {
        {"persist without a choice", "nic-persist Wenebrith", "--keep live", {}, ErrorKind::Usage},
        {"persist with another choice",
         "nic-persist Wenebrith --keep both",
         "--keep live",
         {},
         ErrorKind::Usage},
        {"persist of nobody", "nic-persist Nobody --keep live", "no VM \"Nobody\"", {}, ErrorKind::Usage},
        {"persist of one that is off", "nic-persist Wenebrith --keep live", "only one form of it is there",
         [](Fleet &fleet) { turnOff(domain(fleet, "Wenebrith")); }},
        {"persist where both are the same", "nic-persist Wenebrith --keep live", "the same already"},
        {"persist of a paused VM", "nic-persist Wenebrith --keep live", "paused",
         [](Fleet &fleet) { domain(fleet, "Wenebrith").state = DomainState::Paused; }},
        {"persist without a UUID", "nic-persist Wenebrith --keep live", "UUID was not read",
         [](Fleet &fleet) { domain(fleet, "Wenebrith").uuid.clear(); }},
        {"persist would cut the way in", "nic-persist Wenebrith --keep persistent",
         "192.168.201.9, which is the way in", liveOnly},
        {"persist of a NIC without a slot", "nic-persist Wenebrith --keep live", "cannot be told from others",
         [](Fleet &fleet) {
             domain(fleet, "Wenebrith").live->nics.append(extraNic("52:54:00:00:09:09"));
             domain(fleet, "Wenebrith").live->nics.last().pci.reset();
             domain(fleet, "Wenebrith").live->nics.last().source =
                 domain(fleet, "Wenebrith").live->nics.first().source;
         }},
        {"persist of a NIC whose description was not read", "nic-persist Wenebrith --keep live",
         "description is not among what was read",
         [](Fleet &fleet) { domain(fleet, "Wenebrith").live->nics.append(extraNic("52:54:00:00:09:09")); },
         ErrorKind::Format},
        {"detach without a slot",
         "nic-detach Wenebrith seven",
         "name the NIC by its PCI address",
         {},
         ErrorKind::Usage},
        {"detach where nothing is",
         "nic-detach Wenebrith 0000:00:1f.0",
         "there are 0000:01:00.0",
         {},
         ErrorKind::Usage},
        {"detach what is used", "nic-detach Wenebrith 0000:01:00.0", "enp1s0, which has 192.168.201.9"},
        {"detach what a file is for", "nic-detach Wenebrith 0000:01:00.0", "which the file",
         [](Fleet &fleet) { enp1s0(fleet).addresses.clear(); }},
        {"detach from one that is off", "nic-detach Wenebrith 0000:01:00.0", "it does not run",
         [](Fleet &fleet) { turnOff(domain(fleet, "Wenebrith")); }},
        {"detach where the inside was not read", "nic-detach Wenebrith 0000:01:00.0",
         "its inside was not read", [](Fleet &fleet) { domain(fleet, "Wenebrith").guest.reset(); }},
        {"detach one of several", "nic-detach Wenebrith 0000:01:00.0", "blink its link first",
         [](Fleet &fleet) {
             enp1s0(fleet).pci.reset();
             domain(fleet, "Wenebrith").live->nics.append(extraNic("52:54:00:02:01:09"));
         }},
        {"rebind where nothing is wrong", "nic-rebind Wenebrith enp1s0", "there is nothing to mend"},
        {"rebind what is not there", "nic-rebind Wenebrith ens9", "there are none", {}, ErrorKind::Usage},
        {"rebind to a MAC that no NIC has", "nic-rebind Wenebrith enp1s0 52:54:00:00:07:07", "no live NIC",
         [](Fleet &fleet) { bindTo(fleet, strayFile("enp1s0", "52:54:00:02:10:09", "192.168.201.9")); },
         ErrorKind::Usage},
        {"rebind what is for no NIC that is known", "nic-rebind Wenebrith ens9",
         "nic-rebind Wenebrith ens9 MAC",
         [](Fleet &fleet) { bindTo(fleet, strayFile("ens9", "0a:0b:0c:0d:0e:0f", "192.168.201.9")); }},
        {"rebind a float's file", "nic-rebind Wenebrith enp1s0", "float-repair float2 --keep ip",
         [](Fleet &fleet) { bindTo(fleet, strayFile("enp1s0", "52:54:00:02:10:09", "129.215.175.101")); }},
        {"rebind to a float's NIC", "nic-rebind Wenebrith ens9 52:54:00:00:01:02", "is float3's MAC",
         [](Fleet &fleet) {
             domain(fleet, "Wenebrith").live->nics.append(extraNic("52:54:00:00:01:02"));
             bindTo(fleet, strayFile("ens9", "0a:0b:0c:0d:0e:0f", "10.0.0.9"));
         }},
        {"rebind beside another file", "nic-rebind Wenebrith enp1s0", "already: two for one NIC",
         [](Fleet &fleet) {
             bindTo(fleet, strayFile("enp1s0", "52:54:00:02:10:09", "192.168.201.9"));
             domain(fleet, "Wenebrith")
                 .guest->configs.append(strayFile("other", "52:54:00:02:01:09", "192.168.201.9"));
         }},
        {"blink without a slot",
         "nic-blink Wenebrith",
         "name the NIC by its PCI address",
         {},
         ErrorKind::Usage},
        {"blink where nothing is",
         "nic-blink Wenebrith 0000:00:1f.0",
         "no live NIC at",
         {},
         ErrorKind::Usage},
        {"blink one that is off", "nic-blink Wenebrith 0000:01:00.0", "no cable can be pulled",
         [](Fleet &fleet) { turnOff(domain(fleet, "Wenebrith")); }},
        {"blink what is pulled", "nic-blink Wenebrith 0000:01:00.0", "is pulled already",
         [](Fleet &fleet) { domain(fleet, "Wenebrith").live->nics.front().linkUp = false; }},
    };
}

QList<Refusal> networkRefusals()
{
    return {
        {"reserve on no network",
         "reservation-fix trop01 nowhere set 52:54:00:02:01:08",
         "no network \"nowhere\"",
         {},
         ErrorKind::Usage},
        {"reserve on no hypervisor",
         "reservation-fix trop09 default set 52:54:00:02:01:08",
         "no hypervisor \"trop09\"",
         {},
         ErrorKind::Usage},
        {"reserve without a verb",
         "reservation-fix trop01 default",
         "set MAC [ADDRESS] [NAME]",
         {},
         ErrorKind::Usage},
        {"reserve without a MAC",
         "reservation-fix trop01 default set Thalorien",
         "give the MAC",
         {},
         ErrorKind::Usage},
        {"reserve on what does not run", "reservation-fix trop01 default set 52:54:00:02:01:08 192.168.201.8",
         "start it first (network-start)",
         [](Fleet &fleet) { network(fleet, "trop01", "default").active = false; }},
        {"reserve what is so already",
         "reservation-fix trop01 default set 52:54:00:02:01:08 192.168.201.8 Thalorien",
         "it is reserved so already"},
        {"reserve outside of the subnet", "reservation-fix trop01 default set 52:54:00:02:01:10 10.0.0.1 New",
         "outside of its subnet 192.168.201.0/24"},
        {"reserve another's address",
         "reservation-fix trop01 default set 52:54:00:02:01:10 192.168.201.8 New",
         "is reserved for Thalorien already"},
        {"reserve what is leased", "reservation-fix trop01 default set 52:54:00:02:01:10 192.168.201.12 New",
         "is leased to 52:54:00:00:09:09",
         [](Fleet &fleet) {
             Network &one = network(fleet, "trop01", "default");
             one.form->reservations.removeIf([](const Reservation &old) { return old.name == u"Ylmareth"; });
             Lease lease;
             lease.mac = *MacAddress::fromString(u"52:54:00:00:09:09"_s);
             lease.address = Ipv4::fromString(u"192.168.201.12"_s);
             one.leases = QList<Lease>{lease};
         }},
        {"remove what is not there", "reservation-fix trop01 default remove 52:54:00:00:09:09",
         "no reservation is for 52:54:00:00:09:09"},
        {"restore to nowhere",
         "network-restore trop01 default --to moon",
         "--to machine",
         {},
         ErrorKind::Usage},
        {"restore what is as declared", "network-restore trop03 bridged", "as it is declared already"},
        {"restore what is not declared", "network-restore trop01 default", "was not read",
         [](Fleet &fleet) { network(fleet, "trop01", "default").declared.reset(); }},
        {"restore under running VMs", "network-restore trop01 default", "Thalorien",
         [](Fleet &fleet) { network(fleet, "trop01", "default").declared->bridge = u"virbr7"_s; }},
        {"restore where its bridge is taken", "network-restore trop01 default", "rename it (virsh net-edit)",
         [](Fleet &fleet) {
             Network &one = network(fleet, "trop01", "default");
             Network other = one;
             other.name = u"nat"_s;
             other.declared.reset();
             one.form.reset();
             one.active.reset();
             host(fleet, "trop01").networks->append(other);
         }},
        {"write a patch of what was not read", "network-restore trop01 default --to patch", "was not read",
         [](Fleet &fleet) { network(fleet, "trop01", "default").form.reset(); }},
        {"start nothing", "network-start trop01 nowhere", "no network \"nowhere\"", {}, ErrorKind::Usage},
        {"start what runs", "network-start trop01 default", "it is active already"},
        {"start what is not there", "network-start trop01 default",
         "make it as it is declared (network-restore)",
         [](Fleet &fleet) {
             network(fleet, "trop01", "default").form.reset();
             network(fleet, "trop01", "default").active.reset();
         }},
        {"autostart of what does already", "autostart-on trop01 default", "starts by itself already",
         [](Fleet &fleet) { network(fleet, "trop01", "default").autostart = true; }},
        {"autostart of a network that goes with its stop", "autostart-on trop01 default",
         "no persistent description",
         [](Fleet &fleet) { network(fleet, "trop01", "default").persistent = false; }},
        {"autostart of what is not there", "autostart-on trop01 default", "make it as it is declared",
         [](Fleet &fleet) {
             network(fleet, "trop01", "default").form.reset();
             network(fleet, "trop01", "default").active.reset();
         }},
        {"autostart of nobody", "autostart-on Nobody", "no VM \"Nobody\"", {}, ErrorKind::Usage},
        {"autostart of a VM that does already", "autostart-on Wenebrith", "starts by itself already",
         [](Fleet &fleet) { domain(fleet, "Wenebrith").autostart = true; }},
        {"autostart of a VM without a description", "autostart-on Wenebrith", "not persistent",
         [](Fleet &fleet) { domain(fleet, "Wenebrith").persistent = false; }},
        {"autostart without a UUID", "autostart-on Wenebrith", "UUID was not read",
         [](Fleet &fleet) { domain(fleet, "Wenebrith").uuid.clear(); }},
    };
}

/// The first of the generator's fleets that is broken so.
Reading brokenBy(const char *rule, const char *how)
{
    for (const generator::Breakage &one : generator::allBreakages())
        for (quint64 seed = 1; QLatin1String(one.rule) == QLatin1String(rule) && seed < 20; ++seed)
            if (one.name() == QString(QLatin1String(rule) + u": " + QLatin1String(how)))
                if (const auto broken = brokenFleet(one, seed))
                    return *broken;
    qFatal("no fleet is broken so");
}

/// What the rule offers for it.
PlanRequest offered(const Reading &reading, const char *rule)
{
    for (const Finding &finding : reading.findings)
        if (finding.rule == QLatin1String(rule))
            return offersFor(reading.input(), finding).value(0);
    qFatal("no finding of %s", rule);
}

template <typename Change> void forEngines(Fleet &fleet, const Change &change)
{
    for (Hypervisor &one : fleet.hypervisors)
        for (Domain &vm : *one.domains)
            if (vm.guest)
                change(vm.guest->engine);
}

template <typename Change> void forContainers(Fleet &fleet, const Change &change)
{
    forEngines(fleet, [&](Engine &engine) {
        if (engine.containers)
            for (Container &container : *engine.containers)
                change(container);
    });
}

} // namespace

/// What each planner does not make a plan for, and how it says so.
class TestRefusals : public QObject
{
    Q_OBJECT
private:
    static QList<Refusal> all() { return nicRefusals() + networkRefusals(); }

    static QString refusal(const Reading &reading, const PlanRequest &request)
    {
        const auto plan = makePlan(reading.input(), request);
        return plan ? u"it was made"_s : plan.error().text();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysWhyNot_data()
    {
        QTest::addColumn<int>("at");
        const auto refusals = all();
        for (int i = 0; i < refusals.size(); ++i)
            QTest::newRow(refusals[i].name) << i;
    }
    void saysWhyNot()
    {
        QFETCH(const int, at);
        const Refusal one = all().at(at);
        Reading fleet = demoReading();
        if (one.edit)
            one.edit(fleet.fleet);
        const auto plan = makePlan(fleet.input(), requestOf(QString::fromLatin1(one.line)));
        QVERIFY2(!plan, qPrintable(plan ? planText(*plan) : QString()));
        QVERIFY2(plan.error().text().contains(QString::fromUtf8(one.says)), qPrintable(plan.error().text()));
        QCOMPARE(plan.error().kind, one.kind);
    }

    void withoutTheInsidesNothingInsideIsChanged()
    {
        Reading fleet = demoReading();
        fleet.policy.guestSudo = false;
        bindTo(fleet.fleet, strayFile("enp1s0", "52:54:00:02:10:09", "192.168.201.9"));
        QVERIFY(
            refusal(fleet, requestOf(u"nic-rebind Wenebrith enp1s0"_s)).contains(u"does not allow sudo"_s));
    }

    void tasksAreLeftToTheirSwarm()
    {
        const char *rule = "container-task-duplicate";
        const Reading broken = brokenBy(rule, "copied by hand on one engine");
        const PlanRequest request = offered(broken, rule);
        QVERIFY2(makePlan(broken.input(), request), qPrintable(refusal(broken, request)));
        const QString unknown = refusal(broken, {request.name, {u"no-such-service"_s}, {}});
        QVERIFY2(unknown.contains(u"no Swarm service or task \"no-such-service\""_s), qPrintable(unknown));

        Reading deaf = broken;
        forEngines(deaf.fleet, [](Engine &engine) { engine.tasks.reset(); });
        QVERIFY2(refusal(deaf, request).contains(u"no manager of its Swarm answered"_s),
                 qPrintable(refusal(deaf, request)));

        Reading updating = broken;
        forEngines(updating.fleet, [](Engine &engine) {
            if (engine.services)
                for (Service &service : *engine.services)
                    service.updateState = Sourced<QString>{u"updating"_s, service.source};
        });
        QVERIFY2(refusal(updating, request).contains(u"its Swarm is updating it"_s),
                 qPrintable(refusal(updating, request)));

        Reading mended = broken;
        const auto plan = makePlan(broken.input(), request);
        const auto simulated = simulationOf(broken);
        QVERIFY(carriedOut(*plan, *simulated).outcome == RunOutcome::Done);
        mended = readingOf(*simulated, broken.policy);
        QVERIFY2(refusal(mended, request).contains(u"there is nothing to remove"_s),
                 qPrintable(refusal(mended, request)));
    }

    void whatIsNoCopyIsKept()
    {
        const char *rule = "container-duplicate";
        const Reading broken = brokenBy(rule, "docker run typed twice");
        const PlanRequest request = offered(broken, rule);
        QVERIFY2(makePlan(broken.input(), request), qPrintable(refusal(broken, request)));
        const QString first = request.arguments[0];
        const auto changed = [&](const auto &change) {
            Reading other = broken;
            forContainers(other.fleet, [&](Container &container) {
                if (first.endsWith(u'/' + container.name))
                    change(container);
            });
            return refusal(other, request);
        };
        const QString image = changed([](Container &one) { one.image = u"other:1"_s; });
        QVERIFY2(image.contains(u"do not run the same command of one image"_s), qPrintable(image));
        const QString off = changed([](Container &one) { one.state = ContainerState::Exited; });
        QVERIFY2(off.contains(u"does not run"_s), qPrintable(off));
        const QString task = changed([](Container &one) { one.task = SwarmTaskLabel{}; });
        QVERIFY2(task.contains(u"name the service alone"_s), qPrintable(task));
        const QString twice = refusal(broken, {request.name, {first, first}, {}});
        QVERIFY2(twice.contains(u"is named twice"_s), qPrintable(twice));
        const QString unknown = refusal(broken, {request.name, {first, first + u"x"_s}, {}});
        QVERIFY2(unknown.contains(u"no container"_s), qPrintable(unknown));
    }
};

QTEST_GUILESS_MAIN(TestRefusals)
#include "test_refusals.moc"
