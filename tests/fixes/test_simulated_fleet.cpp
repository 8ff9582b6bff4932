#include "models/fixes/nic_xml.h"
#include "tests/fixes/broken_fleet.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const Domain &vmOf(const SimulatedFleet &simulated, const VmPlace &place)
{
    static Fleet fleet;
    fleet = simulated.fleet();
    return *fleet.hypervisor(place.hypervisor)->domain(place.name);
}

QStringList namesInside(const SimulatedFleet &simulated, const VmPlace &vm)
{
    QStringList names;
    for (const Interface &one : vmOf(simulated, vm).guest->system.interfaces->items)
        names.append(one.name);
    names.sort();
    return names;
}

/// The demo's Acilamwen, whose NICs have one MAC.
struct Acilamwen
{
    Reading demo = demoReading();
    std::unique_ptr<SimulatedFleet> simulated = simulationOf(demo);
    VmPlace place;
    QList<DetachNic> duplicates; ///< live

    Acilamwen()
    {
        const Domain &vm = *demo.fleet.hypervisor(u"trop02"_s)->domain(u"Acilamwen"_s);
        place = {u"trop02"_s, vm.name, vm.uuid};
        const auto plan = makePlan(demo.input(), requestOf(u"nic-remove-duplicates Acilamwen"_s));
        for (const Step &step : plan->steps)
            if (const auto *detach = std::get_if<DetachNic>(&step.action);
                detach && detach->nic.form == NicForm::Live)
                duplicates.append(*detach);
    }

    bool act(const Action &action) const { return simulated->perform(action, {}).has_value(); }
    bool attach(const DetachNic &old) const { return act(AttachNic{old.nic, u"bridged"_s, {}, old.xml}); }
};

} // namespace

/// What the simulation knows of machines, beyond what plans ask it.
class TestSimulatedFleet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aNicThatComesBackHasItsNameAgain()
    {
        const Acilamwen vm;
        QVERIFY(vm.duplicates.size() > 1);
        const QStringList before = namesInside(*vm.simulated, vm.place);
        const Domain was = vmOf(*vm.simulated, vm.place);
        for (const DetachNic &one : vm.duplicates)
            QVERIFY(vm.act(one));
        QCOMPARE(namesInside(*vm.simulated, vm.place).size(), before.size() - vm.duplicates.size());
        // In whatever order.
        for (const DetachNic &one : vm.duplicates)
            QVERIFY(vm.attach(one));
        QCOMPARE(namesInside(*vm.simulated, vm.place), before);
        for (const Interface &one : vmOf(*vm.simulated, vm.place).guest->system.interfaces->items) {
            const Interface *earlier = was.guest->system.interfaces->find(one.name);
            QCOMPARE(one.pci.has_value(), earlier->pci.has_value());
            if (one.pci)
                QCOMPARE(one.pci->value, earlier->pci->value);
            QCOMPARE(one.up, earlier->up);
            QCOMPARE(one.mac, earlier->mac);
        }
    }

    void nicsThatAreNewHaveNamesOfTheirOwn()
    {
        const Acilamwen vm;
        // A file inside is for their MAC, and would name them all alike.
        for (const DetachNic &one : vm.duplicates) {
            DetachNic fresh = one;
            fresh.nic.pci = PciAddress{0, 0, static_cast<std::uint8_t>(0x18 + vm.duplicates.indexOf(one)), 0};
            fresh.xml = withSlot(one.xml, fresh.nic.pci);
            QVERIFY(vm.attach(fresh));
        }
        const QStringList names = namesInside(*vm.simulated, vm.place);
        QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    }

    void aNameThatIsTakenIsNotGivenTwice()
    {
        const Acilamwen vm;
        const DetachNic &first = vm.duplicates.front();
        const auto nameAt = [&](const PciAddress &pci) {
            for (const Interface &one : vmOf(*vm.simulated, vm.place).guest->system.interfaces->items)
                if (one.pci && one.pci->value == pci)
                    return one.name;
            return QString();
        };
        const QString name = nameAt(first.nic.pci);
        QVERIFY(!name.isEmpty());
        QVERIFY(vm.act(first));
        // Another one comes, for which the guest has that very name.
        DetachNic other = first;
        other.nic.pci = PciAddress{0, 0, static_cast<std::uint8_t>(name.mid(3).toInt()), 0};
        if (other.nic.pci == first.nic.pci)
            other.nic.pci = PciAddress{0, 0, 0x1c, 0};
        other.xml = withSlot(first.xml, other.nic.pci);
        QVERIFY(vm.attach(other));
        QVERIFY(vm.attach(first));
        const QStringList names = namesInside(*vm.simulated, vm.place);
        QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    }

    void nothingComesUpWhoseCableIsPulled()
    {
        const Acilamwen vm;
        const auto plan = makePlan(vm.demo.input(), requestOf(u"nic-remove-duplicates Acilamwen"_s));
        QVERIFY(plan && carriedOut(*plan, *vm.simulated).outcome == RunOutcome::Done);
        const Reading settled = readingOf(*vm.simulated, vm.demo.policy);
        const auto release = makePlan(settled.input(), requestOf(u"float-release float1"_s));
        QVERIFY2(release, qPrintable(release ? QString() : release.error().text()));
        std::optional<SetNicLink> pull;
        std::optional<SetGuestInterface> down;
        for (const Step &step : release->steps) {
            if (const auto *one = std::get_if<SetNicLink>(&step.action))
                pull = *one;
            if (const auto *one = std::get_if<SetGuestInterface>(&step.action))
                down = *one;
        }
        QVERIFY(down);
        if (!pull) { // the address sits on another's NIC, which stays
            const Domain is = vmOf(*vm.simulated, vm.place);
            for (const Nic &nic : is.live->nics)
                if (nic.pci == down->pci)
                    pull = SetNicLink{{vm.place, NicForm::Live, *nic.mac, *nic.pci}, false, {}};
        }
        QVERIFY(pull);
        QVERIFY(vm.act(*down));
        QVERIFY(vm.act(*pull));
        SetGuestInterface up = *down;
        up.up = true;
        QVERIFY(!vm.act(up));
        pull->up = true;
        QVERIFY(vm.act(*pull));
        QVERIFY(vm.act(up));
    }

    void aSwarmThatIsScaledUpAgainStartsOtherTasks()
    {
        for (quint64 seed = 1; seed < 40; ++seed) {
            const Reading fleet = readingOf(generator::render(generator::healthyWorld(seed)));
            for (const Hypervisor &hypervisor : fleet.fleet.hypervisors)
                for (const Domain &domain : *hypervisor.domains) {
                    if (!domain.guest || !domain.guest->engine.services || !domain.guest->engine.tasks)
                        continue;
                    for (const Service &service : *domain.guest->engine.services)
                        if (service.mode == u"replicated" && service.desired.value_or(0) > 1 &&
                            service.running == service.desired) {
                            scaleDownAndUp(fleet, {hypervisor.name, domain.name, domain.uuid}, service);
                            return;
                        }
                }
        }
        QFAIL("no fleet has a service of several tasks");
    }

private:
    static QStringList containersOf(const Reading &fleet, const Service &service, bool ids)
    {
        QStringList all;
        for (const Hypervisor &hypervisor : fleet.fleet.hypervisors)
            for (const Domain &domain : *hypervisor.domains)
                if (domain.guest && domain.guest->engine.containers)
                    for (const Container &one : *domain.guest->engine.containers)
                        if (one.task && one.task->service == service.name &&
                            one.state == ContainerState::Running)
                            all.append(ids ? one.id
                                           : u"%1 on %2"_s.arg(one.task->slot.value_or(0)).arg(domain.name));
        all.sort();
        return all;
    }

    static void scaleDownAndUp(const Reading &fleet, const VmPlace &manager, const Service &service)
    {
        const auto simulated = simulationOf(fleet);
        const int all = *service.desired;
        QVERIFY(simulated->perform(ScaleService{manager, service.id, service.name, 1}, {}));
        const Reading small = readingOf(*simulated, fleet.policy);
        QCOMPARE(containersOf(small, service, false).size(), 1);
        QVERIFY(simulated->perform(ScaleService{manager, service.id, service.name, all}, {}));
        const Reading again = readingOf(*simulated, fleet.policy);
        QCOMPARE(containersOf(again, service, false), containersOf(fleet, service, false));
        QVERIFY(containersOf(again, service, true) != containersOf(fleet, service, true));
        QCOMPARE(again.ids(), fleet.ids()); // the manager knows and wants the new ones
        const auto seen =
            simulated->observe(ServiceReplicasAre{manager, service.id, service.name, all, all}, {});
        QVERIFY2(seen && seen->holds, qPrintable(seen ? seen->seen : seen.error().text()));
    }
};

QTEST_GUILESS_MAIN(TestSimulatedFleet)
#include "test_simulated_fleet.moc"
