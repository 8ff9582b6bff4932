#include "ssh/apply/plan_reverts.h"

#include "models/fixes/stoppable_wait.h"
#include "models/text/plain_text.h"
#include "ssh/apply/plan_locks.h"
#include "ssh/apply/quoted_line.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Many times in the shortest time that a timer may have.
constexpr std::chrono::seconds often(20);

} // namespace

void PlanReverts::know(const Plan &plan)
{
    for (const Step &step : plan.steps)
        if (const auto *arm = std::get_if<ArmRevert>(&step.action); arm && !m_places.contains(arm->place))
            m_places.append(arm->place);
}

/// What the script says of a timer: "armed 290", "done 0".
Result<QString> PlanReverts::ask(Reach &reach, const RevertPlace &place, const QStringList &words,
                                 const QByteArray &input, const std::stop_token &stop)
{
    const QString where = place.inside ? place.vm.subject() : place.vm.hypervisor;
    const QString unit = reach.options().planId + u'-' + place.unit;
    const QString script = QString::fromUtf8(reach.options().revertScript);
    const auto line = quotedLine(
        QStringList{u"sh"_s, u"-c"_s, script, u"troposcope-revert"_s, script, words.value(0), unit} +
        words.sliced(1));
    if (!line)
        return tl::unexpected(line.error());
    const auto output = place.inside ? reach.inGuestAsRoot(place.vm, *line, stop, input)
                                     : reach.onHost(place.vm.hypervisor, *line, stop, input);
    if (!output)
        return tl::unexpected(output.error());
    const QString said = QString::fromUtf8(output->out).section(u'\n', 0, 0);
    if (output->status != 0 || !said.startsWith(unit + u' ')) {
        const QString why = said.startsWith(u"refused "_s) ? said.section(u' ', 1)
                                                           : QString::fromUtf8(output->error).trimmed();
        return failure(ErrorKind::Refused, where,
                       u"the timer that takes the plan back: %1"_s.arg(visibleText(why, 300)));
    }
    return said.section(u' ', 1);
}

Result<void> PlanReverts::arm(Reach &reach, const ArmRevert &arm, const std::stop_token &stop)
{
    const auto said = ask(reach, arm.place,
                          {u"arm"_s, QString::number(arm.seconds), PlanLocks::nameOf(arm.place.vm.subject())},
                          arm.script, stop);
    if (!said)
        return tl::unexpected(said.error());
    if (!m_places.contains(arm.place))
        m_places.append(arm.place);
    return {};
}

Result<void> PlanReverts::disarm(Reach &reach, const RevertPlace &place, const std::stop_token &stop)
{
    const auto said = ask(reach, place, {u"disarm"_s}, {}, stop);
    if (!said)
        return tl::unexpected(said.error());
    if (said->startsWith(u"running"_s) || said->startsWith(u"done"_s))
        return failure(ErrorKind::Refused, place.vm.subject(),
                       u"the time was over, and the timer has taken its part of the plan back"_s);
    return {};
}

Result<Observation> PlanReverts::observe(Reach &reach, const RevertArmed &c, const std::stop_token &stop)
{
    const auto said = ask(reach, c.place, {u"state"_s}, {}, stop);
    if (!said)
        return tl::unexpected(said.error());
    const QString state = said->section(u' ', 0, 0);
    const QString number = said->section(u' ', 1, 1);
    if (state == u"armed")
        return Observation{c.armed, u"it is, and fires in %1 s"_s.arg(number)};
    if (state == u"running")
        return Observation{false, u"its time was over, and it is at its work"_s};
    if (state == u"done")
        return Observation{
            !c.armed, number == u"0" ? u"its time was over, and it took its part of the plan back"_s
                                     : u"its time was over, and it failed (exit status %1)"_s.arg(number)};
    return Observation{!c.armed, u"it is not"_s};
}

void PlanReverts::goOn(Reach &reach, const std::stop_token &stop)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_places.isEmpty() || now - m_last < often)
        return;
    m_last = now;
    constexpr std::chrono::seconds patience(90);
    constexpr std::chrono::seconds pause(1);
    for (const RevertPlace &place : m_places) {
        auto said = ask(reach, place, {u"extend"_s}, {}, stop);
        // Both at once would be at cross purposes.
        while (said && *said == u"running" && std::chrono::steady_clock::now() < now + patience &&
               stoppableWait(pause, stop))
            said = ask(reach, place, {u"state"_s}, {}, stop);
    }
}

} // namespace tropo
