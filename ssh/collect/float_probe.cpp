#include "ssh/collect/float_probe.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

FloatProbe::FloatProbe(QObject *parent) : QObject(parent)
{
}

FloatProbe::~FloatProbe()
{
    cancel();
}

void FloatProbe::start(const QList<FloatPolicy> &floats, std::chrono::milliseconds limit)
{
    cancel();
    m_running = true;
    m_limit = limit;
    for (const FloatPolicy &floating : floats)
        m_targets.push_back({floating, false, {}, {}});
    for (std::size_t i = 0; i < m_targets.size(); ++i)
        for (quint16 port : std::as_const(m_ports))
            open(m_targets[i], port, i);
    QTimer::singleShot(floats.isEmpty() ? std::chrono::milliseconds(0) : limit, this,
                       [this, generation = m_generation] {
                           if (generation == m_generation)
                               tell();
                       });
}

void FloatProbe::cancel()
{
    ++m_generation;
    m_running = false;
    for (const Target &target : m_targets)
        for (const auto &socket : target.sockets)
            socket->disconnect(this);
    m_targets.clear();
}

void FloatProbe::open(Target &target, quint16 port, std::size_t index)
{
    auto socket = std::make_unique<QTcpSocket>();
    connect(socket.get(), &QTcpSocket::connected, this,
            [this, index, port] { answered(index, u"tcp %1 accepts"_s.arg(port)); });
    connect(socket.get(), &QTcpSocket::errorOccurred, this,
            [this, index, port](QAbstractSocket::SocketError error) {
                if (error == QAbstractSocket::ConnectionRefusedError)
                    answered(index, u"tcp %1 refuses, so somebody has the address"_s.arg(port));
            });
    socket->connectToHost(target.floating.address.toString(), port);
    target.sockets.push_back(std::move(socket));
}

void FloatProbe::answered(std::size_t index, const QString &how)
{
    Target &target = m_targets[index];
    if (target.answered)
        return;
    target.answered = true;
    target.how = how;
    if (std::all_of(m_targets.begin(), m_targets.end(), [](const Target &one) { return one.answered; }))
        // Not from within a socket's own signal: telling lets go of the sockets.
        QTimer::singleShot(0, this, [this, generation = m_generation] {
            if (generation == m_generation)
                tell();
        });
}

void FloatProbe::tell()
{
    if (!m_running)
        return;
    QStringList ports;
    for (quint16 port : std::as_const(m_ports))
        ports.append(QString::number(port));
    QJsonArray list;
    for (const Target &target : m_targets)
        list.append(QJsonObject{
            {u"float"_s, target.floating.name},
            {u"address"_s, target.floating.address.toString()},
            {u"answered"_s, target.answered},
            {u"tried"_s,
             target.answered
                 ? target.how
                 : u"tcp %1: no answer within %2 s"_s.arg(ports.join(u", "_s)).arg(m_limit.count() / 1000)}});
    cancel();
    // One object a line, so that a finding can quote its own.
    QByteArray text = "[\n";
    for (qsizetype i = 0; i < list.size(); ++i)
        text += QJsonDocument(list[i].toObject()).toJson(QJsonDocument::Compact) +
                (i + 1 < list.size() ? ",\n" : "\n");
    Q_EMIT finished(text + "]\n");
}

} // namespace tropo
