#pragma once

#include <QProcess>
#include <QString>
#include <QTest>

namespace tropo::test {

/// What the program itself printed, and how it ended.
struct ProgramRun
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs the program without a display, at home in `room`.
inline ProgramRun runProgram(const QString &program, const QStringList &arguments, const QString &room)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    for (const char *name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME"})
        environment.insert(QString::fromLatin1(name), room);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
        QTest::qFail(qPrintable(QLatin1String("hung or died: ") + arguments.join(u' ')), __FILE__, __LINE__);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace tropo::test
