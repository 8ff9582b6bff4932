#pragma once

#include <QList>
#include <QString>

namespace tropo {

/// Where a value was read: a document of the evidence (its path in the capture) and its lines, from 1.
/// `first` 0 means the document as a whole.
struct Source
{
    QString document;
    int first = 0;
    int last = 0;

    bool operator==(const Source &) const = default;
    bool isNull() const { return document.isEmpty(); }
};

/// Something in a document that could not be understood. The rest of the document still counts.
struct Problem
{
    QString document;
    int line = 0; ///< from 1; 0 for the document as a whole
    QString message;

    bool operator==(const Problem &) const = default;
};

/// What a parser returns: what it could read, and what it could not.
template <typename T> struct Parsed
{
    T value{};
    QList<Problem> problems;
};

} // namespace tropo
