#include "models/parse/libvirt_version.h"

#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<LibvirtVersion> parseLibvirtVersion(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    LibvirtVersion version;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded)) {
        const auto words = wordsOf(line.text);
        if (words.empty())
            continue;
        const QString last = bounded(words.back(), 40);
        // "Using library:" is the caller's, "Running against daemon:" the machine's; the machine's counts.
        if (line.text.contains("hypervisor: "_L1) || line.text.contains("Running hypervisor"_L1))
            version.qemu = last;
        else if (line.text.contains("daemon:"_L1))
            version.libvirt = last;
        else if (line.text.contains("library:"_L1) && version.libvirt.isEmpty())
            version.libvirt = last;
    }
    if (version.libvirt.isEmpty() && version.qemu.isEmpty())
        problems.add(0, u"names no version of libvirt or of the hypervisor"_s);
    return {version, problems.take()};
}

} // namespace tropo
