#pragma once

#include <QString>

#include <optional>

namespace tropo {

/// What a volume's XML (formatstorage) says that a capture keeps.
struct VolumeParts
{
    QString path;
    QString format;  ///< empty where the pool's kind has none
    QString backing; ///< path of its backing volume; empty where it has none

    bool operator==(const VolumeParts &) const = default;
};

/// Nothing where the text is no volume's.
std::optional<VolumeParts> volumeParts(const char *xml);
/// "dir", "netfs", "rbd", … of a pool's XML; empty where the text is no pool's.
QString poolType(const char *xml);
/// Seconds since 1970 at which a snapshot was made (formatsnapshot); nothing where its XML does not say.
std::optional<qint64> creationTime(const char *xml);

} // namespace tropo
