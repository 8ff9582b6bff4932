#pragma once

#include "models/source.h"

namespace tropo {

/// A value and where it was read.
template <typename T> struct Sourced
{
    T value{};
    Source source;

    bool operator==(const Sourced &) const = default;
};

} // namespace tropo
