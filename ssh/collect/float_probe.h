#pragma once

#include "models/policy/policy.h"

#include <QObject>
#include <QTcpSocket>

#include <chrono>
#include <vector>

namespace tropo {

/// Asks whether floats answer, by opening a TCP connection to a few ports of each from here. A port that
/// refuses is an answer, too: somebody has the address. Only when the operator asks for it: it is traffic to
/// a public address.
class FloatProbe : public QObject
{
    Q_OBJECT
public:
    explicit FloatProbe(QObject *parent = nullptr);
    ~FloatProbe() override;

    void setPorts(const QList<quint16> &ports) { m_ports = ports; }
    /// Ends by itself with finished(), after the limit at the latest. A new start drops the one under way.
    void start(const QList<FloatPolicy> &floats, std::chrono::milliseconds limit);
    void cancel();

Q_SIGNALS:
    /// reachability.json of a capture: [{"float", "address", "answered", "tried"}].
    void finished(const QByteArray &reachability);

private:
    struct Target
    {
        FloatPolicy floating;
        bool answered = false;
        QString how;
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
    };

    void open(Target &target, quint16 port, std::size_t index);
    void answered(std::size_t index, const QString &how);
    void tell();

    QList<quint16> m_ports{80, 443, 22};
    std::vector<Target> m_targets;
    std::chrono::milliseconds m_limit{0};
    quint64 m_generation = 0;
    bool m_running = false;
};

} // namespace tropo
