#include "models/rules/guest_net_rules.h"

#include "models/rules/about.h"

#include <QMap>

namespace tropo {

namespace {

QString asTyped(const Route &route)
{
    QString text;
    if (route.gateway)
        text = QStringLiteral("via %1").arg(route.gateway->toString());
    if (!route.device.isEmpty())
        text +=
            QStringLiteral("%1dev %2").arg(text.isEmpty() ? QString() : QStringLiteral(" "), route.device);
    return text;
}

} // namespace

QList<Finding> guestTwoDefaultRoutes(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->system.routes)
            continue;
        QMap<int, QList<const Route *>> byMetric; // none is 0
        for (const Route &route : *vm.domain->guest->system.routes)
            if (!route.destination && !route.multipath && (route.gateway || !route.device.isEmpty()))
                byMetric[route.metric.value_or(0)].append(&route);
        for (auto it = byMetric.cbegin(); it != byMetric.cend(); ++it) {
            QStringList texts;
            QList<Source> sources;
            for (const Route *route : *it) {
                const QString text = asTyped(*route);
                if (texts.contains(text))
                    continue;
                texts.append(text);
                sources.append(route->source);
            }
            if (texts.size() < 2)
                continue;
            texts.sort();
            findings.append(about(vm.subject,
                                  QStringLiteral("%1 has %2 default routes %3: %4. Which one answers take is "
                                                 "chance; give one of them a higher metric, or remove it.")
                                      .arg(vm.domain->name, QString::number(texts.size()),
                                           it.key() == 0 ? QStringLiteral("without a metric")
                                                         : QStringLiteral("with metric %1").arg(it.key()),
                                           someOf(texts, QStringLiteral("; "))),
                                  sources));
        }
    }
    return findings;
}

} // namespace tropo
