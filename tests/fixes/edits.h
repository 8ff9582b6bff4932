#pragma once

#include "models/fixes/files/guest_file_edit.h"

#include <QTest>

namespace tropo::test {

inline MacAddress mac(const char *text)
{
    return MacAddress::fromString(QString::fromLatin1(text)).value();
}

inline Ipv4 ip(const char *text)
{
    return Ipv4::fromString(QString::fromLatin1(text)).value();
}

/// The text, or "error: " and why not.
inline QByteArray outcome(const Result<QByteArray> &result)
{
    return result ? *result : QByteArray("error: " + result.error().message.toUtf8());
}

/// The text, "removed" where the file is to go, or "error: " and why not.
inline QByteArray outcome(const Result<std::optional<QByteArray>> &result)
{
    if (!result)
        return "error: " + result.error().message.toUtf8();
    return result->value_or("removed");
}

/// That an outcome is as expected: the same text, or an error with the expected words in it.
inline bool isAsExpected(const QByteArray &outcome, const QByteArray &expected)
{
    if (expected.startsWith("error: "))
        return outcome.startsWith("error: ") && outcome.contains(expected.sliced(7));
    return outcome == expected;
}

#define COMPARE_OUTCOME(actual, expected)                                                                    \
    do {                                                                                                     \
        const QByteArray is = (actual);                                                                      \
        QVERIFY2(tropo::test::isAsExpected(is, expected),                                                    \
                 qPrintable(QString::fromUtf8("it is:\n" + is + "\ninstead of:\n" + (expected))));           \
    } while (false)

} // namespace tropo::test
