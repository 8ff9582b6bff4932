#pragma once

#include <QString>

#include <optional>

namespace tropo {

/// How long ago something was, as far as a rounded text tells: in seconds, from `least` up to `most`.
struct Elapsed
{
    qint64 least = 0;
    qint64 most = 0;

    bool operator==(const Elapsed &) const = default;
};

/// "4 weeks ago", "5 days", "About an hour", "less than a second ago": docker's words for a duration
/// (go-units' HumanDuration), which drop what is below their unit; nothing for any other text.
std::optional<Elapsed> elapsedFrom(QStringView text);

/// How long a container has been up: of "Up 5 days (healthy)"; nothing where the status is not "Up".
std::optional<Elapsed> upFor(QStringView status);

} // namespace tropo
