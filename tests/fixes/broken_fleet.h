#pragma once

#include "models/assemble/assemble.h"
#include "models/compare/comparison.h"
#include "models/evidence/capture.h"
#include "models/fixes/offers.h"
#include "models/fixes/plan_run.h"
#include "models/fixes/simulated_fleet.h"
#include "models/fixes/simulation_start.h"
#include "models/policy/fleet_file.h"
#include "models/rules/judge.h"
#include "tests/generator/breakage.h"
#include "tests/generator/healthy_world.h"
#include "tests/generator/render.h"

#include <memory>

namespace tropo::test {

/// One reading of a fleet, with what is wrong with it.
struct Reading
{
    Evidence evidence;
    Policy policy;
    Fleet fleet;
    QList<Finding> findings;

    PlanInput input() const { return {fleet, policy, evidence}; }
    /// Above info, as "rule:subject".
    QStringList wrong() const
    {
        QStringList ids;
        for (const Finding &finding : findings)
            if (finding.severity != Severity::Info)
                ids.append(finding.id());
        ids.sort();
        return ids;
    }
    QStringList ids() const
    {
        QStringList all;
        for (const Finding &finding : findings)
            all.append(finding.id());
        all.sort();
        return all;
    }
};

inline Reading readingOf(Evidence evidence)
{
    Reading reading;
    reading.evidence = std::move(evidence);
    const auto policy = parseFleetFile(reading.evidence.documents.value(QStringLiteral("fleet.toml")).text,
                                       QStringLiteral("fleet.toml"));
    Q_ASSERT(policy);
    reading.policy = *policy;
    reading.policy.guestSudo = true;
    reading.fleet = assemble(reading.evidence, reading.policy);
    reading.findings = judge(reading.fleet, reading.policy, {}, reading.evidence);
    return reading;
}

/// What a simulation stands at now, judged.
inline Reading readingOf(const SimulatedFleet &simulated, const Policy &policy)
{
    Reading reading{simulated.evidence(), policy, simulated.fleet(), {}};
    reading.findings = judge(reading.fleet, policy, {}, reading.evidence);
    return reading;
}

/// The capture that ships, as a simulation of it begins.
inline Reading demoReading()
{
    const auto evidence = readCapture(QStringLiteral("resources/demo"));
    if (!evidence)
        qFatal("%s", qPrintable(evidence.error().text()));
    const auto policy = parseFleetFile(evidence->documents.value(QStringLiteral("fleet.toml")).text,
                                       QStringLiteral("fleet.toml"));
    const SimulationStart start = simulationStart(*evidence, *policy);
    Reading reading{start.evidence, start.policy, start.fleet, {}};
    reading.findings = judge(reading.fleet, reading.policy, {}, reading.evidence);
    return reading;
}

/// What an operator would be shown to differ between two readings, a sentence each.
inline QStringList differences(const Reading &before, const Reading &after)
{
    const auto snapshotOf = [](const Reading &reading) {
        Snapshot snapshot;
        snapshot.evidence = reading.evidence;
        snapshot.policy = reading.policy;
        snapshot.fleet = reading.fleet;
        snapshot.findings = reading.findings;
        return snapshot;
    };
    QStringList sentences;
    for (const Change &change : compare(snapshotOf(before), snapshotOf(after)).changes)
        sentences.append(change.message);
    return sentences;
}

inline std::unique_ptr<SimulatedFleet> simulationOf(const Reading &reading)
{
    return std::make_unique<SimulatedFleet>(reading.fleet, reading.policy, reading.evidence);
}

/// A healthy fleet broken in one way; nothing where this seed's fleet has nothing to break so.
inline std::optional<Reading> brokenFleet(const generator::Breakage &breakage, quint64 seed)
{
    generator::World world = generator::healthyWorld(seed);
    generator::Dice dice(seed * 7919 + 1);
    generator::Breaker breaker(world, dice);
    if (!breakage.apply(breaker))
        return {};
    return readingOf(generator::render(world));
}

/// A plan's words as one types them: "float-repair float1 --keep ip".
inline PlanRequest requestOf(const QString &line)
{
    QStringList words = line.split(u' ');
    PlanRequest request;
    request.name = words.takeFirst();
    while (!words.isEmpty()) {
        const QString word = words.takeFirst();
        if (word.startsWith(QLatin1String("--")))
            request.options.insert(word.sliced(2), words.takeFirst());
        else
            request.arguments.append(word);
    }
    return request;
}

inline QString wordsOf(const PlanRequest &request)
{
    QString text = request.name + u' ' + request.arguments.join(u' ');
    for (auto it = request.options.begin(); it != request.options.end(); ++it)
        text += QStringLiteral(" --%1 %2").arg(it.key(), *it);
    return text;
}

class NoJournal : public RunJournal
{
public:
    Result<void> stepBegins(int, bool) override { return {}; }
    Result<void> stepEnds(int, const StepStatus &) override { return {}; }
    Result<void> ended(const RunResult &) override { return {}; }
};

inline RunResult carriedOut(const Plan &plan, Executor &executor)
{
    NoJournal none;
    return runPlan(plan, executor, none, {});
}

/// The first steps alone.
inline RunResult carriedOut(const Plan &plan, Executor &executor, int steps)
{
    NoJournal none;
    RunOptions options;
    options.events.mayGoOn = [steps](int step) { return step < steps; };
    return runPlan(plan, executor, none, options);
}

inline RunResult takenBack(const Plan &plan, Executor &executor, const RunResult &run)
{
    NoJournal none;
    RunOptions options;
    options.known = run.steps;
    return undoPlan(plan, executor, none, options);
}

} // namespace tropo::test
