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

QString changesNote(const ReadingChanges &compared)
{
    const auto time = [](const QDateTime &at) { return at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s); };
    QString note = u"### What differs between the readings of %1 and %2 UTC\n\n"_s.arg(time(compared.before),
                                                                                       time(compared.after));
    for (const QString &change : compared.changes)
        note += u"- %1\n"_s.arg(markdownText(change));
    return compared.changes.isEmpty() ? QString(note + u"Nothing.\n"_s) : note;
}

} // namespace

QString planNote(const Plan &plan, const RunResult &result, const std::optional<ReadingChanges> &compared,
                 bool simulation)
{
    QString note;
    if (simulation)
        note += u"**Simulation: nothing was changed on any machine.**\n\n"_s;
    note += u"Plan: %1\n\n"_s.arg(markdownText(plan.name + u' ' + plan.arguments.join(u' ')));
    if (!result.says.isEmpty())
        note += u"Outcome: **%1**. %2\n\n"_s.arg(runOutcomeName(result.outcome), markdownText(result.says));
    for (qsizetype i = 0; i < plan.steps.size(); ++i)
        note += stepNote(plan.steps[i], result.steps.value(i), static_cast<int>(i) + 1);
    if (compared)
        note += changesNote(*compared);
    return note;
}

} // namespace tropo
