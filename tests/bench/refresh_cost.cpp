// refresh_cost FLEET [TIMES]: what reading a fleet costs, first with no connection, then over the kept ones.

#include "app/commands/commands.h"
#include "app/fleet_session.h"
#include "app/loop_watch.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <sys/resource.h>

using namespace tropo;
using namespace Qt::StringLiterals;

namespace {

double cpuSeconds()
{
    rusage own{};
    rusage children{};
    ::getrusage(RUSAGE_SELF, &own);
    ::getrusage(RUSAGE_CHILDREN, &children);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(own.ru_utime) + seconds(own.ru_stime) + seconds(children.ru_utime) +
           seconds(children.ru_stime);
}

void print(const QString &name, const CollectSummary &summary, double cpu)
{
    int connections = 0;
    int roundTrips = 0;
    for (const MachineCost &cost : summary.costs) {
        connections += cost.connections;
        roundTrips += cost.roundTrips;
        printOut(
            u"  %1  connections %2  round trips %3  in %4  out %5  %6 ms\n"_s
                .arg(cost.guest.isEmpty() ? cost.hypervisor : QString(cost.hypervisor + u'/' + cost.guest),
                     -20)
                .arg(cost.connections)
                .arg(cost.roundTrips)
                .arg(cost.bytesReceived)
                .arg(cost.bytesSent)
                .arg(cost.wall.count()));
    }
    printOut(u"%1: wall %2 ms, CPU %3 ms, %4 connections, %5 round trips\n"_s.arg(name)
                 .arg(summary.wall.count())
                 .arg(qRound(cpu * 1000))
                 .arg(connections)
                 .arg(roundTrips));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    auto file = readFleetFile(QString::fromLocal8Bit(argc > 1 ? argv[1] : "fleet.toml"));
    if (!file)
        return fail(file.error());
    const int times = argc > 2 ? QByteArray(argv[2]).toInt() : 2;
    FleetSession session(*std::move(file), {});
    const LoopWatch watch(true);
    for (int i = 0; i < times; ++i) {
        QEventLoop loop;
        const double before = cpuSeconds();
        QObject::connect(&session, &FleetSession::finished, &loop, [&](const CollectSummary &summary) {
            print(i == 0 ? u"cold"_s : u"warm"_s, summary, cpuSeconds() - before);
            loop.quit();
        });
        session.read();
        loop.exec();
    }
    printOut(u"longest turn of the event loop: %1 ms\n"_s.arg(watch.longestMilliseconds()));
    return 0;
}
