#include "models/fixes/plan_note.h"

#include "models/text/markdown.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString stepNote(const Step &step, const StepStatus &status, int number)
{
    QString note = u"%1. **%2**\n\n"_s.arg(QString::number(number), markdownText(step.title));
    QString outcome = stepStateName(status.state);
    if (!status.says.isEmpty())
        outcome += u": "_s + status.says;
    QStringList facts{u"On %1"_s.arg(step.machine), outcome};
    if (status.at.isValid())
        facts.append(status.at.toUTC().toString(Qt::ISODate));
    note += u"   "_s + markdownText(facts.join(u" \u00b7 "_s)) + u"\n\n"_s;
    const QString code = markdownBlock(step.command, u"sh"_s) +
                         (step.diff.isEmpty() ? QString() : markdownBlock(step.diff, u"diff"_s));
    for (const QString &line : code.trimmed().split(u'\n'))
        note += u"   "_s + line + u'\n';
    return note + u'\n';
}

} // namespace

QString planNote(const Plan &plan, const RunResult &result, const QStringList &changes, bool simulation)
{
    QString note;
    if (simulation)
        note += u"**Simulation: nothing was changed on any machine.**\n\n"_s;
    note += u"Plan: %1\n\n"_s.arg(markdownText(plan.name + u' ' + plan.arguments.join(u' ')));
    if (!result.says.isEmpty())
        note += u"Outcome: **%1**. %2\n\n"_s.arg(runOutcomeName(result.outcome), markdownText(result.says));
    for (qsizetype i = 0; i < plan.steps.size(); ++i)
        note += stepNote(plan.steps[i], result.steps.value(i), static_cast<int>(i) + 1);
    if (!changes.isEmpty()) {
        note += u"### What differs between the readings before and after\n\n"_s;
        for (const QString &change : changes)
            note += u"- %1\n"_s.arg(markdownText(change));
    }
    return note;
}

} // namespace tropo
