#pragma once

#include "models/forecast/forecast.h"
#include "tests/rules/judging.h"

namespace tropo::build {

inline Forecast forecastFor(const Fleet &fleet, const QString &subject,
                            const Policy &policy = build::policy())
{
    return forecastOf(subject, fleet, policy).value_or(Forecast{});
}

/// Of the one VM of a fleet.
inline Forecast forecastFor(const Domain &domain, const Policy &policy = build::policy())
{
    return forecastFor(fleetOf(domain), QStringLiteral("trop02/vm/") + domain.name, policy);
}

/// "weight kind subject", without the VM's own part of the subject.
inline QStringList foreseen(const Forecast &forecast)
{
    QStringList lines;
    for (const ForecastItem &item : forecast.items) {
        QString at = item.subject;
        if (at.startsWith(forecast.subject))
            at = at.mid(forecast.subject.size());
        lines.append(QString(weightName(item.weight) + u' ' + item.kind + u' ' + at).trimmed());
    }
    return lines;
}

inline QString messageOf(const Forecast &forecast, const char *kind)
{
    for (const ForecastItem &item : forecast.items)
        if (item.kind == QLatin1String(kind))
            return item.message;
    return {};
}

/// The NAT network of trop02 with a reservation for Acilamwen, so that its DHCP is known.
inline Fleet reservedFleetOf(const Domain &domain)
{
    Fleet made = fleetOf(domain);
    NetworkForm &nat = *(*made.hypervisors[0].networks)[1].form;
    nat.address = InterfaceAddress{ip("192.168.202.1"), 24};
    nat.reservations.append({mac(natMac), ip(natIp), domain.name, {QStringLiteral("network.xml"), 9, 9}});
    return made;
}

inline Forecast forecastReserved(const Domain &domain)
{
    return forecastFor(reservedFleetOf(domain), QStringLiteral("trop02/vm/") + domain.name);
}

} // namespace tropo::build
