#include "models/fleet/fleet.h"

#include <algorithm>

namespace tropo {

namespace {

template <typename T> const T *named(const QList<T> &list, QStringView name)
{
    const auto it =
        std::find_if(list.begin(), list.end(), [name](const T &item) { return item.name == name; });
    return it == list.end() ? nullptr : &*it;
}

} // namespace

const Domain *Hypervisor::domain(QStringView wanted) const
{
    return domains ? named(*domains, wanted) : nullptr;
}

const Network *Hypervisor::network(QStringView wanted) const
{
    return networks ? named(*networks, wanted) : nullptr;
}

const Hypervisor *Fleet::hypervisor(QStringView wanted) const
{
    return named(hypervisors, wanted);
}

} // namespace tropo
