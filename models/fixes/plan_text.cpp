#include "models/fixes/plan.h"

#include "models/text/plain_text.h"

#include <QJsonArray>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString sentences(const QList<Condition> &conditions)
{
    QStringList texts;
    for (const Condition &condition : conditions)
        texts.append(conditionText(condition));
    return texts.join("; "_L1);
}

QString indented(const QString &text, const QString &by)
{
    QString result;
    for (const QString &line : text.split(u'\n'))
        result += by + visibleText(line) + u'\n';
    return result;
}

/// A comment of the runbook: whatever the text holds, no line of it can be a command.
QString comment(const QString &label, const QString &text)
{
    if (text.isEmpty())
        return {};
    QString result;
    bool isFirst = true;
    for (const QString &line : text.split(u'\n')) {
        result += u"# %1 %2\n"_s.arg(isFirst ? label : QString(label.size(), u' '), visibleText(line));
        isFirst = false;
    }
    return result;
}

} // namespace

bool Plan::isDisruptive() const
{
    return std::any_of(steps.begin(), steps.end(), [](const Step &step) { return step.disruptive; });
}

QJsonObject planJson(const Plan &plan)
{
    QJsonArray steps;
    for (const Step &step : plan.steps)
        steps.append(QJsonObject{{u"title"_s, step.title},
                                 {u"machine"_s, step.machine},
                                 {u"command"_s, step.command},
                                 {u"before"_s, sentences(step.before)},
                                 {u"diff"_s, step.diff},
                                 {u"verify"_s, sentences(step.verify)},
                                 {u"undo"_s, step.undoText},
                                 {u"disruptive"_s, step.disruptive}});
    return {{u"plan"_s, plan.name},
            {u"intent"_s, plan.intent},
            {u"steps"_s, steps},
            {u"warnings"_s, QJsonArray::fromStringList(plan.warnings)}};
}

QString planText(const Plan &plan)
{
    QString text = visibleText(plan.intent) + u'\n';
    for (const QString &line : plan.blast)
        text += u"  touches: "_s + visibleText(line) + u'\n';
    for (const QString &warning : plan.warnings)
        text += u"  mind: "_s + visibleText(warning) + u'\n';
    int number = 0;
    for (const Step &step : plan.steps) {
        text += u"\n%1. %2   [%3]%4\n"_s.arg(QString::number(++number), visibleText(step.title),
                                             visibleText(step.machine),
                                             step.disruptive ? u"  cuts off a service"_s : QString());
        text += indented(step.command, u"     $ "_s);
        if (!step.before.isEmpty())
            text += u"     before: "_s + visibleText(sentences(step.before)) + u'\n';
        if (!step.diff.isEmpty())
            text += indented(step.diff, u"     | "_s);
        if (!step.verify.isEmpty())
            text += u"     verify: "_s + visibleText(sentences(step.verify)) + u'\n';
        if (!step.outage.isEmpty())
            text += u"     cut off: "_s + visibleText(step.outage) + u'\n';
        text += u"     undo: "_s +
                (step.undoText.isEmpty() ? u"nothing to take back"_s
                                         : visibleText(step.undoText).replace(u'\n', u"\n           "_s)) +
                u'\n';
    }
    return text;
}

QString planRunbook(const Plan &plan)
{
    QString text = u"#!/usr/bin/env bash\n"_s;
    text += comment(u"plan:"_s, plan.intent);
    text += comment(u"made from what was read at"_s, plan.read.toString(Qt::ISODate));
    text += u"# Read every step before you run it. Each stops at the first command that fails.\n"_s;
    for (const QString &warning : plan.warnings)
        text += comment(u"mind:"_s, warning);
    text += u"set -euo pipefail\n"_s;
    int number = 0;
    for (const Step &step : plan.steps) {
        text += u"\n# ---- step %1 of %2\n"_s.arg(++number).arg(plan.steps.size());
        text += comment(u"what:"_s, step.title);
        text += comment(u"on:"_s, step.machine);
        text += comment(u"before:"_s, sentences(step.before));
        text += comment(u"cuts off:"_s, step.outage);
        text += step.command + u'\n';
        text += comment(u"verify:"_s, sentences(step.verify));
        text += comment(u"undo:"_s, step.undoText);
    }
    return text;
}

} // namespace tropo
