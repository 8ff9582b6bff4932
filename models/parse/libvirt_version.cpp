#include "models/parse/libvirt_version.h"

#include "models/parse/elision.h"
#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isVersion(QStringView word)
{
    return !word.isEmpty() && word.size() < 40 && word.front().isDigit() && word.contains(u'.');
}

} // namespace

Parsed<LibvirtVersion> parseLibvirtVersion(const QByteArray &bytes, const QString &document)
{
    ProblemLog problems(document);
    LibvirtVersion version;
    int hypervisors = 0;
    const QString text = decodedText(bytes);
    for (LineCursor at(text); at.next();) {
        if (isElision(at.trimmed()))
            continue;
        const QStringView line = at.trimmed();
        const auto words = wordsOf(line.sliced(line.lastIndexOf(u':') + 1));
        if (words.size() == 1 && isVersion(words[0])) {
            version.libvirt = words[0].toString(); // of the daemon, the last line of --daemon
        } else if (words.size() == 2 && words[0] == "libvirt"_L1 && isVersion(words[1])) {
            version.libvirt = words[1].toString();
        } else if (words.size() == 2 && isVersion(words[1])) {
            // The first is the version of the interface to it, the second that of the hypervisor which runs.
            if (++hypervisors == 2)
                version.qemu = words[0] == "QEMU"_L1
                                   ? words[1].toString()
                                   : bounded(QString(words[0].toString() + u' ' + words[1].toString()), 80);
        } else {
            problems.notUnderstood(at.number(), line);
        }
    }
    if (version == LibvirtVersion{})
        problems.add(0, u"no version in it"_s);
    return {std::move(version), problems.take()};
}

} // namespace tropo
