#pragma once

#include <QMap>
#include <QString>

#include <chrono>

namespace tropo {

/// What the reading of one machine cost.
struct MachineCost
{
    QString hypervisor;
    QString guest; ///< empty: the hypervisor itself
    int connections = 0;
    int roundTrips = 0; ///< as counted in the protocols, not measured
    qint64 bytesReceived = 0;
    qint64 bytesSent = 0;
    std::chrono::milliseconds wall{0};
    QMap<QString, std::chrono::milliseconds> documents; ///< by full path

    bool operator==(const MachineCost &) const = default;
};

} // namespace tropo
