#pragma once

#include <QFile>
#include <QTest>

namespace tropo::test {

/// A file of the test's data; the test fails where it is missing.
inline QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        QTest::qFail(qPrintable(QStringLiteral("no fixture ") + name), __FILE__, __LINE__);
    return file.readAll();
}

} // namespace tropo::test
