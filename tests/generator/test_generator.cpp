#include "models/rules/rule.h"
#include "tests/generator/healthy_world.h"
#include "tests/generator/verdict.h"

#include <QRegularExpression>
#include <QTest>

#include <cstdio>

using namespace tropo;
using namespace tropo::generator;
using namespace Qt::Literals::StringLiterals;

namespace {

// Fleets of each kind.
constexpr int healthyFleets = 300;
constexpr int fleetsOfBreakage = 10;
constexpr int pairs = 350;
constexpr int fleetsOfLookAlike = 10;
constexpr int thinned = 120;
constexpr int reordered = 60;

/// The only thing worth saying of a healthy fleet: which floats are free.
const QString unassigned = u"float-unassigned"_s;

/// TROPOSCOPE_GENERATOR_SEED=N runs that one fleet in each function and row (name them on the command line:
/// `test_generator "breaks:float-claimed-twice: assigned to a second VM"`).
QList<quint64> seeds(quint64 first, int count)
{
    bool one = false;
    const quint64 wanted = qEnvironmentVariable("TROPOSCOPE_GENERATOR_SEED").toULongLong(&one);
    if (one)
        return {wanted};
    QList<quint64> all;
    for (int i = 0; i < count; ++i)
        all.append(first + static_cast<quint64>(i));
    return all;
}

QString report(quint64 seed, const QString &what, const Mistakes &mistakes, const Verdict &verdict)
{
    QString text = u"seed %1, %2\n"_s.arg(seed).arg(what);
    for (const QString &one : mistakes.missed)
        text += u"  missed      %1\n"_s.arg(one);
    for (const QString &one : mistakes.falseAlarms)
        text += u"  false alarm %1\n"_s.arg(one);
    return text + u"  all: %1\n"_s.arg(
                      idsOf(verdict).filter(QRegularExpression(u"^(?!float-unassigned)"_s)).join(u' '));
}

} // namespace

class TestGenerator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_failures.clear();
    }

    void healthy()
    {
        for (const quint64 seed : seeds(1, healthyFleets)) {
            const World world = healthyWorld(seed);
            const Verdict verdict = judged(render(world));
            Mistakes mistakes = compare(verdict, {}, {unassigned});
            for (const Problem &problem : verdict.problems)
                mistakes.falseAlarms.append(
                    u"not understood: %1 %2"_s.arg(problem.document, problem.message));
            for (const WorldFloat &one : world.floats)
                if (idsOf(verdict).contains(unassigned + u":float/"_s + one.name) != one.holder.isEmpty())
                    mistakes.missed.append(unassigned + u':' + one.name);
            note(seed, u"healthy"_s, {}, mistakes, verdict);
        }
        conclude();
    }

    void breaks_data() { rows(allBreakages()); }
    void breaks()
    {
        QFETCH(int, index);
        const Breakage breakage = allBreakages()[index];
        const QString rule = QString::fromLatin1(breakage.rule);
        if (!isInCatalogue(rule)) {
            m_tally.addNotYet(rule);
            QFAIL("the rule is not in the catalogue");
        }
        broken({breakage}, 10'000 * static_cast<quint64>(index + 1), fleetsOfBreakage);
    }

    void everyRuleIsBroken()
    {
        QStringList unbroken;
        for (const Rule &rule : ruleCatalogue()) {
            const auto breaks = [&](const Breakage &one) { return qstrcmp(one.rule, rule.name) == 0; };
            const QList<Breakage> all = allBreakages();
            if (std::none_of(all.begin(), all.end(), breaks))
                unbroken.append(QString::fromLatin1(rule.name));
        }
        QCOMPARE(unbroken, QStringList());
    }

    void looksWrong_data() { rows(lookAlikes()); }
    void looksWrong()
    {
        QFETCH(int, index);
        broken({lookAlikes()[index]}, 5'000'000 + 10'000 * static_cast<quint64>(index), fleetsOfLookAlike);
    }

    void twoAtOnce()
    {
        QList<Breakage> known;
        for (const Breakage &one : allBreakages())
            if (isInCatalogue(QString::fromLatin1(one.rule)))
                known.append(one);
        for (const quint64 seed : seeds(9'000'000, pairs)) {
            Dice dice(seed);
            for (int tries = 0; tries < 20; ++tries)
                if (tryBreakages({dice.of(known), dice.of(known)}, seed))
                    break;
        }
        conclude();
    }

    void lessEvidenceIsNoFault()
    {
        for (const quint64 seed : seeds(20'000'000, thinned)) {
            Evidence evidence = render(healthyWorld(seed));
            thinOut(evidence, seed);
            const Verdict verdict = judged(evidence);
            note(seed, u"documents missing"_s, {}, compare(verdict, {}, {unassigned}), verdict);
        }
        conclude();
    }

    void whatFailedIsNotKnown()
    {
        for (const quint64 seed : seeds(25'000'000, thinned)) {
            Evidence evidence = render(healthyWorld(seed));
            failSome(evidence, seed);
            const Verdict verdict = judged(evidence);
            note(seed, u"documents failed"_s, {}, compare(verdict, {}, {unassigned, u"source-unreachable"_s}),
                 verdict);
        }
        conclude();
    }

    void orderDoesNotMatter()
    {
        const QList<Breakage> all = allBreakages();
        for (const quint64 seed : seeds(30'000'000, reordered)) {
            Dice dice(seed);
            World world = healthyWorld(seed);
            Breaker breaker(world, dice);
            for (int i = 0; i < 4; ++i)
                dice.of(all).apply(breaker);
            const Verdict first = judged(render(world));
            const Verdict again = judged(render(world));
            shuffle(world, dice);
            const Verdict other = judged(render(world));
            Mistakes mistakes;
            const auto differ = [&](const Verdict &a, const Verdict &b, const QString &how) {
                for (const QString &id : idsOf(a))
                    if (!idsOf(b).contains(id))
                        mistakes.missed.append(u"%1: only %2"_s.arg(id, how));
            };
            if (idsOf(first) != idsOf(again))
                mistakes.missed.append(u"two runs differ"_s);
            differ(first, other, u"before"_s);
            differ(other, first, u"after reordering"_s);
            note(seed, u"reordered"_s, {}, mistakes, other);
        }
        conclude();
    }

    void cleanupTestCase()
    {
        std::fputs(qPrintable(m_tally.text()), stdout);
        const bool whole = !qEnvironmentVariableIsSet("TROPOSCOPE_GENERATOR_SEED");
        if (whole && QCoreApplication::arguments().size() == 1)
            QVERIFY(m_tally.cases() >= 2000);
    }

private:
    static void rows(const QList<Breakage> &breakages)
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < breakages.size(); ++i)
            QTest::newRow(qPrintable(breakages[i].name())) << i;
    }

    void note(quint64 seed, const QString &what, const QList<Expectation> &expected, const Mistakes &mistakes,
              const Verdict &verdict)
    {
        m_tally.add(expected, mistakes);
        if (!mistakes.none())
            m_failures.append(report(seed, what, mistakes, verdict));
    }

    void conclude()
    {
        const QString failures =
            QStringList(m_failures.first(qMin(m_failures.size(), qsizetype(3)))).join(QString());
        QVERIFY2(m_failures.isEmpty(), qPrintable(u"%1 fleets:\n%2"_s.arg(m_failures.size()).arg(failures)));
    }

    bool tryBreakages(const QList<Breakage> &breakages, quint64 seed)
    {
        Dice dice(seed);
        World world = healthyWorld(seed);
        Breaker breaker(world, dice);
        QStringList names;
        for (const Breakage &one : breakages) {
            if (!one.apply(breaker))
                return false;
            names.append(one.name());
        }
        const Verdict verdict = judged(render(world));
        breaker.allowed.append(unassigned);
        note(seed, names.join(u" + "_s), breaker.expected,
             compare(verdict, breaker.expected, breaker.allowed), verdict);
        return true;
    }

    void broken(const QList<Breakage> &breakages, quint64 first, int count)
    {
        int applied = 0;
        // Not every fleet has what is to be broken.
        for (const quint64 seed : seeds(first, count * 20))
            if (applied < count && tryBreakages(breakages, seed))
                ++applied;
        const bool whole = !qEnvironmentVariableIsSet("TROPOSCOPE_GENERATOR_SEED");
        if (whole)
            QVERIFY2(applied == count, qPrintable(u"only %1 fleets could be broken so"_s.arg(applied)));
        conclude();
    }

    static bool isGuestFile(const QString &path)
    {
        return path.contains(u"/ifcfg/") || path.contains(u"/nm/") || path.contains(u"/netplan/") ||
               path.endsWith(u"/guest/interfaces.txt");
    }

    /// Takes documents away at random, as from a capture that somebody made by hand. Of each machine's own
    /// system one stays, so that it was read at all. interface-pci.txt stands for "these are all the files",
    /// so it goes with any of them.
    static void thinOut(Evidence &evidence, quint64 seed)
    {
        Dice dice(seed);
        const int percent = dice.between(5, 95);
        const QStringList paths = evidence.documents.keys();
        for (const QString &path : paths) {
            const bool stays = path == u"fleet.toml" || path.endsWith(u"/host/hostname.txt");
            if (stays || !dice.chance(percent))
                continue;
            evidence.documents.remove(path);
            if (isGuestFile(path))
                evidence.documents.remove(path.section(u'/', 0, 2) + u"/interface-pci.txt");
        }
    }

    /// Documents that could not be read, each with the error that says so.
    static void failSome(Evidence &evidence, quint64 seed)
    {
        Dice dice(seed);
        const int percent = dice.between(2, 40);
        const QStringList paths = evidence.documents.keys();
        for (const QString &path : paths) {
            if (path == u"fleet.toml" || !dice.chance(percent))
                continue;
            evidence.documents.remove(path);
            evidence.errors.append({path.section(u'/', 0, 0), path.section(u'/', 1),
                                    u"exit status 124 (20 s)"_s, evidence.taken});
        }
    }

    static void shuffle(World &world, Dice &dice)
    {
        dice.shuffle(world.hypervisors);
        dice.shuffle(world.floats);
        dice.shuffle(world.swarm.services);
        dice.shuffle(world.swarm.tasks);
        dice.shuffle(world.swarm.nodes);
        for (WorldHypervisor &host : world.hypervisors) {
            dice.shuffle(host.vms);
            dice.shuffle(host.networks);
            dice.shuffle(host.links);
            for (WorldNetwork &network : host.networks)
                dice.shuffle(network.reservations);
            for (WorldVm &vm : host.vms)
                if (vm.guest && vm.guest->engine)
                    dice.shuffle(vm.guest->engine->containers);
        }
    }

    Tally m_tally;
    QStringList m_failures;
};

QTEST_GUILESS_MAIN(TestGenerator)
#include "test_generator.moc"
