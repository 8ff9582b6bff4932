#pragma once

#include "models/snapshot.h"

namespace tropo {

/// A line of a document as the evidence panel shows it.
struct ExcerptLine
{
    enum class What {
        Plain,
        Marked, ///< the finding stands on it
        Fold,   ///< `number` lines that are not shown
    };
    What what = What::Plain;
    int number = 0; ///< from 1
    QString text;   ///< visible, bounded

    bool operator==(const ExcerptLine &) const = default;
};

/// The part of one document that proves something.
struct Excerpt
{
    QString document;
    QString origin;  ///< "read live", "captured by troposcope 0.1.0", "made by hand"
    QDateTime taken; ///< invalid where the document is not in the evidence
    QList<ExcerptLine> lines;

    bool operator==(const Excerpt &) const = default;
    /// The first marked line; 0 where none is.
    int firstMarked() const;
};

/// The quoted lines, each with `context` lines around it (-1: the whole document), one excerpt a document in
/// the order in which they are first quoted. Bounded in documents and lines; of lines too long to show, the
/// places where `values` stand (long_line.h).
QList<Excerpt> excerptsOf(const Snapshot &snapshot, const QList<Quote> &quotes, int context,
                          const QStringList &values = {});
/// The documents beyond that bound, which have no excerpt.
QStringList documentsLeftOut(const QList<Quote> &quotes);
/// The same for places without text, as nodes have them.
QList<Excerpt> excerptsOf(const Snapshot &snapshot, const QList<Source> &sources, int context);

} // namespace tropo
