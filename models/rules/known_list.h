#pragma once

#include <QList>

#include <optional>

namespace tropo {

/// What was read of a list. One that was not read counts as empty: only for rules that look at what is there,
/// never at what is missing.
template <typename T> const QList<T> &readOf(const std::optional<QList<T>> &list)
{
    static const QList<T> none;
    return list ? *list : none;
}

} // namespace tropo
