#pragma once

#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include "models/source.h"

namespace tropo::test {

inline const QString documentName = QStringLiteral("trop02/document");

/// Parses a text and fails the test where the parser complains.
template <typename T> T clean(Parsed<T> (*parse)(const QByteArray &, const QString &), const QByteArray &text)
{
    const Parsed<T> parsed = parse(text, documentName);
    for (const Problem &problem : parsed.problems)
        QTest::qFail(qPrintable(problem.message), __FILE__, problem.line);
    return parsed.value;
}

/// Parses every broken copy of a text. Whatever comes of it must be bounded and name lines of the text.
template <typename T>
void survives(Parsed<T> (*parse)(const QByteArray &, const QString &), const QByteArray &text)
{
    mangle(text, [parse](const QByteArray &broken) {
        const Parsed<T> parsed = parse(broken, documentName);
        const auto lines = broken.count('\n') + 1;
        QVERIFY(parsed.problems.size() <= 101);
        for (const Problem &problem : parsed.problems) {
            QCOMPARE(problem.document, documentName);
            QVERIFY2(problem.line >= 0 && problem.line <= lines, qPrintable(problem.message));
        }
    });
}

inline Source lines(int first, int last)
{
    return {documentName, first, last};
}

} // namespace tropo::test
