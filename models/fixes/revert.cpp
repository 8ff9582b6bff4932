#include "models/fixes/revert.h"

#include "models/fixes/revert_script.h"
#include "models/fixes/typed.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What one timer does.
struct Part
{
    RevertSide side;
    QList<Action> actions;
};

QString machineOf(const RevertSide &side)
{
    return side.inside ? side.vm.subject() : side.vm.hypervisor;
}

/// In the order in which an undo would come to them: what was claimed goes before what was released comes
/// back.
Result<QList<Part>> partsOf(const Plan &plan)
{
    QList<Part> parts;
    for (auto step = plan.steps.rbegin(); step != plan.steps.rend(); ++step)
        for (const Action &action : step->undo) {
            const auto side = revertSideOf(action);
            if (!side)
                return failure(ErrorKind::Refused, step->machine,
                               u"no timer could take this back by itself: %1"_s.arg(step->title));
            auto part = std::find_if(parts.begin(), parts.end(),
                                     [&side](const Part &one) { return one.side == *side; });
            if (part == parts.end())
                part = parts.insert(parts.end(), {*side, {}});
            part->actions.append(action);
        }
    return parts;
}

/// How it is asked on a machine whether anybody has the address that the plan is about.
std::optional<AddressSilent> silenceOn(const QString &hypervisor, const Plan &plan)
{
    for (const Step &step : plan.steps)
        for (const Condition &condition : step.verify)
            if (const auto *silent = std::get_if<AddressSilent>(&condition);
                silent && silent->hypervisor == hypervisor)
                return *silent;
    return {};
}

QString minutes(int seconds)
{
    return seconds % 60 == 0 ? u"%1 min"_s.arg(seconds / 60) : u"%1 s"_s.arg(seconds);
}

/// The steps around a plan, with what is needed to say them.
class Timers
{
public:
    explicit Timers(const PlanInput &input) : m_input(input), m_index(input.fleet) {}

    Step armStep(const Part &part, int number, int seconds, const Plan &plan) const;
    Step keepStep(const QList<RevertPlace> &armed, const Plan &plan) const;

private:
    QString rootLine(const RevertPlace &place, const QString &command, const QByteArray &input) const;
    QString armLine(const RevertPlace &place, int seconds, const QByteArray &script) const;
    QString disarmLine(const RevertPlace &place) const;

    const PlanInput &m_input;
    const VmIndex m_index;
};

QString Timers::rootLine(const RevertPlace &place, const QString &command, const QByteArray &input) const
{
    const auto vm = vmNamed(m_index, place.vm.subject());
    return place.inside && vm ? guestLine(m_input.policy, **vm, command, input)
                              : hostLine(m_input.policy, place.vm.hypervisor, command, input);
}

/// By hand it is systemd-run.
QString Timers::armLine(const RevertPlace &place, int seconds, const QByteArray &script) const
{
    const QString file = u"/run/troposcope-revert-"_s + place.unit;
    const QString line = u"cat >%1 && systemd-run --unit=troposcope-revert-%2 --on-active=%3 sh %1"_s.arg(
        file, place.unit, QString::number(seconds));
    return rootLine(place, line, script);
}

QString Timers::disarmLine(const RevertPlace &place) const
{
    return rootLine(place, u"systemctl stop troposcope-revert-%1.timer"_s.arg(place.unit), {});
}

Step Timers::armStep(const Part &part, int number, int seconds, const Plan &plan) const
{
    const RevertPlace place{part.side.vm, part.side.inside, u"r%1"_s.arg(number)};
    Step step;
    step.id = u"arm-%1"_s.arg(number);
    step.machine = machineOf(part.side);
    step.title = u"Arm a timer %1 that takes back what is done to %2, unless the plan goes on or is kept, "
                 u"after %3"_s.arg(part.side.inside ? u"inside "_s + part.side.vm.name
                                                    : u"on "_s + part.side.vm.hypervisor,
                                   part.side.vm.name, minutes(seconds));
    const QByteArray script =
        revertScript(part.actions, part.side, m_input.policy, silenceOn(part.side.vm.hypervisor, plan));
    step.command = armLine(place, seconds, script);
    step.action = ArmRevert{place, seconds, script};
    step.verify = {RevertArmed{place, true}};
    step.undo = {DisarmRevert{{place}}};
    step.undoText = disarmLine(place);
    step.undone = {RevertArmed{place, false}};
    return step;
}

/// What comes back is disarmed first: cut off in between, nobody holds it, never two.
Step Timers::keepStep(const QList<RevertPlace> &armed, const Plan &plan) const
{
    Step step;
    step.id = u"keep"_s;
    step.machine = plan.steps.back().machine;
    step.title = u"Keep the change: the timers are disarmed"_s;
    DisarmRevert disarm;
    QStringList lines;
    for (auto place = armed.rbegin(); place != armed.rend(); ++place) {
        disarm.places.append(*place);
        lines.append(disarmLine(*place));
        step.before.append(RevertArmed{*place, true});
        step.verify.append(RevertArmed{*place, false});
    }
    step.command = lines.join(u'\n');
    step.action = disarm;
    // One that ran out just then would show here.
    step.verify += plan.steps.back().verify;
    step.undoText = u"nothing: an undo takes back the plan itself"_s;
    return step;
}

} // namespace

Result<std::optional<int>> revertSeconds(const PlanRequest &request)
{
    const QString text = request.options.value(u"revert"_s);
    if (text.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const int seconds = text.toInt(&isNumber);
    if (!isNumber || seconds < leastRevertSeconds || seconds > mostRevertSeconds)
        return failure(ErrorKind::Usage, {},
                       u"--revert needs a number of seconds from %1 to %2"_s.arg(
                           QString::number(leastRevertSeconds), QString::number(mostRevertSeconds)));
    return seconds;
}

Result<void> addRevert(const PlanInput &input, int seconds, Plan &plan)
{
    const auto parts = partsOf(plan);
    if (!parts)
        return tl::unexpected(parts.error());
    if (parts->isEmpty())
        return failure(ErrorKind::Refused, {}, u"the plan changes nothing that a timer could take back"_s);
    constexpr int apart = 10; // seconds from one part to the next
    const Timers timers(input);
    QList<Step> arming;
    QList<RevertPlace> armed;
    for (const Part &part : *parts) {
        const int number = static_cast<int>(arming.size());
        arming.append(timers.armStep(part, number + 1, seconds + number * apart, plan));
        armed.append(std::get<ArmRevert>(arming.back().action).place);
    }
    const Step keep = timers.keepStep(armed, plan);
    for (Step &step : plan.steps)
        if (std::holds_alternative<AttachNic>(step.action)) {
            if (step.undone.isEmpty())
                step.undone = step.before; // also once a timer has taken it back
            for (const RevertPlace &place : armed)
                step.before.append(RevertArmed{place, true});
        }
    plan.steps = arming + plan.steps + QList<Step>{keep};
    return {};
}

bool asksToKeep(const Plan &plan)
{
    return !plan.steps.isEmpty() && std::holds_alternative<DisarmRevert>(plan.steps.back().action);
}

} // namespace tropo
