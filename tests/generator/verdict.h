#pragma once

#include "models/rules/end_of_life.h"
#include "models/rules/finding.h"
#include "tests/generator/breakage.h"
#include "tests/generator/render.h"

#include <map>

namespace tropo::generator {

/// What the program says of a fleet's documents.
struct Verdict
{
    QList<Finding> findings;
    QList<Problem> problems; ///< what its parsers did not understand
    QString error;           ///< where the fleet file could not be read
};

/// From the documents on: the fleet file's parser, assemble() and judge(), as everywhere in the program.
Verdict judged(const Evidence &evidence);

/// What came out wrong of one case.
struct Mistakes
{
    QStringList missed;
    QStringList falseAlarms;
    bool none() const { return missed.isEmpty() && falseAlarms.isEmpty(); }
};

/// Rules that are not in the catalogue cannot be missed.
Mistakes compare(const Verdict &verdict, const QList<Expectation> &expected, const QStringList &allowed);

/// Ids of all findings, sorted.
QStringList idsOf(const Verdict &verdict);
bool isInCatalogue(const QString &rule);

/// What the whole run found.
class Tally
{
public:
    void add(const QList<Expectation> &expected, const Mistakes &mistakes);
    void addNotYet(const QString &rule) { ++m_notYet[rule]; }
    QString text() const;
    qsizetype cases() const { return m_cases; }
    bool perfect() const { return m_missed == 0 && m_falseAlarms == 0; }
    qsizetype notYet() const { return static_cast<qsizetype>(m_notYet.size()); }

private:
    qsizetype m_cases = 0;
    qsizetype m_expected = 0;
    qsizetype m_missed = 0;
    qsizetype m_falseAlarms = 0;
    std::map<QString, int> m_expectedOf;
    std::map<QString, int> m_missedOf;
    std::map<QString, int> m_falseOf;
    std::map<QString, int> m_notYet;
};

} // namespace tropo::generator
