#pragma once

#include "models/result.h"
#include "models/snapshot.h"
#include "views/theme/theme.h"

#include <QImage>

namespace tropo {

/// The views that renderView knows: "fleet", "findings", "floats", "containers", "changes", and "layers": the
/// floats by layer.
QStringList viewNames();

/// A picture of a view as one would put it into an incident note, captioned with fleet, origin, when it was
/// taken and by what. `subject` (empty: the worst finding's) is shown selected. Size as it is laid out; each
/// way, the picture has `ratio` times as many pixels, and knows it (QImage::devicePixelRatio).
/// "changes" shows what changed from the snapshot to `other`; other views do not look at that.
Result<QImage> renderView(const SnapshotPtr &snapshot, const QString &view, QSize size,
                          const QString &subject, Theme theme, const SnapshotPtr &other = {}, int ratio = 1);

} // namespace tropo
