#include "models/address/near_miss.h"
#include "models/identify/known.h"

namespace tropo {

namespace {

/// What is known of a MAC and an address that are said to be one's.
class Pair
{
public:
    Pair(const QString &macName, MacAddress mac, const QString &addressName, Ipv4 address, const Known &known)
        : m_known(known),
          m_mac(mac),
          m_address(address),
          m_macText(named(macName, mac.toString())),
          m_addressText(named(addressName, address.toString()))
    {
    }

    std::optional<IdentifyRelation> judge() const
    {
        const FloatPolicy *byMac = m_known.policy.floatWith(m_mac);
        const FloatPolicy *byAddress = m_known.policy.floatWith(m_address);
        if (byMac || byAddress)
            return ofFloats(byMac, byAddress);
        const Reservation *forMac = m_known.reservationFor(m_mac);
        const Reservation *forAddress = m_known.reservationFor(m_address);
        if (forMac || forAddress)
            return ofReservations(forMac, forAddress);
        return ofRanges();
    }

private:
    static QString named(const QString &name, const QString &value)
    {
        return name.isEmpty() ? value : QString(name + u' ' + value);
    }

    IdentifyRelation apart(const QString &why) const
    {
        return {false, why + QLatin1String(": they do not belong together.")};
    }

    std::optional<IdentifyRelation> ofFloats(const FloatPolicy *byMac, const FloatPolicy *byAddress) const
    {
        if (byMac && byMac == byAddress)
            return IdentifyRelation{true, QStringLiteral("%1 and %2 are both %3's: they belong together.")
                                              .arg(m_addressText, m_macText, byMac->name)};
        if (byMac && byAddress)
            return apart(QStringLiteral("%1 is %2's, %3 is %4's")
                             .arg(m_addressText, byAddress->name, m_macText, byMac->name));
        if (byAddress)
            return apart(QStringLiteral("%1 is %2's, whose MAC is %3, and %4 is not that%5")
                             .arg(m_addressText, byAddress->name, byAddress->mac.toString(), m_macText,
                                  slip(byAddress->mac)));
        return apart(QStringLiteral("%1 is %2's, whose address is %3, and %4 is not that")
                         .arg(m_macText, byMac->name, byMac->address.toString(), m_addressText));
    }

    QString slip(MacAddress meant) const
    {
        const auto how = slipBetween(meant, m_mac);
        return how ? QStringLiteral(", but that %1").arg(*how) : QString();
    }

    static QString holder(const Reservation &reservation)
    {
        return reservation.name.isEmpty() ? QStringLiteral("somebody") : reservation.name;
    }

    std::optional<IdentifyRelation> ofReservations(const Reservation *forMac,
                                                   const Reservation *forAddress) const
    {
        if (forMac && forMac->address == m_address)
            return IdentifyRelation{
                true, QStringLiteral("%1 and %2 are both reserved for %3: they belong together.")
                          .arg(m_addressText, m_macText, holder(*forMac))};
        if (forAddress && forAddress->mac)
            return apart(
                QStringLiteral("%1 is reserved for %2 with the MAC %3, not with %4")
                    .arg(m_addressText, holder(*forAddress), forAddress->mac->toString(), m_macText));
        if (forMac && forMac->address)
            return apart(QStringLiteral("%1 is reserved for %2 with the address %3, not with %4")
                             .arg(m_macText, holder(*forMac), forMac->address->toString(), m_addressText));
        return {};
    }

    std::optional<IdentifyRelation> ofRanges() const
    {
        const QString macHost = m_known.hypervisorOf(m_mac);
        const QString addressHost = m_known.hypervisorOf(m_address);
        if (macHost.isEmpty() || addressHost.isEmpty())
            return {};
        if (macHost != addressHost)
            return apart(QStringLiteral("%1 is in %2's subnet, %3 is in %4's range")
                             .arg(m_addressText, addressHost, m_macText, macHost));
        if (m_known.policy.reservationOctet && m_mac.octet(5) != m_address.lastOctet())
            return IdentifyRelation{false,
                                    QStringLiteral("%1 and %2 are both in %3's ranges, but their last octets "
                                                   "differ, which the fleet's convention makes one.")
                                        .arg(m_addressText, m_macText, macHost)};
        return IdentifyRelation{
            true,
            QStringLiteral("%1 and %2 are both in %3's ranges.").arg(m_addressText, m_macText, macHost)};
    }

    const Known &m_known;
    MacAddress m_mac;
    Ipv4 m_address;
    QString m_macText;
    QString m_addressText;
};

} // namespace

std::optional<IdentifyRelation> together(const QString &macName, MacAddress mac, const QString &addressName,
                                         Ipv4 address, const Known &known)
{
    return Pair(macName, mac, addressName, address, known).judge();
}

} // namespace tropo
