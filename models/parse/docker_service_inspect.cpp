#include "models/parse/docker_service_inspect.h"

#include "models/parse/json_fields.h"
#include "models/parse/numbered_lines.h"

#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The lines of UpdateStatus and its State, as docker prints them: a line each, UpdateStatus behind
/// everything that could have a field of that name. All lines of the object where it stands on one line, or
/// has none.
Source stateSource(const Source &object, const std::vector<NumberedLine> &lines)
{
    Source found = object;
    bool inside = false;
    const auto most = std::min(static_cast<std::size_t>(object.last), lines.size());
    for (auto i = static_cast<std::size_t>(object.first); i < most; ++i) {
        const QStringView line = lines[i].text.trimmed();
        if (line.startsWith("\"UpdateStatus\":"_L1)) {
            found = {object.document, lines[i].number, lines[i].number};
            inside = true;
        } else if (inside && line.startsWith("\"State\":"_L1)) {
            found.last = lines[i].number;
            inside = false;
        }
    }
    return found;
}

/// {"Replicated": {"Replicas": 2}}: the one key is the mode.
void readMode(const JsonFields &mode, Service &service)
{
    struct Mode
    {
        QLatin1StringView key;
        QLatin1StringView word; ///< as `docker service ls` says it
    };
    static constexpr std::array modes{Mode{"Replicated"_L1, "replicated"_L1}, Mode{"Global"_L1, "global"_L1},
                                      Mode{"ReplicatedJob"_L1, "replicated job"_L1},
                                      Mode{"GlobalJob"_L1, "global job"_L1}};
    for (const Mode &one : modes)
        if (mode.has(one.key))
            service.mode = one.word;
    if (mode.has("Replicated"_L1))
        service.desired = mode.inner("Replicated"_L1).whole("Replicas"_L1, 0, 1'000'000'000);
}

} // namespace

Parsed<QList<Service>> parseServiceInspect(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Service> services;
    const QString decoded = decodedText(text);
    const std::vector<NumberedLine> lines = numberedLines(decoded);
    for (const JsonElement &element : jsonElements(text, problems)) {
        const JsonFields fields(element, problems);
        const JsonFields spec = fields.inner("Spec"_L1);
        Service service;
        service.id = fields.text("ID"_L1);
        service.name = spec.text("Name"_L1);
        service.source = element.source;
        readMode(spec.inner("Mode"_L1), service);
        service.image = spec.inner("TaskTemplate"_L1).inner("ContainerSpec"_L1).text("Image"_L1);
        service.image = service.image.section("@sha256:"_L1, 0, 0); // `service ls` leaves the digest out
        service.updateState = Sourced<QString>{fields.inner("UpdateStatus"_L1).text("State"_L1),
                                               stateSource(element.source, lines)};
        if (service.id.isEmpty())
            fields.complain("ID"_L1, u"missing, the service is left out"_s);
        else
            services.append(service);
    }
    return {services, problems.take()};
}

} // namespace tropo
