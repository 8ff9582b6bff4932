#include "models/assemble/assemble.h"
#include "models/evidence/capture.h"
#include "models/policy/fleet_file.h"
#include "models/redact/redaction.h"
#include "tests/generator/breakage.h"
#include "tests/generator/healthy_world.h"
#include "tests/generator/verdict.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::generator;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr WorldSize size{3, 3, false};

Snapshot snapshotOf(const Evidence &evidence)
{
    Snapshot snapshot;
    snapshot.evidence = evidence;
    const QByteArray file = evidence.documents.value(u"fleet.toml"_s).text;
    if (const auto policy = parseFleetFile(file, u"fleet.toml"_s))
        snapshot.policy = *policy;
    snapshot.fleet = assemble(snapshot.evidence, snapshot.policy);
    return snapshot;
}

/// The rule of each finding, sorted; and what could not be read.
QStringList rulesOf(const Evidence &evidence)
{
    const Verdict verdict = judged(evidence);
    QStringList rules{verdict.error};
    for (const Finding &finding : verdict.findings)
        rules.append(finding.rule);
    rules.sort();
    return rules;
}

/// "2 × nic-model, …": what the one has and the other has not.
QString missing(QStringList of, const QStringList &others)
{
    for (const QString &one : others)
        of.removeOne(one);
    return of.join(u", "_s);
}

void sameIsFound(const Snapshot &snapshot, const QString &what)
{
    const QStringList before = rulesOf(snapshot.evidence);
    const QStringList after = rulesOf(Redaction(snapshot).evidence(snapshot.evidence));
    QVERIFY2(before == after, qPrintable(u"%1: gone: %2; new: %3"_s.arg(what, missing(before, after),
                                                                        missing(after, before))));
}

/// A fleet with a fault; nothing where this one cannot have it.
std::optional<Evidence> brokenBy(const Breakage &breakage, quint64 seed)
{
    World world = healthyWorld(seed, size);
    Dice dice(seed);
    Breaker breaker(world, dice);
    return breakage.apply(breaker) ? std::optional(render(world)) : std::nullopt;
}

/// A VM, an image and a user of this name, which are met, though no document is about them.
void addNamed(Snapshot &snapshot, const QString &name)
{
    Domain domain;
    domain.name = name;
    domain.guest = Guest();
    Container container;
    container.image = u"portainer/%1:10"_s.arg(name);
    domain.guest->engine.containers = QList<Container>{container};
    snapshot.fleet.hypervisors.front().domains->append(domain);
    snapshot.evidence.problems.append({u"x"_s, 0, u"/home/%1/x"_s.arg(name)});
}

} // namespace

/// Hiding values hides nothing of what is wrong, and invents nothing.
class TestRedactedJudgement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void ofTheDemo()
    {
        const auto evidence = readCapture(QStringLiteral(PROJECT_SOURCE "/resources/demo"));
        QVERIFY(evidence.has_value());
        QVERIFY(rulesOf(*evidence).size() > 5);
        sameIsFound(snapshotOf(*evidence), u"the demo"_s);
    }

    void ofAHealthyFleet()
    {
        for (quint64 seed = 1; seed < 5; ++seed)
            sameIsFound(snapshotOf(render(healthyWorld(seed, size))), u"seed %1"_s.arg(seed));
    }

    void ofEveryFault_data()
    {
        QTest::addColumn<int>("index");
        const QList<Breakage> all = allBreakages() + lookAlikes();
        for (int i = 0; i < all.size(); ++i)
            QTest::newRow(qPrintable(all[i].name())) << i;
    }

    void ofEveryFault()
    {
        QFETCH(int, index);
        const Breakage breakage = (allBreakages() + lookAlikes())[index];
        for (quint64 seed = 1; seed < 12; ++seed)
            if (const auto evidence = brokenBy(breakage, seed)) {
                sameIsFound(snapshotOf(*evidence), u"seed %1"_s.arg(seed));
                return;
            }
        QSKIP("no small fleet can have it");
    }

    void whereNamesAreWordsThatAreJudgedBy()
    {
        int fleets = 0;
        for (const Breakage &breakage : guestBreakages() + domainBreakages() + fileBreakages()) {
            const auto evidence = brokenBy(breakage, 3);
            if (!evidence || ++fleets > 12)
                continue;
            Snapshot snapshot = snapshotOf(*evidence);
            for (const char *name :
                 {"debian", "Ubuntu",  "centos", "guest",     "agent", "network", "zone",   "mac",
                  "nic",    "running", "docker", "duplicate", "info",  "id",      "kvm",    "virtio",
                  "bridge", "default", "host",   "version",   "linux", "swarm",   "errors", "domain"})
                addNamed(snapshot, QString::fromLatin1(name));
            sameIsFound(snapshot, breakage.name());
        }
        QVERIFY(fleets > 5);
    }
};

QTEST_GUILESS_MAIN(TestRedactedJudgement)
#include "test_redacted_judgement.moc"
