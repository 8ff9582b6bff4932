#include "models/identify/known.h"
#include "models/identify/range_reading.h"

#include <algorithm>

namespace tropo {

namespace {

constexpr std::uint32_t mostTried = 65536; ///< of a range's values

/// A network that gives addresses of a hypervisor's subnet.
const NetworkForm *networkIn(const Subnet &subnet, const Hypervisor *hypervisor)
{
    if (hypervisor && hypervisor->networks)
        for (const Network &network : *hypervisor->networks)
            if (const NetworkForm *form = network.known();
                form && form->address && subnet.contains(form->address->address))
                return form;
    return nullptr;
}

class FreeSearch
{
public:
    FreeSearch(const HypervisorPolicy &hypervisor, const Known &known) : m_policy(hypervisor), m_known(known)
    {
        if (m_policy.subnet)
            m_network = networkIn(*m_policy.subnet, known.fleet.hypervisor(hypervisor.name));
    }

    NextFree find() const
    {
        NextFree found;
        const bool paired = m_policy.macs && m_policy.subnet && m_known.policy.reservationOctet &&
                            m_policy.macs->prefix <= 40 && m_policy.subnet->prefix <= 24;
        if (paired) {
            for (const std::uint32_t number : numbers())
                if (number < 255 && isFree(addressAt(number)) && isFree(macAt(number))) {
                    found.address = addressAt(number);
                    found.mac = macAt(number);
                    break;
                }
        } else {
            findApart(found);
        }
        found.checked = lookedThrough(m_known.fleet);
        found.notRead = notLookedThrough(m_known.fleet, m_known.policy, m_policy.subnet.has_value());
        found.text = textOf(found);
        found.standing = standingOf(found);
        return found;
    }

private:
    void findApart(NextFree &found) const
    {
        if (m_policy.subnet)
            for (const std::uint32_t number : numbers())
                if (isFree(addressAt(number))) {
                    found.address = addressAt(number);
                    break;
                }
        if (!m_policy.macs)
            return;
        const int bits = 48 - m_policy.macs->prefix;
        const std::uint64_t size = bits >= 16 ? mostTried : std::uint64_t(1) << bits;
        for (std::uint64_t number = 1; number + 1 < size; ++number)
            if (isFree(macAt(static_cast<std::uint32_t>(number)))) {
                found.mac = macAt(static_cast<std::uint32_t>(number));
                return;
            }
    }

    Ipv4 addressAt(std::uint32_t number) const { return Ipv4(m_policy.subnet->base.bits() + number); }
    MacAddress macAt(std::uint32_t number) const { return MacAddress(m_policy.macs->base.bits() + number); }
    bool isFree(MacAddress mac) const
    {
        return !m_known.policy.floatWith(mac) && m_known.index.sameButFirstOctet(mac).isEmpty();
    }
    bool isFree(Ipv4 address) const
    {
        return !m_known.policy.floatWith(address) && address != m_known.policy.floatGateway &&
               m_known.index.byAddress(address).isEmpty();
    }

    /// Numbers in the subnet in the order in which an operator gives them: the DHCP range, where reservations
    /// belong, then what is behind it, then what is before it.
    QList<std::uint32_t> numbers() const
    {
        const Subnet &subnet = *m_policy.subnet;
        const std::uint32_t end = subnet.broadcast().bits() - subnet.base.bits();
        const std::uint32_t last = std::min(end, mostTried);
        QList<std::uint32_t> inRange;
        QList<std::uint32_t> behind;
        QList<std::uint32_t> before;
        for (std::uint32_t number = 1; number < last; ++number) {
            const Ipv4 address = addressAt(number);
            if (isGivenByDhcp(address))
                inRange.append(number);
            else
                (m_network && !m_network->ranges.isEmpty() && address > m_network->ranges.front().end
                     ? behind
                     : before)
                    .append(number);
        }
        return inRange + behind + before;
    }
    bool isGivenByDhcp(Ipv4 address) const
    {
        return m_network &&
               std::any_of(m_network->ranges.begin(), m_network->ranges.end(), [address](const auto &range) {
                   return range.start <= address && address <= range.end;
               });
    }

    QString rangesText() const
    {
        QStringList parts;
        if (m_policy.macs)
            parts.append(m_policy.macs->toString());
        if (m_policy.subnet)
            parts.append(m_policy.subnet->toString());
        return parts.join(QLatin1String(" and "));
    }

    QString textOf(const NextFree &found) const
    {
        QStringList values;
        if (found.mac)
            values.append(found.mac->toString());
        if (found.address)
            values.append(found.address->toString());
        if (values.isEmpty())
            return QStringLiteral("Everything in %1's %2 is in use.").arg(m_policy.name, rangesText());
        return QStringLiteral("The first of %1's %2 that nothing read has: %3%4.")
            .arg(m_policy.name, rangesText(), values.join(QLatin1String(" with ")), outsideText(found));
    }

    static QString standingOf(const NextFree &found)
    {
        QString text;
        if (!found.checked.isEmpty())
            text = QStringLiteral("Looked through: %1. ").arg(found.checked.join(QLatin1String(", ")));
        if (!found.mac && !found.address)
            return text.trimmed();
        return text + (found.notRead.isEmpty()
                           ? QStringLiteral("All of the fleet was read: it is free.")
                           : QStringLiteral("Not known to be free, since these were not read: %1.")
                                 .arg(found.notRead.join(QLatin1String("; "))));
    }

    QString outsideText(const NextFree &found) const
    {
        if (!found.address || !m_network || m_network->ranges.isEmpty() || isGivenByDhcp(*found.address))
            return {};
        const DhcpRange &range = m_network->ranges.front();
        return QStringLiteral(" (outside the DHCP range %1 to %2, where nothing is free)")
            .arg(range.start.toString(), range.end.toString());
    }

    const HypervisorPolicy &m_policy;
    const Known &m_known;
    const NetworkForm *m_network = nullptr;
};

} // namespace

std::optional<NextFree> nextFreeOf(const HypervisorPolicy &hypervisor, const Known &known)
{
    if (!hypervisor.macs && !hypervisor.subnet)
        return {};
    return FreeSearch(hypervisor, known).find();
}

} // namespace tropo
