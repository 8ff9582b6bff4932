#include "app/commands/commands.h"
#include "app/loop_watch.h"
#include "app/window_session.h"
#include "models/collect/progress.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QSettings>

#include <csignal>

using namespace tropo;
using namespace Qt::StringLiterals;

namespace {

void nameProgram()
{
    QCoreApplication::setApplicationName(u"troposcope"_s);
    QCoreApplication::setApplicationVersion(QLatin1String(TROPOSCOPE_VERSION));
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int runWindow(int argc, char **argv, const Request &request)
{
    if (!hasDisplay())
        return fail(
            {ErrorKind::Usage,
             {},
             u"no display to open a window on; troposcope inspect prints the findings without one"_s});
    QApplication application(argc, argv);
    nameProgram();
    QApplication::setWindowIcon(QIcon(u":/icons/app.svg"_s));
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, u"troposcope"_s, u"window"_s);
    applyTheme(application, themeFromName(settings.value(u"theme"_s).toString()));
    const LoopWatch watch;
    MainWindow window(&settings);
    WindowSession session(&window);
    window.show();
    session.open(request);
    return QApplication::exec();
}

int runCommand(int argc, char **argv, const Request &request)
{
    if (request.command == u"shot" || request.command == u"report") {
        if (const auto refusal = request.command == u"shot" ? shotRefusal(request) : reportRefusal(request))
            return fail(*refusal);
        // A picture never depends on the display at hand.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QApplication application(argc, argv);
        nameProgram();
        applyTheme(application, request.dark ? Theme::Dark : Theme::Light);
        return request.command == u"shot" ? runShot(request) : runReport(request);
    }
    const QCoreApplication application(argc, argv);
    nameProgram();
    if (request.command == u"inspect")
        return runInspect(request);
    if (request.command == u"capture")
        return runCapture(request);
    if (request.command == u"compare")
        return runCompare(request);
    if (request.command == u"forecast")
        return runForecast(request);
    if (request.command == u"identify")
        return runIdentify(request);
    if (request.command == u"plan")
        return runPlanCommand(request);
    if (request.command == u"apply")
        return runApply(request);
    return runRules(request);
}

} // namespace

int main(int argc, char **argv)
{
    // A connection or pipe that ends is an error value here, not a death.
    std::signal(SIGPIPE, SIG_IGN);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto request = parseArguments(arguments);
    if (!request)
        return fail(request.error());
    if (request->help) {
        printOut(helpText());
        return Done;
    }
    if (request->version) {
        printOut(u"troposcope "_s + QLatin1String(TROPOSCOPE_VERSION) + u'\n');
        return Done;
    }
    return request->command.isEmpty() ? runWindow(argc, argv, *request) : runCommand(argc, argv, *request);
}
