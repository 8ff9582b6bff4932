#include "ssh/session/ssh_target.h"

#include "ssh/session/known_hosts.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSysInfo>

#include <array>
#include <pwd.h>
#include <unistd.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The account's own home, which ssh takes, not $HOME.
QString home()
{
    std::array<char, 16384> text{};
    passwd entry{};
    passwd *found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, text.data(), text.size(), &found) == 0 && found && *found->pw_dir)
        return QFile::decodeName(found->pw_dir);
    return QDir::homePath();
}

QString homePath(QString path)
{
    if (path.startsWith("~/"_L1))
        path.replace(0, 1, home());
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

/// What is allowed, rather than where it is.
void takePolicy(SshTarget &target, const QString &key, const QString &value)
{
    const auto list = [&value] { return value.split(u',', Qt::SkipEmptyParts); };
    const bool yes = value == u"yes" || value == u"true";
    const bool no = value == u"no" || value == u"false";
    if (key == u"hostkeyalgorithms")
        target.hostKeyAlgorithms = list();
    else if (key == u"pubkeyacceptedalgorithms" || key == u"pubkeyacceptedkeytypes") // before OpenSSH 8.5
        target.publicKeyAlgorithms = list();
    else if (key == u"kexalgorithms")
        target.keyExchanges = list();
    else if (key == u"ciphers")
        target.ciphers = list();
    else if (key == u"macs")
        target.macs = list();
    else if (key == u"addressfamily")
        target.addressFamily = value;
    else if (key == u"revokedhostkeys")
        target.revokedHostKeys = paths(value);
    else if (key == u"stricthostkeychecking")
        target.asksAboutHostKey = !yes;
    else if (key == u"hashknownhosts")
        target.hashesKnownHosts = yes;
    else if (key == u"pubkeyauthentication")
        target.publicKeyAllowed = !no;
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
    else if (key == u"userknownhostsfile" && value == u"none")
        target.hasOwnKnownHosts = false;
    else if (key == u"userknownhostsfile" || key == u"globalknownhostsfile")
        target.knownHostsFiles = key == u"userknownhostsfile" ? paths(value) + target.knownHostsFiles
                                                              : target.knownHostsFiles + paths(value);
    else if (key == u"hostkeyalias")
        target.knownHostNames = {value};
    else if (key == u"proxyjump" && value != u"none")
        target.proxyJump = value.split(u',', Qt::SkipEmptyParts);
    else if (key == u"proxycommand" && value != u"none")
        target.proxyCommand = value;
    else
        takePolicy(target, key, value);
}

/// What ssh puts for the tokens of a file name (ssh_config(5), TOKENS), which -G leaves in identity files.
QString expanded(const QString &path, const SshTarget &target, const QString &asked)
{
    const auto localUser = [] { return qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME")); };
    QString text;
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (path[i] != u'%' || i + 1 == path.size()) {
            text += path[i];
            continue;
        }
        switch (path[++i].unicode()) {
        case u'%':
            text += u'%';
            break;
        case u'd':
            text += home();
            break;
        case u'h':
            text += target.host;
            break;
        case u'i':
            text += QString::number(::getuid());
            break;
        case u'k':
            text += target.knownHostNames.value(0, asked);
            break;
        case u'n':
            text += asked;
            break;
        case u'p':
            text += QString::number(target.port);
            break;
        case u'r':
            text += target.user;
            break;
        case u'u':
            text += localUser();
            break;
        case u'L':
            text += QSysInfo::machineHostName().section(u'.', 0, 0);
            break;
        case u'l':
            text += QSysInfo::machineHostName();
            break;
        default:
            text += u'%' + path[i];
            break;
        }
    }
    return text;
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
Result<QByteArray> printedOnce(const QStringList &arguments, const QString &destination,
                               const ResolveOptions &options)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice()); // nothing of a Match exec may wait for a person
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
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return failure(ErrorKind::Usage, destination,
                       u"ssh -G refuses it: %1"_s.arg(
                           QString::fromLocal8Bit(process.readAllStandardError()).trimmed().left(500)));
    return process.readAllStandardOutput();
}

/// ssh -G always tells a port. Without one, what it printed did not get here, and the machine would be looked
/// for at port 22 with nobody's keys.
Result<QByteArray> printedConfig(const QStringList &arguments, const QString &destination,
                                 const ResolveOptions &options)
{
    constexpr int tries = 3;
    for (int i = 0; i < tries; ++i) {
        const auto printed = printedOnce(arguments, destination, options);
        if (!printed || printed->startsWith("port ") || printed->contains("\nport "))
            return printed;
    }
    return failure(ErrorKind::Io, destination,
                   u"ssh -G printed no configuration; try \"ssh -G %1\" by hand"_s.arg(destination));
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

namespace {

struct Destination
{
    QString user;
    QString host;
    QString port;
};

/// "user@host:port", "[address]:port" or "ssh://…".
Destination split(QString text)
{
    if (text.startsWith("ssh://"_L1))
        text = text.sliced(6).section(u'/', 0, 0);
    Destination parts;
    if (const qsizetype at = text.lastIndexOf(u'@'); at >= 0) {
        parts.user = text.first(at);
        text = text.sliced(at + 1);
    }
    const qsizetype colon = text.lastIndexOf(u':');
    const bool bracketed = text.startsWith(u'[') && text.contains(u']');
    if (bracketed ? colon > text.indexOf(u']') : colon >= 0 && text.count(u':') == 1) {
        parts.port = text.sliced(colon + 1);
        text = text.first(colon);
    }
    parts.host = bracketed ? text.sliced(1).section(u']', 0, 0) : text;
    return parts;
}

} // namespace

Result<SshTarget> resolveTarget(const QString &destination, const ResolveOptions &options)
{
    const auto [user, host, port] = split(destination);
    if (host.isEmpty() || host.startsWith(u'-') || user.startsWith(u'-') || host.contains(QChar::Null))
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
    target.configFile = options.configFile;
    target.agentSocket = agentPath(expanded(target.agentSocket, target, host));
    for (QStringList *files : {&target.identityFiles, &target.knownHostsFiles, &target.revokedHostKeys})
        for (QString &path : *files)
            path = expanded(path, target, host);
    if (target.knownHostNames.isEmpty()) // an alias stands for itself, whatever the port
        target.knownHostNames = {knownHostName(target.host, target.port)};
    return target;
}

} // namespace tropo
