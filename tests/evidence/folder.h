#pragma once

#include "models/evidence/evidence.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace tropo::test {

inline void put(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        QTest::qFail(qPrintable(QLatin1String("cannot write ") + path), __FILE__, __LINE__);
}

/// What is wrong with one path of a capture; empty where nothing is.
inline QString problemOf(const Evidence &evidence, const QString &path)
{
    QStringList messages;
    for (const Problem &problem : evidence.problems)
        if (problem.document == path)
            messages.append(problem.message);
    return messages.join(QLatin1String("; "));
}

/// Gives root's rights up while it lives: nobody may read everything else. Does nothing for an ordinary user.
class OrdinaryUser
{
public:
    OrdinaryUser()
    {
        constexpr uid_t nobody = 65534;
        if (m_root && setresuid(nobody, nobody, 0) != 0)
            QTest::qFail("cannot give up root's rights", __FILE__, __LINE__);
    }
    ~OrdinaryUser()
    {
        if (m_root && setresuid(0, 0, 0) != 0)
            QTest::qFail("cannot take root's rights back", __FILE__, __LINE__);
    }
    Q_DISABLE_COPY_MOVE(OrdinaryUser)

private:
    bool m_root = getuid() == 0;
};

} // namespace tropo::test
