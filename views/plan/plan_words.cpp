#include "views/plan/plan_words.h"

#include "models/fleet/subject.h"
#include "models/items/visible_text.h"

#include <QCoreApplication>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PlanWords)
};

constexpr qsizetype longest = 1000;

/// A VM or another thing, with its host.
QString placeName(const QString &subject)
{
    const QString machine = subject::machineName(subject);
    const bool isThing = subject::vmOf(subject).isEmpty() && subject.count(u'/') >= 2;
    return isThing             ? Words::tr("%1 on %2").arg(unescapedName(subject.section(u'/', 2)), machine)
           : machine.isEmpty() ? subject
                               : machine;
}

/// The numbers of the steps that cut off the same.
QStringList outages(const Plan &plan)
{
    QStringList texts;
    QList<QStringList> numbers;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const Step &step = plan.steps[i];
        if (step.outage.isEmpty())
            continue;
        if (!texts.contains(step.outage)) {
            texts.append(step.outage);
            numbers.append(QStringList());
        }
        numbers[texts.indexOf(step.outage)].append(QString::number(i + 1));
    }
    for (qsizetype i = 0; i < texts.size(); ++i)
        texts[i] = numbers[i].size() == 1 ? Words::tr("%1 (step %2)").arg(texts[i], numbers[i].first())
                                          : Words::tr("%1 (steps %2)").arg(texts[i], numbers[i].join(u", "));
    return texts;
}

} // namespace

QString bulletLines(const QStringList &lines)
{
    QString text;
    for (const QString &line : lines)
        text += QStringLiteral("\u2022 ") + visibleText(line, longest) + QLatin1Char('\n');
    return text.trimmed();
}

QString planTitle(const Plan &plan, bool simulation)
{
    QStringList places;
    for (const QString &subject : plan.touches)
        places.append(placeName(subject));
    const QString title = Words::tr("%1 \u2013 %2").arg(plan.name, places.join(u", "));
    return visibleText(simulation ? Words::tr("Simulation: %1").arg(title) : title);
}

QString planSummary(const Plan &plan)
{
    QStringList parts;
    if (!plan.blast.isEmpty())
        parts.append(Words::tr("It touches:") + u'\n' + bulletLines(plan.blast));
    const QStringList cuts = outages(plan);
    parts.append(cuts.isEmpty() ? Words::tr("It cuts off nothing that is known to serve.")
                                : QString(Words::tr("It cuts off:") + u'\n' + bulletLines(cuts)));
    if (!plan.warnings.isEmpty())
        parts.append(Words::tr("Mind:") + u'\n' + bulletLines(plan.warnings));
    return parts.join(QLatin1String("\n\n"));
}

} // namespace tropo
