#include "models/fixes/find.h"
#include "tests/fixes/broken_fleet.h"
#include "tests/generator/operations.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString acilamwen = u"trop02/vm/Acilamwen"_s;
const QString hostile = u"a; touch pwned; $(touch pwned) `touch pwned` ' \" \\ & | \n touch pwned\n# %s -x"_s;

PlanRequest words(const char *line)
{
    return requestOf(QString::fromUtf8(line));
}

QStringList about(const Reading &reading, const QString &subject)
{
    QStringList ids = reading.wrong();
    ids.removeIf([&](const QString &id) { return !id.contains(subject); });
    return ids;
}

Domain &acilamwenOf(Reading &reading)
{
    for (Hypervisor &hypervisor : reading.fleet.hypervisors)
        for (Domain &domain : *hypervisor.domains)
            if (domain.name == u"Acilamwen")
                return domain;
    qFatal("no Acilamwen");
}

/// A healthy fleet whose first float's holder bears a name that a shell would obey.
generator::World hostileWorld(QString &oldName)
{
    for (quint64 seed = 1;; ++seed) {
        generator::World world = generator::healthyWorld(seed);
        for (generator::WorldHypervisor &host : world.hypervisors)
            for (generator::WorldVm &vm : host.vms)
                if (generator::WorldFloat *floating = world.floatOf(vm.name);
                    floating && vm.guest && vm.running) {
                    oldName = vm.name;
                    vm.name = hostile;
                    vm.agentChannel = false;
                    vm.autostart = false;
                    floating->holder = hostile;
                    return world;
                }
    }
}

} // namespace

/// Plans on the fleet of the notes, on fleets that they must not be made for, and with names that a shell
/// would obey.
class TestPlans : public QObject
{
    Q_OBJECT
private:
    /// Carries a plan out and gives what the fleet is then.
    Reading after(const Reading &before, const PlanRequest &request)
    {
        const auto plan = makePlan(before.input(), request);
        if (!plan) {
            QTest::qFail(qPrintable(request.name + u": " + plan.error().text()), __FILE__, __LINE__);
            return before;
        }
        const auto simulated = simulationOf(before);
        const RunResult run = carriedOut(*plan, *simulated);
        if (run.outcome != RunOutcome::Done)
            QTest::qFail(qPrintable(request.name + u": " + run.says), __FILE__, __LINE__);
        return readingOf(*simulated, before.policy);
    }

    QString refusal(const Reading &reading, const char *line)
    {
        const auto plan = makePlan(reading.input(), words(line));
        return plan ? u"it was made"_s : plan.error().text();
    }

    /// Runs a runbook where every program that it calls is one of ours; what its shells would obey shows.
    void runBook(const Plan &plan)
    {
        QTemporaryDir room;
        const QString book = room.filePath(u"plan.sh"_s);
        QFile file(book);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(planRunbook(plan).toUtf8());
        file.close();
        QProcess check;
        check.start(u"bash"_s, {u"-n"_s, book});
        QVERIFY(check.waitForFinished());
        QVERIFY2(check.exitCode() == 0, check.readAllStandardError().constData());
        QVERIFY(QDir(room.path()).mkdir(u"bin"_s));
        const auto program = [&](const char *name, const QByteArray &text) {
            QFile one(room.filePath(u"bin/"_s + QString::fromLatin1(name)));
            QVERIFY(one.open(QIODevice::WriteOnly));
            one.write("#!/bin/sh\n" + text);
            one.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        for (const char *name : {"sleep", "cat", "chmod", "cp", "mv", "rm", "ip", "ifup", "ifdown", "nmcli",
                                 "netplan", "docker", "arping"})
            program(name, "exit 0\n");
        program("ssh", "for last; do :; done\n/bin/sh -c \"$last\" || exit 1\n/bin/cat >/dev/null\n");
        program("virsh", "/bin/cat >/dev/null\n");
        program("sudo", "shift\nexec \"$@\"\n");
        program("sh", "exec /bin/sh -n \"$@\"\n"); // on the guest: read, not run
        QProcess run;
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, room.filePath(u"bin"_s));
        run.setProcessEnvironment(environment);
        run.setWorkingDirectory(room.path());
        run.setStandardInputFile(QProcess::nullDevice());
        run.start(u"/bin/bash"_s, {book});
        QVERIFY(run.waitForFinished());
        const QByteArray said = run.readAllStandardError();
        QVERIFY2(run.exitCode() == 0, said.constData());
        QVERIFY2(said.isEmpty(), said.constData());
        // `touch` is not there: it would have been said. Nothing but what is redirected was made.
        QStringList made = QDir(room.path()).entryList(QDir::Files | QDir::NoDotAndDotDot);
        made.removeIf([](const QString &name) { return name == u"plan.sh" || name.endsWith(u".new"); });
        QVERIFY2(made.isEmpty(), qPrintable(made.join(u' ')));
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theNotesCaseIsMendedByTwoPlans()
    {
        const Reading before = demoReading();
        QVERIFY(about(before, acilamwen).contains(u"float-duplicate-nic:trop02/vm/Acilamwen"_s));
        QVERIFY(about(before, acilamwen).contains(u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens5"_s));
        const Reading once = after(before, words("nic-remove-duplicates Acilamwen"));
        QVERIFY(!about(once, acilamwen).contains(u"float-duplicate-nic:trop02/vm/Acilamwen"_s));
        const Reading twice = after(once, words("float-repair float1 --keep ip"));
        for (const QString &id : twice.wrong()) {
            QVERIFY2(before.wrong().contains(id), qPrintable(id));
            QVERIFY2(!id.startsWith(u"float-"_s) && !id.startsWith(u"nic-"_s), qPrintable(id));
        }
    }

    void keepsExactlyTheNicThatTheGuestUses()
    {
        const Reading before = demoReading();
        const Domain &was = *before.fleet.hypervisor(u"trop02"_s)->domain(u"Acilamwen"_s);
        PciAddress used;
        for (const Interface &interface : was.guest->system.interfaces->items)
            if (interface.name == u"ens5")
                used = interface.pci->value;
        const Reading once = after(before, words("nic-remove-duplicates trop02/Acilamwen"));
        const Domain &is = *once.fleet.hypervisor(u"trop02"_s)->domain(u"Acilamwen"_s);
        for (const auto *form : {&is.live, &is.inactive}) {
            QList<PciAddress> kept;
            for (const Nic &nic : (*form)->nics)
                if (nic.mac == *MacAddress::fromString(u"52:54:00:00:01:01"_s))
                    kept.append(*nic.pci);
            QCOMPARE(kept, QList<PciAddress>{used});
        }
        // Its NIC on the NAT network, by which it is reached, is still there.
        QCOMPARE(is.live->nics.size(), 2);
    }

    void aFloatMovesToAnotherVmAndBack()
    {
        Reading fleet = demoReading();
        fleet = after(fleet, words("nic-remove-duplicates Acilamwen"));
        fleet = after(fleet, words("float-repair float1 --keep ip"));
        const QStringList settled = fleet.wrong();
        fleet = after(fleet, words("float-reassign float1 trop01/Wenebrith"));
        QVERIFY2(about(fleet, u"float"_s).isEmpty(), qPrintable(about(fleet, u"float"_s).join(u' ')));
        const auto holders = [&fleet] {
            QStringList names;
            for (const Hypervisor &hypervisor : fleet.fleet.hypervisors)
                for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>()))
                    if (domain.guest && domain.guest->system.interfaces)
                        for (const Interface &interface : domain.guest->system.interfaces->items)
                            for (const InterfaceAddress &address : interface.addresses)
                                if (address.address == *Ipv4::fromString(u"129.215.175.100"_s))
                                    names.append(domain.name);
            return names;
        };
        QCOMPARE(holders(), QStringList{u"Wenebrith"_s});
        fleet = after(fleet, words("float-reassign float1 Acilamwen"));
        QCOMPARE(holders(), QStringList{u"Acilamwen"_s});
        for (const QString &id : fleet.wrong())
            QVERIFY2(settled.contains(id), qPrintable(id));
    }

    void keepsTheNicThatIsPartOfABridgeInside()
    {
        Reading reading = demoReading();
        Domain &vm = acilamwenOf(reading);
        // ens5 gives its address away, and keeps a file; ens9 is a port of a bridge, which has no address of
        // its own.
        PciAddress bridged;
        for (Interface &interface : vm.guest->system.interfaces->items) {
            if (interface.name == u"ens5")
                interface.addresses.clear();
            if (interface.name == u"ens9") {
                interface.master = u"br-lan"_s;
                bridged = interface.pci->value;
            }
        }
        const auto plan = makePlan(reading.input(), words("nic-remove-duplicates trop02/Acilamwen"));
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        for (const Step &step : plan->steps)
            if (const auto *detach = std::get_if<DetachNic>(&step.action))
                QVERIFY2(detach->nic.pci != bridged, qPrintable(step.title));
    }

    void aBlinkTellsWhichInterfaceItReaches()
    {
        const Reading reading = after(demoReading(), words("nic-remove-duplicates trop02/Acilamwen"));
        const auto plan = makePlan(reading.input(), words("nic-blink trop02/Acilamwen 0000:00:07.0"));
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        const auto simulated = simulationOf(reading);
        const RunResult run = carriedOut(*plan, *simulated);
        QCOMPARE(run.outcome, RunOutcome::Done);
        QCOMPARE(run.steps.value(1).says, u"inside, ens5 has no carrier"_s);
        const QStringList differ = differences(reading, readingOf(*simulated, reading.policy));
        QVERIFY2(differ.isEmpty(), qPrintable(differ.join(u'\n')));
    }

    void whatMayServeIsConfirmedByItsName()
    {
        Reading reading = after(demoReading(), words("nic-remove-duplicates trop02/Acilamwen"));
        reading = after(reading, words("float-repair float1 --keep ip"));
        acilamwenOf(reading).guest.reset(); // its sshd hangs, say
        const auto plan = makePlan(reading.input(), words("float-release float1"));
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        QCOMPARE(plan->confirm, QStringList{u"Acilamwen"_s});
        QVERIFY(plan->isDisruptive());
        QVERIFY2(plan->warnings.join(u' ').contains(u"were not read"_s),
                 qPrintable(plan->warnings.join(u' ')));
    }

    void anOutageIsSaidAsLongAsItIs()
    {
        Reading reading = after(demoReading(), words("nic-remove-duplicates trop02/Acilamwen"));
        reading = after(reading, words("float-repair float1 --keep ip"));
        const auto outages = [&reading](const char *line) {
            const auto plan = makePlan(reading.input(), words(line));
            QStringList all;
            for (const Step &step : plan ? plan->steps : QList<Step>())
                if (!step.outage.isEmpty())
                    all.append(step.outage);
            return all.join(u"; "_s);
        };
        QVERIFY2(outages("float-release float1").contains(u"any more"_s),
                 qPrintable(outages("float-release float1")));
        const QString move = outages("float-reassign float1 trop01/Wenebrith");
        QVERIFY2(move.contains(u"until the plan ends"_s), qPrintable(move));
    }

    void aRunbookProvesThatAFloatIsFreeBeforeItIsClaimed()
    {
        Reading reading = after(demoReading(), words("nic-remove-duplicates trop02/Acilamwen"));
        reading = after(reading, words("float-repair float1 --keep ip"));
        const auto plan = makePlan(reading.input(), words("float-reassign float1 trop01/Wenebrith"));
        QVERIFY(plan);
        const auto free = std::find_if(plan->steps.begin(), plan->steps.end(),
                                       [](const Step &step) { return step.id == u"prove-free"; });
        QVERIFY(free != plan->steps.end());
        QTemporaryDir room;
        const auto holds = [&](const char *xml) {
            QFile virsh(room.filePath(u"virsh"_s));
            if (!virsh.open(QIODevice::WriteOnly | QIODevice::Truncate))
                qFatal("no virsh");
            virsh.write(QByteArray("#!/bin/sh\ncase \"$*\" in *list*) echo some-uuid ;; *) echo \"") + xml +
                        "\" ;; esac\n");
            virsh.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            virsh.close();
            QFile ssh(room.filePath(u"ssh"_s));
            if (!ssh.open(QIODevice::WriteOnly | QIODevice::Truncate))
                qFatal("no ssh");
            ssh.write("#!/bin/sh\nexit 0\n"); // nobody answers
            ssh.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            ssh.close();
            QProcess run;
            QProcessEnvironment environment;
            environment.insert(u"PATH"_s, room.path());
            run.setProcessEnvironment(environment);
            run.start(u"/bin/bash"_s, {u"-euo"_s, u"pipefail"_s, u"-c"_s, free->command});
            run.waitForFinished();
            return run.exitCode() != 0;
        };
        QVERIFY(!holds("<mac address='52:54:00:00:02:00'/>"));
        QVERIFY(holds("<mac address='52:54:00:00:01:00'/>"));
    }

    void aNetworkThatIsTakenBackRunsInItsOldForm()
    {
        Reading reading = demoReading();
        for (Hypervisor &hypervisor : reading.fleet.hypervisors) {
            for (Domain &domain : *hypervisor.domains)
                if (domain.live)
                    domain.live->nics.clear(); // nobody hangs on it
            for (Network &network : *hypervisor.networks)
                if (network.name == u"default" && network.form)
                    network.form->forward = u"open"_s; // not as it is declared
        }
        const auto plan = makePlan(reading.input(), words("network-restore trop01 default"));
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        const auto stop = std::find_if(plan->steps.begin(), plan->steps.end(),
                                       [](const Step &step) { return step.id == u"stop"; });
        QVERIFY(stop != plan->steps.end());
        QCOMPARE(stop->undo.size(), 2);
        QVERIFY(std::holds_alternative<DefineNetwork>(stop->undo.front())); // before it is started again
        QVERIFY(std::any_of(plan->steps.last().verify.begin(), plan->steps.last().verify.end(),
                            [](const Condition &one) { return std::holds_alternative<NetworkIs>(one); }));
    }

    void whatASimulationAssumesIsSaid()
    {
        const auto evidence = readCapture(u"resources/demo"_s);
        const auto policy = parseFleetFile(evidence->documents.value(u"fleet.toml"_s).text, u"fleet.toml"_s);
        const SimulationStart start = simulationStart(*evidence, *policy);
        const QString all = start.assumed.join(u'\n');
        QVERIFY2(all.contains(u"Acilamwen on trop02"_s), qPrintable(all));
        QVERIFY2(all.contains(u"trop02 runs its network default as it is declared"_s), qPrintable(all));
        QVERIFY2(all.contains(u"sudo = true"_s), qPrintable(all));
        QVERIFY2(!all.contains(u"Wenebrith"_s), qPrintable(all)); // was read whole
        // A whole reading is taken as it is.
        Evidence whole = generator::render(generator::healthyWorld(3));
        whole.documents[u"fleet.toml"_s].text.replace("user = \"Stevedore\"",
                                                      "user = \"Stevedore\"\nsudo = true");
        const auto other = parseFleetFile(whole.documents.value(u"fleet.toml"_s).text, u"fleet.toml"_s);
        const SimulationStart as = simulationStart(whole, *other);
        QCOMPARE(as.assumed, QStringList());
        QVERIFY(as.fleet == assemble(whole, *other));
    }

    void withoutWhatMustBeKnownNoPlanIsMade()
    {
        // The capture as it is, of a machine that was read in pieces.
        const auto evidence = readCapture(u"resources/demo"_s);
        const Reading pieces = readingOf(*evidence);
        QVERIFY2(refusal(pieces, "nic-remove-duplicates Acilamwen").contains(u"UUID was not read"_s),
                 qPrintable(refusal(pieces, "nic-remove-duplicates Acilamwen")));
        QVERIFY2(refusal(pieces, "float-reassign float1 trop01/Wenebrith")
                     .contains(u"not known whether float1 is held"_s),
                 qPrintable(refusal(pieces, "float-reassign float1 trop01/Wenebrith")));
        Reading fleet = demoReading();
        QVERIFY(refusal(fleet, "float-reassign float1 Ulov").contains(u"its inside was not read"_s));
        QVERIFY(refusal(fleet, "float-reassign float1 Nobody").contains(u"no VM \"Nobody\""_s));
        QVERIFY(refusal(fleet, "float-reassign float9 Ulov").contains(u"no float \"float9\""_s));
        QVERIFY(refusal(fleet, "nonsense Ulov").contains(u"no plan \"nonsense\""_s));
        QVERIFY(refusal(fleet, "float-repair float1").contains(u"--keep ip"_s));
        QVERIFY(refusal(fleet, "float-repair float1 --keep ip").contains(u"remove the duplicates first"_s));
        fleet.policy.guestSudo = false;
        QVERIFY(refusal(fleet, "float-release float1").contains(u"does not allow sudo"_s));
    }

    void aPausedVmIsLeftAlone()
    {
        Reading fleet = demoReading();
        for (Hypervisor &hypervisor : fleet.fleet.hypervisors)
            for (Domain &domain : *hypervisor.domains)
                if (domain.name == u"Acilamwen")
                    domain.state = DomainState::Paused;
        QVERIFY(refusal(fleet, "nic-remove-duplicates Acilamwen").contains(u"paused"_s));
    }

    void aVmThatIsPausedMeanwhileStopsThePlan()
    {
        const Reading before = demoReading();
        const auto plan = makePlan(before.input(), words("nic-remove-duplicates Acilamwen"));
        QVERIFY(plan);
        Reading paused = before;
        for (Hypervisor &hypervisor : paused.fleet.hypervisors)
            for (Domain &domain : *hypervisor.domains)
                if (domain.name == u"Acilamwen")
                    domain.state = DomainState::Paused;
        const auto simulated = simulationOf(paused);
        QCOMPARE(carriedOut(*plan, *simulated).outcome, RunOutcome::Invalidated);
        QVERIFY(simulated->fleet() == paused.fleet);
    }

    void hostileNamesStayWords_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("release") << u"float-release"_s << QStringList{u"FLOAT"_s};
        QTest::newRow("reassign") << u"float-reassign"_s << QStringList{u"FLOAT"_s, u"OTHER"_s};
        QTest::newRow("blink") << u"nic-blink"_s << QStringList{u"VM"_s, u"PCI"_s};
        QTest::newRow("autostart") << u"autostart-on"_s << QStringList{u"VM"_s};
    }
    void hostileNamesStayWords()
    {
        QFETCH(const QString, name);
        QFETCH(QStringList, arguments);
        QString old;
        const generator::World world = hostileWorld(old);
        const Reading fleet = readingOf(generator::render(world));
        const VmIndex index(fleet.fleet);
        const VmView *holder = nullptr;
        const VmView *other = nullptr;
        for (const VmView &vm : index.vms()) {
            if (vm.domain->name == hostile)
                holder = &vm;
            else if (vm.domain->guest && vm.domain->isRunning() && changeableInside(vm, fleet.policy))
                other = &vm;
        }
        QVERIFY(holder && other);
        QString floating;
        for (const generator::WorldFloat &one : world.floats)
            if (one.holder == hostile)
                floating = one.name;
        arguments.replaceInStrings(u"FLOAT"_s, floating);
        arguments.replaceInStrings(u"OTHER"_s, other->subject);
        arguments.replaceInStrings(u"PCI"_s, holder->domain->live->nics.front().pci->toString());
        if (arguments.front() == u"VM")
            arguments.front() = holder->subject;
        const auto plan = makePlan(fleet.input(), {name, arguments, {}});
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        runBook(*plan);
        for (const QString &line : planText(*plan).split(u'\n'))
            for (const QChar c : line)
                QVERIFY(c.unicode() >= 0x20);
        QVERIFY(QJsonDocument(planJson(*plan)).toJson().contains("\"steps\""));
    }
};

QTEST_GUILESS_MAIN(TestPlans)
#include "test_plans.moc"
