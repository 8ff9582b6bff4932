#pragma once

#include "models/evidence/evidence.h"

namespace tropo {

/// Reads documents of the evidence with the parser that fits, and gathers what they complain of.
class DocumentReader
{
public:
    DocumentReader(const Evidence &evidence, QList<Problem> &problems)
        : m_evidence(evidence), m_problems(problems)
    {
    }

    const Evidence &evidence() const { return m_evidence; }
    bool has(const QString &path) const { return m_evidence.find(path) != nullptr; }

    /// What the parser made of the document; nothing where there is no such document, or where nothing in it
    /// could be understood: then it is not known, which is not the same as empty.
    template <typename T>
    std::optional<T> read(const QString &path, Parsed<T> (*parse)(const QByteArray &, const QString &))
    {
        const Document *document = m_evidence.find(path);
        if (!document)
            return {};
        Parsed<T> parsed = parse(document->text, path);
        m_problems.append(parsed.problems);
        if (!parsed.problems.isEmpty() && parsed.value == T{})
            return {};
        return std::move(parsed.value);
    }

    /// The same for JSON arrays, which stand as "[]" where there is nothing to list: a blank document is what
    /// a command that failed leaves behind.
    template <typename T>
    std::optional<T> readArray(const QString &path, Parsed<T> (*parse)(const QByteArray &, const QString &))
    {
        const Document *document = m_evidence.find(path);
        if (!document || !document->text.trimmed().isEmpty())
            return read(path, parse);
        m_problems.append({path, 1, QStringLiteral("is empty: the command that made it failed")});
        return {};
    }

    /// The same for parsers that may find nothing.
    template <typename T>
    std::optional<T> readMaybe(const QString &path,
                               Parsed<std::optional<T>> (*parse)(const QByteArray &, const QString &))
    {
        return read(path, parse).value_or(std::optional<T>());
    }

private:
    const Evidence &m_evidence;
    QList<Problem> &m_problems;
};

} // namespace tropo
