#include "models/parse/reachability.h"

#include "models/parse/json_elements.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<QList<Reachability>> parseReachability(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Reachability> probes;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const QString address = element.object.value("address"_L1).toString();
        const auto parsed = Ipv4::fromString(address);
        const QJsonValue answered = element.object.value("answered"_L1);
        if (parsed && answered.isBool())
            probes.append({*parsed, answered.toBool(),
                           bounded(element.object.value("tried"_L1).toString(), 200), element.source});
        else
            problems.add(element.source.first, u"a probe without \"address\" and \"answered\", line %1"_s.arg(
                                                   element.source.first));
    }
    return {probes, problems.take()};
}

} // namespace tropo
