#include "models/rules/about.h"
#include "models/rules/network_rules.h"
#include "models/rules/reservation_facts.h"

#include <algorithm>
#include <tuple>

namespace tropo {

namespace {

/// What other rules say already of a network.
struct SaidElsewhere
{
    QSet<QString> offSubnet;
    QSet<const Reservation *> reservations; ///< running and declared ones
};

QString textOf(const std::optional<InterfaceAddress> &address)
{
    return address ? address->toString() : QStringLiteral("none");
}

QString textOf(QList<DhcpRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(),
              [](const DhcpRange &a, const DhcpRange &b) { return a.start < b.start; });
    QStringList texts;
    for (const DhcpRange &range : ranges)
        texts.append(QStringLiteral("%1 to %2").arg(range.start.toString(), range.end.toString()));
    return texts.isEmpty() ? QStringLiteral("none") : someOf(texts, QStringLiteral(" and "));
}

/// Compares a network as declared with what libvirt says of it.
class Comparison
{
public:
    Comparison(const NetworkView &view, const ReadingGaps &gaps, const SaidElsewhere &said)
        : m_declared(*view.network->declared),
          m_running(*view.network->form),
          m_said(said),
          m_whole(gaps.isWhole(m_declared.source) && gaps.isWhole(m_running.source)),
          m_offSubnet(said.offSubnet.contains(view.subject))
    {
        m_sources = {Source{m_declared.source.document, 0, 0}, Source{m_running.source.document, 0, 0}};
        compareShape();
        if (!m_offSubnet && m_whole) {
            compareRanges();
            compareReservations();
        }
    }

    QString text() const { return someOf(m_differences, QStringLiteral("; ")); }
    const QList<Source> &sources() const { return m_sources; }

private:
    void differ(const QString &what, const QString &declared, const QString &running)
    {
        m_differences.append(QStringLiteral("%1 declared %2, running %3").arg(what, declared, running));
    }

    void compareShape()
    {
        const auto mode = [](const QString &forward) {
            return forward.isEmpty() ? QStringLiteral("isolated") : forward;
        };
        const bool bothSay = !m_declared.forward.isEmpty() && !m_running.forward.isEmpty();
        if (m_declared.forward != m_running.forward && (m_whole || bothSay))
            differ(QStringLiteral("forward"), mode(m_declared.forward), mode(m_running.forward));
        // What the declaration leaves open, libvirt chooses.
        if (!m_declared.bridge.isEmpty() && m_declared.bridge != m_running.bridge &&
            (m_whole || !m_running.bridge.isEmpty()))
            differ(QStringLiteral("bridge"), m_declared.bridge,
                   m_running.bridge.isEmpty() ? QStringLiteral("none") : m_running.bridge);
        if (m_declared.mac && m_running.mac && *m_declared.mac != *m_running.mac)
            differ(QStringLiteral("MAC"), m_declared.mac->toString(), m_running.mac->toString());
        if (!m_offSubnet && addressDiffers())
            differ(QStringLiteral("ip"), textOf(m_declared.address), textOf(m_running.address));
    }

    bool addressDiffers() const
    {
        if (!m_declared.address || !m_running.address)
            return m_whole && m_declared.address.has_value() != m_running.address.has_value();
        const auto &declared = *m_declared.address;
        const auto &running = *m_running.address;
        return declared.address != running.address ||
               (declared.prefix && running.prefix && *declared.prefix != *running.prefix);
    }

    void compareRanges()
    {
        if (textOf(m_declared.ranges) != textOf(m_running.ranges))
            differ(QStringLiteral("range"), textOf(m_declared.ranges), textOf(m_running.ranges));
    }

    void compareReservations()
    {
        QList<const Reservation *> declared;
        QList<const Reservation *> running;
        for (const Reservation &one : m_declared.reservations)
            declared.append(&one);
        for (const Reservation &one : m_running.reservations)
            running.append(&one);
        // Their order means nothing, and must not show in the sentence.
        for (auto *list : {&declared, &running})
            std::stable_sort(list->begin(), list->end(), [](const Reservation *a, const Reservation *b) {
                return std::tie(a->address, a->mac, a->name) < std::tie(b->address, b->mac, b->name);
            });
        // A typing error in one of the three leaves the other two to know it by.
        pairOff(declared, running,
                [](const Reservation &a, const Reservation &b) { return a.mac && a.mac == b.mac; });
        pairOff(declared, running, [](const Reservation &a, const Reservation &b) {
            return a.address && a.address == b.address;
        });
        pairOff(declared, running, [](const Reservation &a, const Reservation &b) {
            return !a.name.isEmpty() && a.name == b.name;
        });
        for (const Reservation *one : declared)
            differInReservation(one, nullptr);
        for (const Reservation *one : running)
            differInReservation(nullptr, one);
    }

    void pairOff(QList<const Reservation *> &declared, QList<const Reservation *> &running,
                 bool (*alike)(const Reservation &, const Reservation &))
    {
        declared.removeIf([&](const Reservation *one) {
            const auto partner = std::find_if(running.begin(), running.end(),
                                              [&](const Reservation *other) { return alike(*one, *other); });
            if (partner == running.end())
                return false;
            const Reservation *other = *partner;
            running.erase(partner);
            if (one->mac != other->mac || one->address != other->address || one->name != other->name)
                differInReservation(one, other);
            return true;
        });
    }

    void differInReservation(const Reservation *declared, const Reservation *running)
    {
        if (m_said.reservations.contains(declared) || m_said.reservations.contains(running))
            return;
        differ(QStringLiteral("reservation"), declared ? tropo::textOf(*declared) : QStringLiteral("none"),
               running ? tropo::textOf(*running) : QStringLiteral("none"));
        for (const Reservation *one : {declared, running})
            if (one)
                m_sources.append(one->source);
    }

    const NetworkForm &m_declared;
    const NetworkForm &m_running;
    const SaidElsewhere &m_said;
    bool m_whole;
    bool m_offSubnet;
    QStringList m_differences;
    QList<Source> m_sources;
};

} // namespace

QList<Finding> networkDrift(const RuleInput &input)
{
    const ReadingGaps gaps(input.fleet);
    const SaidElsewhere said{networksOffTheirSubnet(input), faultyReservations(input)};
    QList<Finding> findings;
    for (const NetworkView &view : networksOf(input.fleet)) {
        if (!view.network->form || !view.network->declared)
            continue;
        const Comparison comparison(view, gaps, said);
        if (!comparison.text().isEmpty())
            findings.append(about(
                view.subject,
                QStringLiteral("The network %1 is not as declared: %2.").arg(view.text(), comparison.text()),
                comparison.sources()));
    }
    return findings;
}

} // namespace tropo
