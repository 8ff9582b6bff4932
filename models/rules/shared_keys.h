#pragma once

#include <QList>
#include <QStringList>

namespace tropo {

/// Groups of items that share a key, directly or through one another, each sorted; an item that shares none
/// is in no group. Items are named by their index in `keys`.
QList<QList<int>> groupsSharing(const QList<QStringList> &keys);

} // namespace tropo
