#pragma once

#include "models/source.h"

#include <QStringView>

namespace tropo {

/// Collects what a parser could not understand, bounded: a document made of nothing but faults yields
/// `limit` problems and one that tells how many more there were.
class ProblemLog
{
public:
    static constexpr int limit = 100;

    explicit ProblemLog(QString document) : m_document(std::move(document)) {}

    /// `line` from 1; 0 for the document as a whole.
    void add(int line, const QString &message);
    /// "`text`: not understood, line N"
    void notUnderstood(int line, QStringView text);
    QList<Problem> take();

    bool isEmpty() const { return m_problems.isEmpty(); }
    const QString &document() const { return m_document; }
    Source at(int first) const { return {m_document, first, first}; }
    Source at(int first, int last) const { return {m_document, first, last}; }

private:
    QString m_document;
    QList<Problem> m_problems;
    qsizetype m_more = 0;
};

/// A piece of a document as it may stand in a message: at most 80 characters, controls as blanks, in quotes.
QString quoted(QStringView text);

/// A value as it is kept: at most `most` characters.
QString bounded(QStringView text, qsizetype most = 4096);

} // namespace tropo
