#include "ssh/session/known_hosts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// '*' and '?' as ssh_config(5) has them; case does not count.
bool matchesPattern(QStringView pattern, QStringView name)
{
    qsizetype p = 0;
    qsizetype n = 0;
    qsizetype star = -1;
    qsizetype mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == u'?' || pattern[p].toLower() == name[n].toLower())) {
            ++p;
            ++n;
        } else if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            mark = n;
        } else if (star >= 0) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

QByteArray hashOf(const QString &name, const QByteArray &salt)
{
    return QMessageAuthenticationCode::hash(name.toLower().toUtf8(), salt, QCryptographicHash::Sha1);
}

/// "|1|salt|hash": HMAC-SHA1 of the name with the salt as key.
bool matchesHash(const QByteArray &field, const QString &name)
{
    const QList<QByteArray> parts = field.split('|');
    if (parts.size() != 4 || parts[1] != "1")
        return false;
    const QByteArray salt = QByteArray::fromBase64(parts[2]);
    const QByteArray wanted = QByteArray::fromBase64(parts[3]);
    return hashOf(name, salt) == wanted;
}

bool matchesHost(const QByteArray &field, const QString &name)
{
    if (field.startsWith('|'))
        return matchesHash(field, name);
    bool matched = false;
    for (const QByteArray &pattern : field.split(',')) {
        const QString text = QString::fromUtf8(pattern);
        if (text.startsWith(u'!')) {
            if (matchesPattern(QStringView(text).sliced(1), name))
                return false;
        } else {
            matched = matched || matchesPattern(text, name);
        }
    }
    return matched;
}

struct Line
{
    QByteArray marker; ///< "@revoked", "@cert-authority" or empty
    QByteArray hosts;
    QByteArray type;
    QByteArray blob;
    const KnownHostsFile *file = nullptr;
    int number = 0;
};

QList<Line> linesFor(const QList<KnownHostsFile> &files, const QStringList &names)
{
    QList<Line> found;
    for (const KnownHostsFile &file : files) {
        int number = 0;
        for (const QByteArray &raw : file.text.split('\n')) {
            ++number;
            QList<QByteArray> fields = raw.simplified().split(' ');
            if (fields.size() < 3 || fields[0].startsWith('#'))
                continue;
            Line line;
            line.file = &file;
            line.number = number;
            if (fields[0].startsWith('@'))
                line.marker = fields.takeFirst();
            if (fields.size() < 3)
                continue;
            line.hosts = fields[0];
            line.type = fields[1];
            line.blob = fields[2];
            for (const QString &name : names) {
                if (matchesHost(line.hosts, name)) {
                    found.append(line);
                    break;
                }
            }
        }
    }
    return found;
}

} // namespace

QList<KnownHostsFile> readKnownHosts(const QStringList &paths)
{
    constexpr qint64 bound = 16 * 1024 * 1024;
    QList<KnownHostsFile> files;
    for (const QString &path : paths) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            files.append({path, file.read(bound)});
    }
    return files;
}

QString knownHostName(const QString &host, int port)
{
    return port == 22 ? host : u"[%1]:%2"_s.arg(host).arg(port);
}

HostKeyVerdict judgeHostKey(const QList<KnownHostsFile> &files, const QStringList &names,
                            const QByteArray &type, const QByteArray &blob)
{
    HostKeyVerdict verdict;
    const auto decide = [&verdict](HostKeyVerdict::Kind kind, const Line &line) {
        verdict = {kind, line.file->path, line.number};
    };
    for (const Line &line : linesFor(files, names)) {
        const bool same = line.type == type && line.blob == blob;
        if (line.marker == "@revoked" && same) {
            decide(HostKeyVerdict::Revoked, line);
            return verdict;
        }
        if (!line.marker.isEmpty())
            continue;
        if (same)
            decide(HostKeyVerdict::Known, line);
        else if (line.type == type && verdict.kind == HostKeyVerdict::Unknown)
            decide(HostKeyVerdict::Changed, line);
    }
    return verdict;
}

QList<QByteArray> knownKeyTypes(const QList<KnownHostsFile> &files, const QStringList &names)
{
    QList<QByteArray> types;
    for (const Line &line : linesFor(files, names))
        if (line.marker.isEmpty() && !types.contains(line.type))
            types.append(line.type);
    return types;
}

QString hashedHostName(const QString &name)
{
    std::array<quint32, 5> random; // as long as the hash, as ssh has it
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    const QByteArray salt(reinterpret_cast<const char *>(random.data()), sizeof random);
    return u"|1|%1|%2"_s.arg(QString::fromLatin1(salt.toBase64()),
                             QString::fromLatin1(hashOf(name, salt).toBase64()));
}

Result<void> rememberHostKey(const QString &path, const QString &name, const QByteArray &type,
                             const QByteArray &blob)
{
    const auto refused = [&path](const QString &why) {
        return failure(ErrorKind::Io, path, u"the host key could not be written there: %1"_s.arg(why));
    };
    if (path.isEmpty())
        return refused(u"UserKnownHostsFile names no file"_s);
    const QString folder = QFileInfo(path).path();
    if (!QFileInfo::exists(folder) && QDir().mkpath(folder))
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile file(path);
    const bool isNew = !file.exists();
    // One write for the whole line: other connections may be adding theirs.
    if (!file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered))
        return refused(file.errorString());
    if (isNew)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QByteArray line = name.toUtf8() + ' ' + type + ' ' + blob + '\n';
    // A file that does not end its last line would swallow this one.
    if (const qint64 size = file.size(); size > 0 && file.seek(size - 1) && file.read(1) != "\n")
        line.prepend('\n');
    if (file.write(line) != line.size())
        return refused(file.errorString());
    return {};
}

} // namespace tropo
