#include "models/rules/reservation_facts.h"

#include "models/rules/about.h"
#include "models/rules/known_list.h"

#include <QHash>
#include <QMap>

#include <algorithm>
#include <tuple>

namespace tropo {

QString textOf(const Reservation &reservation)
{
    QString text = reservation.address ? reservation.address->toString() : QStringLiteral("no address");
    if (!reservation.name.isEmpty())
        text += QLatin1String(" for ") + reservation.name;
    if (reservation.mac)
        text += QLatin1String(" (") + reservation.mac->toString() + u')';
    return text;
}

QString ReservationPlace::text() const
{
    return QStringLiteral("%1 in %2").arg(textOf(*reservation), view.text());
}

namespace {

void addPlaces(QList<ReservationPlace> &places, const NetworkView &view, const NetworkForm &form,
               bool running)
{
    const qsizetype first = places.size();
    for (const Reservation &reservation : form.reservations)
        places.append({view, &form, &reservation, running});
    std::stable_sort(places.begin() + first, places.end(), [](const auto &a, const auto &b) {
        return std::tie(a.reservation->mac, a.reservation->address, a.reservation->name) <
               std::tie(b.reservation->mac, b.reservation->address, b.reservation->name);
    });
}

/// Whether another network of the host, defined in libvirt, serves the same addresses: then one that is only
/// declared is the same under another name, which network-missing says.
bool isServedByAnother(const NetworkView &view, const NetworkForm &declared)
{
    const QList<Network> &networks = *view.hypervisor->networks;
    return std::any_of(networks.begin(), networks.end(), [&](const Network &other) {
        return other.form && declared.subnet() && other.form->subnet() == declared.subnet();
    });
}

} // namespace

QList<ReservationPlace> knownReservations(const Fleet &fleet)
{
    QList<ReservationPlace> places;
    for (const NetworkView &view : networksOf(fleet))
        if (const NetworkForm *form = view.network->known();
            form && (view.network->form || !isServedByAnother(view, *form)))
            addPlaces(places, view, *form, view.network->form.has_value());
    return places;
}

QList<ReservationPlace> declaredReservations(const Fleet &fleet)
{
    QList<ReservationPlace> places;
    for (const NetworkView &view : networksOf(fleet))
        if (view.network->declared)
            addPlaces(places, view, *view.network->declared, false);
    return places;
}

namespace {

bool liesIn(const ReservationPlace &place, Ipv4 address)
{
    const auto subnet = place.form->subnet();
    return !subnet || subnet->contains(address);
}

/// Two networks with one subnet have one set of addresses, each its own; within one network, or where it lies
/// in only one of two, an address is reserved twice.
bool clashes(const QList<ReservationPlace> &places, const QList<int> &bearers)
{
    QSet<QString> networks;
    for (int bearer : bearers) {
        const ReservationPlace &place = places[bearer];
        if (networks.contains(place.view.subject) || !liesIn(place, *place.reservation->address))
            return true;
        networks.insert(place.view.subject);
    }
    return false;
}

enum class Shared { Mac, Address, Name };

/// Gathers the bearers of each value, and writes down what several bear.
class Bearers
{
public:
    explicit Bearers(const QList<ReservationPlace> &places) : m_places(places)
    {
        for (int i = 0; i < places.size(); ++i) {
            const Reservation &reservation = *places[i].reservation;
            if (reservation.mac)
                m_macs[*reservation.mac].append(i);
            if (reservation.address)
                m_addresses[*reservation.address].append(i);
            if (!reservation.name.isEmpty())
                m_names[reservation.name.toLower()].append(i);
        }
    }

    /// By who shares it, and then by what is shared.
    QMap<QList<int>, QMap<Shared, QString>> shared() const
    {
        QMap<QList<int>, QMap<Shared, QString>> all;
        for (auto it = m_macs.begin(); it != m_macs.end(); ++it)
            if (it->size() > 1)
                all[*it][Shared::Mac] = QLatin1String("the MAC ") + it.key().toString();
        for (auto it = m_addresses.begin(); it != m_addresses.end(); ++it)
            if (it->size() > 1 && clashes(m_places, *it))
                all[*it][Shared::Address] = QLatin1String("the address ") + it.key().toString();
        for (auto it = m_names.begin(); it != m_names.end(); ++it)
            if (it->size() > 1)
                all[*it][Shared::Name] = QLatin1String("the name ") + m_places[it->first()].reservation->name;
        return all;
    }

private:
    const QList<ReservationPlace> &m_places;
    QHash<MacAddress, QList<int>> m_macs;
    QHash<Ipv4, QList<int>> m_addresses;
    QHash<QString, QList<int>> m_names;
};

} // namespace

QList<SharedReservation> sharedReservations(const QList<ReservationPlace> &places)
{
    QList<SharedReservation> all;
    const auto shared = Bearers(places).shared();
    for (auto it = shared.begin(); it != shared.end(); ++it) {
        SharedReservation one{it->values(), {}};
        for (int bearer : it.key())
            one.places.append(places[bearer]);
        all.append(one);
    }
    return all;
}

QList<SharedReservation> duplicateReservations(const Fleet &fleet)
{
    QList<SharedReservation> shared = sharedReservations(knownReservations(fleet));
    shared.erase(std::remove_if(shared.begin(), shared.end(),
                                [](const SharedReservation &one) {
                                    return std::none_of(one.places.begin(), one.places.end(),
                                                        [](const auto &place) { return place.running; });
                                }),
                 shared.end());
    return shared;
}

QList<SharedReservation> declaredConflicts(const Fleet &fleet)
{
    QSet<QString> running;
    for (const SharedReservation &one : duplicateReservations(fleet))
        for (const QString &what : one.what)
            running.insert(what.toLower());
    QList<SharedReservation> conflicts;
    for (SharedReservation one : sharedReservations(declaredReservations(fleet))) {
        one.what.removeIf([&](const QString &what) { return running.contains(what.toLower()); });
        if (!one.what.isEmpty())
            conflicts.append(one);
    }
    return conflicts;
}

QString outsideOf(const ReservationPlace &place)
{
    if (!place.reservation->address)
        return {};
    const Ipv4 address = *place.reservation->address;
    const QList<DhcpRange> &ranges = place.form->ranges;
    const bool inRange = std::any_of(ranges.begin(), ranges.end(), [address](const DhcpRange &range) {
        return range.start <= address && address <= range.end;
    });
    if (inRange)
        return {};
    if (!liesIn(place, address))
        return QStringLiteral("which is not in the network's subnet %1")
            .arg(place.form->subnet()->toString());
    if (place.form->address && place.form->address->address == address)
        return QStringLiteral("which is the network's own address");
    if (ranges.isEmpty())
        return {};
    QStringList texts;
    for (const DhcpRange &range : ranges)
        texts.append(QStringLiteral("%1 to %2").arg(range.start.toString(), range.end.toString()));
    return QStringLiteral("which is not in the network's range %1").arg(someOf(texts, QStringLiteral(", ")));
}

QList<ReservationPlace> outsideReservations(const RuleInput &input)
{
    const ReadingGaps gaps(input.fleet);
    const QSet<QString> offSubnet = networksOffTheirSubnet(input);
    QSet<const Reservation *> twice;
    for (const SharedReservation &shared : duplicateReservations(input.fleet))
        for (const ReservationPlace &place : shared.places)
            twice.insert(place.reservation);
    QList<ReservationPlace> outside = knownReservations(input.fleet);
    outside.removeIf([&](const ReservationPlace &place) {
        return twice.contains(place.reservation) || offSubnet.contains(place.view.subject) ||
               !gaps.isWhole(place.form->source) || outsideOf(place).isEmpty();
    });
    return outside;
}

QList<ReservationPlace> declaredOutside(const Fleet &fleet)
{
    const ReadingGaps gaps(fleet);
    QList<ReservationPlace> outside = declaredReservations(fleet);
    outside.removeIf([&](const ReservationPlace &place) {
        const auto &running = place.view.network->form;
        const auto isSame = [&](const Reservation &one) {
            return one.address == place.reservation->address && one.mac == place.reservation->mac;
        };
        return !running || std::any_of(running->reservations.begin(), running->reservations.end(), isSame) ||
               !gaps.isWhole(place.form->source) || outsideOf(place).isEmpty();
    });
    return outside;
}

QString declaredInstead(const ReservationPlace &place)
{
    const auto &declared = place.view.network->declared;
    if (!place.running || !declared)
        return {};
    const Reservation *meant = nullptr;
    for (const Reservation &one : declared->reservations) {
        if (one.mac == place.reservation->mac && one.address == place.reservation->address &&
            one.name == place.reservation->name)
            return {};
        const bool sameMac = one.mac && one.mac == place.reservation->mac;
        const bool sameName = !one.name.isEmpty() && one.name == place.reservation->name;
        if (sameMac || (sameName && !meant))
            meant = &one;
    }
    return meant ? QStringLiteral(" Declared is %1.").arg(textOf(*meant))
                 : QStringLiteral(" The declared configuration does not have it.");
}

QSet<const Reservation *> faultyReservations(const RuleInput &input)
{
    QSet<const Reservation *> faulty;
    for (const SharedReservation &shared :
         duplicateReservations(input.fleet) + declaredConflicts(input.fleet))
        for (const ReservationPlace &place : shared.places)
            faulty.insert(place.reservation);
    for (const ReservationPlace &place : outsideReservations(input) + declaredOutside(input.fleet))
        faulty.insert(place.reservation);
    for (const MisnamedUse &use : misnamedUses(input))
        faulty.insert(use.place.reservation);
    return faulty;
}

} // namespace tropo
