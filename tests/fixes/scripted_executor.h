#pragma once

#include "models/fixes/plan_run.h"

#include <QSet>

namespace tropo::test {

/// An executor over a set of switches: each step turns its own on, undo turns it off. What is to go wrong is
/// set.
class ScriptedExecutor : public Executor
{
public:
    QSet<QString> on;
    QSet<QString> broken;  ///< perform fails and changes nothing
    QSet<QString> lying;   ///< perform says it succeeded and changes nothing
    QSet<QString> rough;   ///< perform fails, yet it happened
    QSet<QString> unknown; ///< cannot be observed
    QStringList calls;
    bool simulation = true; ///< false: read-backs are waited for
    std::function<void(const QString &)> beforePerform;
    std::function<void(const QString &)> beforeObserve;

    Result<void> perform(const Action &action, const std::stop_token &) override
    {
        const auto &change = std::get<SetDomainAutostart>(action);
        const QString name = change.vm.name;
        calls.append((change.on ? u"+" : u"-") + name);
        if (beforePerform)
            beforePerform(name);
        if (broken.contains(name))
            return failure(ErrorKind::Refused, name, QStringLiteral("refused"));
        if (lying.contains(name))
            return {};
        if (change.on)
            on.insert(name);
        else
            on.remove(name);
        if (rough.contains(name))
            return failure(ErrorKind::Timeout, name, QStringLiteral("no answer"));
        return {};
    }

    Result<Observation> observe(const Condition &condition, const std::stop_token &) override
    {
        const auto &is = std::get<DomainAutostartIs>(condition);
        if (beforeObserve)
            beforeObserve(is.vm.name);
        if (unknown.contains(is.vm.name))
            return failure(ErrorKind::Unreachable, is.vm.name, QStringLiteral("no route"));
        const bool isOn = on.contains(is.vm.name);
        return Observation{isOn == is.on, isOn ? QStringLiteral("it is on") : QStringLiteral("it is off")};
    }

    bool isSimulation() const override { return simulation; }
};

class MemoryJournal : public RunJournal
{
public:
    QStringList records;
    int room = 1000; ///< records that it can still take

    Result<void> stepBegins(int step, bool undoing) override
    {
        return take((undoing ? u"undo " : u"begin ") + QString::number(step));
    }
    Result<void> stepEnds(int step, const StepStatus &status) override
    {
        return take(QStringLiteral("end %1 %2").arg(QString::number(step), stepStateName(status.state)));
    }
    Result<void> ended(const RunResult &result) override { return take(runOutcomeName(result.outcome)); }

private:
    Result<void> take(const QString &record)
    {
        if (room-- <= 0)
            return failure(ErrorKind::Io, QStringLiteral("journal"), QStringLiteral("disk full"));
        records.append(record);
        return {};
    }
};

inline Step switchStep(const QString &name)
{
    const VmPlace vm{QStringLiteral("trop02"), name, QStringLiteral("uuid-") + name};
    Step step;
    step.id = name;
    step.title = QStringLiteral("Switch %1 on").arg(name);
    step.machine = vm.subject();
    step.action = SetDomainAutostart{vm, true};
    step.before = {DomainAutostartIs{vm, false}};
    step.verify = {DomainAutostartIs{vm, true}};
    step.undo = {SetDomainAutostart{vm, false}};
    step.undoText = QStringLiteral("switch it off");
    step.verifyLimit = std::chrono::milliseconds(0);
    return step;
}

inline Plan switchPlan(const QStringList &names)
{
    Plan plan;
    plan.name = QStringLiteral("autostart-on");
    plan.intent = QStringLiteral("Switch on ") + names.join(u' ');
    plan.read = QDateTime({2026, 1, 2}, {3, 4, 5}, Qt::UTC);
    for (const QString &name : names)
        plan.steps.append(switchStep(name));
    return plan;
}

inline QStringList states(const QList<StepStatus> &steps)
{
    QStringList names;
    for (const StepStatus &step : steps)
        names.append(stepStateName(step.state));
    return names;
}

} // namespace tropo::test
