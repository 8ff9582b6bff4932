#pragma once

#include "models/evidence/capture.h"

#include <functional>

namespace tropo {

/// Something found in a capture before it is understood: a file with its text, or why it has none.
struct CaptureEntry
{
    QString path; ///< relative, '/' between parts
    QByteArray text;
    QString refusal; ///< not empty: not taken, and why
};

/// Called for each entry, in no order; an error ends the walk.
using EntrySink = std::function<Result<void>(CaptureEntry)>;

Result<void> walkFolder(const QString &path, const CaptureLimits &limits, const EntrySink &sink);
Result<void> walkArchive(const QString &path, const CaptureLimits &limits, const EntrySink &sink);

/// Writes files (path, text, time) as a zip or tar.gz, in order.
struct CaptureFile
{
    QString path;
    QByteArray text;
    QDateTime time;
};
Result<void> writeArchive(const QString &path, bool zip, const QList<CaptureFile> &files);

/// Why a path inside a capture is not taken; nothing when it is fine.
std::optional<QString> pathRefusal(const QString &path);

} // namespace tropo
