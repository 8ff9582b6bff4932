// judge_cost [SEED]: what understanding and judging a fleet costs as it grows: 500, 1,000 and 2,000 VMs. Time
// per VM should stay the same.

#include "models/assemble/assemble.h"
#include "models/policy/fleet_file.h"
#include "models/rules/judge.h"
#include "tests/generator/healthy_world.h"
#include "tests/generator/render.h"

#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <limits>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Cost
{
    int vms = 0;
    double assemble = std::numeric_limits<double>::max(); ///< milliseconds, the best of a few
    double judge = std::numeric_limits<double>::max();
    qsizetype findings = 0;
};

EndOfLifeTable bundledTable()
{
    QFile file(QStringLiteral(PROJECT_SOURCE "/resources/eol/end-of-life.json"));
    return file.open(QIODevice::ReadOnly) ? parseEndOfLifeTable(file.readAll(), file.fileName()).value
                                          : EndOfLifeTable();
}

Cost measure(quint64 seed, int hypervisors, int vms)
{
    const Evidence evidence = generator::render(generator::healthyWorld(seed, {hypervisors, vms, false}));
    const auto policy = parseFleetFile(evidence.documents.value(u"fleet.toml"_s).text, u"fleet.toml"_s);
    if (!policy)
        qFatal("%s", qPrintable(policy.error().message));
    const EndOfLifeTable table = bundledTable();
    Cost cost;
    cost.vms = hypervisors * vms;
    for (int i = 0; i < 3; ++i) {
        QElapsedTimer timer;
        timer.start();
        const Fleet fleet = assemble(evidence, *policy);
        cost.assemble = qMin(cost.assemble, static_cast<double>(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        cost.findings = judge(fleet, *policy, table, evidence).size();
        cost.judge = qMin(cost.judge, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return cost;
}

void print(const Cost &cost, const Cost &first)
{
    const auto perVm = [](double milliseconds, int vms) { return milliseconds * 1000 / vms; };
    std::printf(
        "%5d VMs: assemble %8.1f ms, %6.1f us a VM, ratio %.2f; judge %8.1f ms, %6.1f us a VM, ratio %.2f; "
        "%lld findings\n",
        cost.vms, cost.assemble, perVm(cost.assemble, cost.vms),
        perVm(cost.assemble, cost.vms) / perVm(first.assemble, first.vms), cost.judge,
        perVm(cost.judge, cost.vms), perVm(cost.judge, cost.vms) / perVm(first.judge, first.vms),
        static_cast<long long>(cost.findings));
}

} // namespace

int main(int argc, char **argv)
{
    const quint64 seed = argc > 1 ? QByteArray(argv[1]).toULongLong() : 1;
    const Cost first = measure(seed, 25, 20);
    print(first, first);
    print(measure(seed, 50, 20), first);
    print(measure(seed, 100, 20), first);
    return 0;
}
