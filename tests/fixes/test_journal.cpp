#include "models/fixes/journal.h"
#include "models/fixes/plan_json.h"
#include "models/fixes/plan_note.h"
#include "tests/fixes/scripted_executor.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A plan with one step for every kind of action and condition, each with values of its own.
Plan wholePlan()
{
    const VmPlace vm{u"trop02"_s, u"Acilamwen \"x\""_s, u"uuid"_s};
    const NicPlace nic{vm, NicForm::Persistent, *MacAddress::fromString(u"52:54:00:00:01:01"_s),
                       *PciAddress::fromString(u"0000:00:08.0")};
    const NetworkPlace network{u"trop02"_s, u"default"_s};
    const ContainerPlace container{vm, u"abc"_s, u"web.1.x"_s, u"x"_s};
    const Ipv4 address = *Ipv4::fromString(u"129.215.175.100"_s);
    const QByteArray bytes("no \xff utf-8");
    const std::array<Action, 22> actions{
        DetachNic{nic, "<interface/>"},
        AttachNic{nic, u"bridged"_s, {}, "<interface/>"},
        SetNicLink{nic, false, "<interface/>"},
        SetDomainAutostart{vm, false},
        SetNetworkAutostart{network, false},
        SetNetworkActive{network, false},
        DefineNetwork{network, "<network/>"},
        UndefineNetwork{network},
        ChangeReservation{network, false, nic.mac, address, u"Ulov"_s},
        WriteGuestFile{vm, u"/etc/x"_s, bytes, u"00ff"_s, 0600},
        RemoveGuestFile{vm, u"/etc/x"_s, u"00ff"_s},
        SetGuestInterface{vm, u"ens5"_s, nic.pci, u"/etc/netplan/1.yaml"_s, false, u"1.2.3.4/24"_s},
        AnnounceAddress{vm, nic.pci, u"ens5"_s, address, nic.mac, 3},
        SaveContainer{container},
        StopContainer{container},
        StartContainer{container},
        RemoveContainer{container},
        ScaleService{vm, u"id"_s, u"web"_s, 2},
        Wait{std::chrono::milliseconds(1500)},
        ArmRevert{{vm, true, u"a"_s}, 120, "true\n"},
        DisarmRevert{{{vm, true, u"a"_s}, {vm, false, u"b"_s}}},
        WriteLocalFile{u"/tmp/x"_s, "base64: not encoded"},
    };
    static_assert(std::variant_size_v<Action> == actions.size(), "every action is tried");
    const std::array<Condition, 25> conditions{
        NicIs{nic, false},
        NicCount{vm, NicForm::Live, nic.mac, 4},
        HoldersAre{nic.mac, {u"trop02"_s, u"trop03"_s}, {u"trop02/vm/a"_s}},
        SlotIsFree{vm, NicForm::Live, nic.pci},
        DomainRuns{vm},
        NicLinkIs{nic, false},
        CarrierInside{vm, nic.pci, false},
        CarriersInside{vm, {u"ens5"_s, u"ens8"_s}},
        NobodySends{nic.mac, {u"trop02"_s}},
        GuestFileIs{vm, u"/etc/x"_s, u"00ff"_s},
        GuestAddressIs{vm, address, {}, false},
        GuestReachable{vm},
        AddressSilent{u"trop02"_s, u"br0"_s, address},
        AddressAnswers{u"trop02"_s, u"br0"_s, address, nic.mac},
        BridgeLearned{nic, u"br0"_s},
        DomainAutostartIs{vm, false},
        NetworkAutostartIs{network, false},
        NetworkActiveIs{network, false},
        NetworkDefined{network, false},
        ReservationIs{network, nic.mac, {}, u"Ulov"_s, false},
        NetworkIs{network, "<network/>", true},
        ContainerIs{container, ContainerPhase::Absent},
        TaskUnwanted{vm, container},
        ServiceReplicasAre{vm, u"id"_s, u"web"_s, 2, 3},
        RevertArmed{{vm, false, u"b"_s}, false},
    };
    static_assert(std::variant_size_v<Condition> == conditions.size(), "every condition is tried");
    Plan plan = switchPlan({u"first"_s});
    plan.arguments = {u"float1"_s, u"trop03/Larithiel"_s};
    plan.warnings = {u"mind"_s};
    plan.blast = {u"apache"_s};
    plan.touches = {vm.subject()};
    plan.confirm = {vm.name};
    plan.hypervisors = {u"trop02"_s};
    for (const Action &action : actions) {
        Step step = switchStep(u"step %1"_s.arg(plan.steps.size()));
        step.action = action;
        step.undo = {action, action};
        step.diff = u"-a\n+b\n"_s;
        step.finalAfter = u"x"_s;
        step.needless = {{DomainRuns{vm}}};
        step.disruptive = true;
        step.outage = u"apache: 10 s"_s;
        plan.steps.append(step);
    }
    for (const Condition &condition : conditions) {
        Step step = switchStep(u"step %1"_s.arg(plan.steps.size()));
        step.before = step.verify = step.undone = {condition, condition};
        plan.steps.append(step);
    }
    return plan;
}

} // namespace

/// Journals: whatever is cut off, what was written before is read again.
class TestJournal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aPlanWithEverythingIsReadBackAsItWas()
    {
        const Plan plan = wholePlan();
        const auto read = planFromStored(storedPlan(plan));
        QVERIFY(read);
        QCOMPARE(read->steps.size(), plan.steps.size());
        for (int i = 0; i < plan.steps.size(); ++i)
            QVERIFY2(read->steps[i] == plan.steps[i], qPrintable(u"step %1"_s.arg(i)));
        QVERIFY(*read == plan);
    }

    void everyConditionIsASentenceOfItsOwn()
    {
        QStringList texts;
        for (const Step &step : wholePlan().steps)
            for (const Condition &condition : step.undone)
                if (const QString text = conditionText(condition); !texts.contains(text))
                    texts.append(text);
        QCOMPARE(texts.size(), qsizetype(std::variant_size_v<Condition>));
        for (const QString &text : texts)
            QVERIFY2(text.size() > 10 && !text.contains(u'%'), qPrintable(text));
    }

    void aDamagedPlanIsRefused()
    {
        QJsonObject stored = storedPlan(switchPlan({u"a"_s}));
        stored.remove(u"intent"_s);
        QVERIFY(!planFromStored(stored));
    }

    void aRunIsReadBack()
    {
        const QTemporaryDir folder;
        const Plan plan = switchPlan({u"a"_s, u"b"_s});
        auto journal = JournalFile::start(folder.path() + u"/journal"_s, plan, u"me@desk"_s);
        QVERIFY(journal);
        QCOMPARE(QFileInfo((*journal)->path()).permissions() & QFileDevice::Permissions(0x0077),
                 QFileDevice::Permissions());
        ScriptedExecutor fleet;
        fleet.broken = {u"b"_s};
        const RunResult result = runPlan(plan, fleet, **journal, {});
        const auto read = readJournal((*journal)->path());
        QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
        QCOMPARE(read->who, u"me@desk"_s);
        QVERIFY(read->plan == plan);
        QCOMPARE(states(read->steps), states(result.steps));
        QCOMPARE(read->outcome, std::optional(RunOutcome::Failed));
        QVERIFY(!read->isCutOff());
    }

    void whatDiffersAfterwardsIsReadBackAndStandsInTheNote()
    {
        const QTemporaryDir folder;
        const Plan plan = switchPlan({u"a"_s});
        const QDateTime noon(QDate(2026, 11, 25), QTime(12, 0), Qt::UTC);
        const ReadingChanges changes{noon, noon.addSecs(90), {u"*Ulov* starts by itself."_s}};
        auto journal = JournalFile::start(folder.path(), plan, u"me"_s);
        QVERIFY(journal);
        ScriptedExecutor fleet;
        runPlan(plan, fleet, **journal, {});
        QVERIFY(!readJournal((*journal)->path())->compared);
        QVERIFY((*journal)->compared(changes));
        const auto read = readJournal((*journal)->path());
        QVERIFY(read && read->problems.isEmpty());
        QCOMPARE(read->compared, std::optional(changes));
        const QString note = planNote(plan, {RunOutcome::Done, read->steps, {}}, read->compared, false);
        QVERIFY2(note.contains(u"2026-11-25 12:00:00 and 2026-11-25 12:01:30 UTC"_s), qPrintable(note));
        QVERIFY2(note.contains(u"- \\*Ulov\\* starts"_s), qPrintable(note));

        // What was compared before it is taken back says nothing of after.
        QVERIFY((*journal)->stepBegins(0, true));
        QVERIFY(!readJournal((*journal)->path())->compared);
        QVERIFY(!planNote(plan, {}, {}, false).contains(u"differs"_s));
    }

    void aCutJournalSaysWhichStepHadBegun()
    {
        const QTemporaryDir folder;
        const Plan plan = switchPlan({u"a"_s, u"b"_s});
        QString path;
        {
            auto journal = JournalFile::start(folder.path(), plan, u"me"_s);
            QVERIFY(journal);
            path = (*journal)->path();
            QVERIFY((*journal)->stepBegins(0, false));
            QVERIFY((*journal)->stepEnds(0, {StepState::Done, {}, {}}));
            QVERIFY((*journal)->stepBegins(1, false));
            QVERIFY(isJournalInUse(path));
            QVERIFY(!JournalFile::resume(path));
        }
        QVERIFY(!isJournalInUse(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"ends\":1,\"state\":\"do"); // the power went here
        file.close();
        const auto cut = readJournal(path);
        QVERIFY(cut);
        QVERIFY(cut->isCutOff());
        QCOMPARE(states(cut->steps), (QStringList{u"done"_s, u"applying"_s}));
        QCOMPARE(cut->problems.size(), 1);

        const auto resumed = JournalFile::resume(path);
        QVERIFY2(resumed, resumed ? "" : qPrintable(resumed.error().text()));
        QVERIFY((*resumed)->stepEnds(1, {StepState::Done, {}, {}}));
        QVERIFY((*resumed)->ended({RunOutcome::Done, {}, u"all"_s}));
        const auto whole = readJournal(path);
        QVERIFY(whole);
        QCOMPARE(states(whole->steps), (QStringList{u"done"_s, u"done"_s}));
        QVERIFY(!whole->isCutOff());
    }

    void whatEndedHalfWayIsOpenUntilItIsSettled()
    {
        const QTemporaryDir folder;
        auto journal = JournalFile::start(folder.path(), switchPlan({u"a"_s, u"b"_s}), u"me"_s);
        QVERIFY(journal);
        const QString path = (*journal)->path();
        QVERIFY(readJournal(path)->isOpen()); // cut off before its first step
        ScriptedExecutor fleet;
        fleet.broken = {u"b"_s};
        runPlan(switchPlan({u"a"_s, u"b"_s}), fleet, **journal, {});
        QVERIFY(!readJournal(path)->isCutOff());
        QVERIFY(readJournal(path)->isOpen());
        QVERIFY((*journal)->settled(u"left so"_s));
        QVERIFY(!readJournal(path)->isOpen());
        // Taken up again, it is open again, until it is done.
        QVERIFY((*journal)->stepBegins(1, false));
        QVERIFY(readJournal(path)->isOpen());
        QVERIFY((*journal)->stepEnds(1, {StepState::Done, {}, {}}));
        QVERIFY((*journal)->ended({RunOutcome::Done, {}, {}}));
        QVERIFY(!readJournal(path)->isOpen());
    }

    void everyCutOfAJournalCanBeRead()
    {
        const QTemporaryDir folder;
        const Plan plan = switchPlan({u"a"_s});
        auto journal = JournalFile::start(folder.path(), plan, u"me"_s);
        QVERIFY(journal);
        ScriptedExecutor fleet;
        runPlan(plan, fleet, **journal, {});
        QFile file((*journal)->path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        const qsizetype first = all.indexOf('\n');
        for (qsizetype cut = 0; cut <= all.size(); ++cut) {
            QFile part(folder.path() + u"/part.jsonl"_s);
            QVERIFY(part.open(QIODevice::WriteOnly | QIODevice::Truncate));
            part.write(all.left(cut));
            part.close();
            const auto read = readJournal(part.fileName());
            QCOMPARE(read.has_value(), cut >= first);
        }
    }

    void aFolderThatCannotBeWrittenIsSaidBeforeAnythingIsDone()
    {
        const QTemporaryDir folder;
        QFile(folder.path() + u"/file"_s).open(QIODevice::WriteOnly);
        const auto journal =
            JournalFile::start(folder.path() + u"/file/journal"_s, switchPlan({u"a"_s}), u"me"_s);
        QVERIFY(!journal);
        QCOMPARE(journal.error().kind, ErrorKind::Io);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "test_journal.moc"
