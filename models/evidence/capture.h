#pragma once

#include "models/evidence/evidence.h"

namespace tropo {

/// Bounds of a capture (`capture-format.md`), named in the error that exceeding one gives.
struct CaptureLimits
{
    qint64 fileBytes = 64LL * 1024 * 1024;
    qint64 totalBytes = 1024LL * 1024 * 1024;
    int files = 200'000;
};

/// Reads a capture: a folder, a .zip or a .tar.gz (told by content, not by name). A folder inside an archive
/// that holds everything is looked through. What a single entry does wrong (a link, `..`, too large) is
/// listed in `problems`, and the rest is read; a newer format, an unreadable or damaged archive, or a bound
/// on the whole is an error. Secrets that a hand-made capture holds are withheld here, so that nothing after
/// can show them.
Result<Evidence> readCapture(const QString &path, const CaptureLimits &limits = {});

/// Whether a capture could be written there, to be asked before hours of reading: an error where it exists,
/// except an empty folder, where its folder does not, or where a `.partial` is left.
Result<void> checkCaptureTarget(const QString &path);

/// Writes a capture to a new folder, or to a .zip or .tar.gz by its name. Written beside and renamed when
/// whole; refuses a path that exists, except an empty folder.
Result<void> writeCapture(const QString &path, const Evidence &evidence);

} // namespace tropo
