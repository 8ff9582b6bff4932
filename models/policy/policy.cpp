#include "models/policy/policy.h"

#include <algorithm>

namespace tropo {

const HypervisorPolicy *Policy::hypervisor(QStringView wanted) const
{
    const auto it = std::find_if(hypervisors.begin(), hypervisors.end(),
                                 [wanted](const auto &h) { return h.name == wanted; });
    return it == hypervisors.end() ? nullptr : &*it;
}

const FloatPolicy *Policy::floatWith(MacAddress mac) const
{
    const auto it = std::find_if(floats.begin(), floats.end(), [mac](const auto &f) { return f.mac == mac; });
    return it == floats.end() ? nullptr : &*it;
}

const FloatPolicy *Policy::floatWith(Ipv4 address) const
{
    const auto it =
        std::find_if(floats.begin(), floats.end(), [address](const auto &f) { return f.address == address; });
    return it == floats.end() ? nullptr : &*it;
}

const GuestPolicy *Policy::guest(QStringView hypervisorName, QStringView domain) const
{
    const QString full = hypervisorName + QLatin1Char('/') + domain;
    const GuestPolicy *plain = nullptr;
    for (const GuestPolicy &guest : guests) {
        if (guest.name == full)
            return &guest;
        if (guest.name == domain)
            plain = &guest;
    }
    return plain;
}

} // namespace tropo
