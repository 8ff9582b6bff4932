#include "ssh/session/ssh_target.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QProcess>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString homePath(QString path)
{
    if (path.startsWith("~/"_L1))
        path.replace(0, 1, QDir::homePath());
    return path;
}

QStringList paths(const QString &value)
{
    QStringList list;
    for (const QString &path : value.split(u' ', Qt::SkipEmptyParts))
        if (path != u"none")
            list.append(homePath(path));
    return list;
}

void take(SshTarget &target, const QString &key, const QString &value)
{
    if (key == u"hostname")
        target.host = value;
    else if (key == u"port")
        target.port = value.toInt();
    else if (key == u"user")
        target.user = value;
    else if (key == u"identityfile")
        target.identityFiles.append(homePath(value));
    else if (key == u"identitiesonly")
        target.identitiesOnly = value == u"yes";
    else if (key == u"identityagent")
        target.agentSocket = value;
    else if (key == u"userknownhostsfile" || key == u"globalknownhostsfile")
        target.knownHostsFiles = key == u"userknownhostsfile" ? paths(value) + target.knownHostsFiles
                                                              : target.knownHostsFiles + paths(value);
    else if (key == u"hostkeyalias")
        target.knownHostNames = {value};
    else if (key == u"proxyjump" && value != u"none")
        target.proxyJump = value.split(u',', Qt::SkipEmptyParts);
    else if (key == u"proxycommand" && value != u"none")
        target.proxyCommand = value;
    else if (key == u"hostkeyalgorithms")
        target.hostKeyAlgorithms = value.split(u',', Qt::SkipEmptyParts);
}

/// "SSH_AUTH_SOCK" means the environment's; empty and "none" mean no agent.
QString agentPath(const QString &configured)
{
    if (configured == u"none")
        return {};
    if (configured.isEmpty() || configured == u"SSH_AUTH_SOCK")
        return qEnvironmentVariable("SSH_AUTH_SOCK");
    if (configured.startsWith(u'$'))
        return qEnvironmentVariable(configured.sliced(1).remove(u'{').remove(u'}').toUtf8().constData());
    return homePath(configured);
}

/// Runs ssh -G with a limit; on a stop or a limit the process is killed.
Result<QByteArray> printedConfig(const QStringList &arguments, const QString &destination,
                                 const ResolveOptions &options)
{
    QProcess process;
    process.start(u"ssh"_s, arguments);
    const QDeadlineTimer deadline(options.limit);
    while (process.state() != QProcess::NotRunning && !deadline.hasExpired() &&
           !options.stop.stop_requested())
        process.waitForFinished(50);
    if (process.error() == QProcess::FailedToStart)
        return failure(ErrorKind::Io, destination,
                       u"the program ssh is missing: install openssh-client, whose configuration is used"_s);
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished(500);
        return options.stop.stop_requested()
                   ? failure(ErrorKind::Cancelled, destination, u"cancelled"_s)
                   : failure(ErrorKind::Timeout, destination,
                             u"ssh -G took too long; look for a slow Match exec in ~/.ssh/config"_s);
    }
    if (process.exitCode() != 0)
        return failure(ErrorKind::Usage, destination,
                       u"ssh -G refuses it: %1"_s.arg(
                           QString::fromLocal8Bit(process.readAllStandardError()).trimmed().left(500)));
    return process.readAllStandardOutput();
}

} // namespace

SshTarget parseSshConfig(const QByteArray &printed)
{
    SshTarget target;
    for (const QByteArray &line : printed.split('\n')) {
        const QString text = QString::fromUtf8(line).trimmed();
        const qsizetype blank = text.indexOf(u' ');
        if (blank > 0)
            take(target, text.first(blank).toLower(), text.sliced(blank + 1).trimmed());
    }
    return target;
}

Result<SshTarget> resolveTarget(const QString &destination, const ResolveOptions &options)
{
    const qsizetype at = destination.lastIndexOf(u'@');
    const QString user = at < 0 ? QString() : destination.first(at);
    QString host = destination.sliced(at + 1);
    QString port;
    if (const qsizetype colon = host.lastIndexOf(u':'); colon >= 0 && host.count(u':') == 1) {
        port = host.sliced(colon + 1);
        host = host.first(colon);
    }
    if (host.isEmpty() || host.startsWith(u'-') || user.startsWith(u'-'))
        return failure(ErrorKind::Usage, destination, u"is no host, user@host or user@host:port"_s);
    QStringList arguments{u"-G"_s};
    if (!options.configFile.isEmpty())
        arguments += {u"-F"_s, options.configFile};
    if (!user.isEmpty())
        arguments += {u"-l"_s, user};
    if (!port.isEmpty())
        arguments += {u"-p"_s, port};
    arguments += {u"--"_s, host};
    const auto printed = printedConfig(arguments, destination, options);
    if (!printed)
        return tl::unexpected(printed.error());
    SshTarget target = parseSshConfig(*printed);
    target.machine = host;
    target.agentSocket = agentPath(target.agentSocket);
    if (target.knownHostNames.isEmpty())
        target.knownHostNames = {target.host};
    return target;
}

} // namespace tropo
