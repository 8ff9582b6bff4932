#include "ssh/collect/probe_harvest.h"

#include <QSet>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

enum ProbeStatus { TimedOut = 124, NotExecutable = 126, NotFound = 127, Killed = 137, TooLarge = 153 };

bool isCut(const ProbeDocument &document)
{
    return document.oversize || document.status == TimedOut || document.status == Killed ||
           document.status == TooLarge;
}

QString shortened(QString text)
{
    constexpr qsizetype longest = 300;
    text = text.simplified();
    return text.size() > longest ? QString(text.first(longest) + u'…') : text;
}

QString whatFailed(const ProbeDocument &document, int limitSeconds)
{
    const QString said = shortened(document.said);
    const QString more = said.isEmpty() ? QString() : QString(u": " + said);
    if (document.oversize)
        return u"larger than this program's limit for a document; only its beginning was read"_s;
    switch (document.status) {
    case TimedOut:
    case Killed:
        return u"its command took longer than %1 s and was ended%2"_s.arg(limitSeconds).arg(more);
    case TooLarge:
        return u"larger than the probe's limit for it; only its beginning was read"_s;
    case NotExecutable:
    case NotFound:
        return u"its command cannot be run there%1"_s.arg(more);
    default:
        return u"its command failed with status %1%2"_s.arg(document.status).arg(more);
    }
}

/// The documents without which the probe asks Docker nothing further.
bool endsDocker(const QString &path)
{
    return path == "docker/version.json"_L1 || path == "docker/ps.json"_L1 || path == "docker/info.json"_L1;
}

QString folderOf(const ProbePlace &place)
{
    const QString top = escapedName(place.hypervisor);
    return place.guest.isEmpty() ? top : QString(top + "/guests/"_L1 + escapedName(place.guest));
}

QStringList foldersOf(const ProbePlace &place)
{
    const QString folder = folderOf(place);
    if (!place.guest.isEmpty())
        return {folder};
    QStringList folders{folder + "/host"_L1};
    if (place.readsDeclared)
        folders.append(folder + "/declared"_L1);
    return folders;
}

/// A machine speaks for itself alone: "declared/…" is a hypervisor's, "docker/…" a guest's.
bool belongs(const ProbePlace &place, const QString &path)
{
    if (place.guest.isEmpty())
        return path.startsWith("host/"_L1) ||
               (place.readsDeclared && (path == "declared"_L1 || path.startsWith("declared/"_L1)));
    static const QStringList folders{u"guest"_s, u"ifcfg"_s, u"nm"_s, u"netplan"_s, u"docker"_s};
    return path == "interface-pci.txt"_L1 || path == "package-history.txt"_L1 ||
           folders.contains(path.section(u'/', 0, 0));
}

/// Half a JSON text is none; half a table is one.
bool isOfUse(const ProbeDocument &document)
{
    if (document.status == 0 && !document.oversize)
        return true;
    return !document.text.isEmpty() && !(isCut(document) && document.path.endsWith(".json"_L1));
}

void addDocument(Harvest &harvest, const ProbePlace &place, const ProbeDocument &document)
{
    const QString folder = folderOf(place);
    const QString below = folder.mid(escapedName(place.hypervisor).size() + 1);
    const QString within = below.isEmpty() ? QString() : QString(below + u'/');
    if (!belongs(place, document.path)) {
        harvest.errors.append({place.hypervisor, place.source(),
                               u"its probe printed %1, which is not its to tell"_s.arg(document.path),
                               document.taken});
        return;
    }
    if (isOfUse(document))
        harvest.documents.insert(folder + u'/' + document.path,
                                 Document{document.text, document.taken, document.took});
    if (document.status == 0 && !document.oversize)
        return;
    const QString named = endsDocker(document.path) ? u"docker"_s : document.path;
    harvest.errors.append(
        {place.hypervisor, within + named, whatFailed(document, place.limitSeconds), document.taken});
}

Harvest harvestOf(const ProbePlace &place, const ProbeReader &reader)
{
    Harvest harvest;
    harvest.hypervisor = place.hypervisor;
    harvest.source = place.source();
    for (const ProbeDocument &document : reader.documents())
        addDocument(harvest, place, document);
    harvest.answered = !harvest.documents.isEmpty();
    return harvest;
}

} // namespace

Harvest probeHarvest(const ProbePlace &place, const ProbeReader &reader, const std::optional<Error> &ended)
{
    Harvest harvest = harvestOf(place, reader);
    harvest.folders = foldersOf(place);
    if (ended)
        harvest.errors.append(
            {place.hypervisor, harvest.source, ended->text(), QDateTime::currentDateTimeUtc()});
    return harvest;
}

Harvest firstPart(const ProbePlace &place, const ProbeReader &reader)
{
    Harvest harvest = harvestOf(place, reader);
    const QString folder = folderOf(place);
    const QString open = reader.openPath().section(u'/', 0, 0);
    QSet<QString> complete;
    for (const ProbeDocument &document : reader.documents())
        if (document.path.contains(u'/'))
            complete.insert(document.path.section(u'/', 0, 0));
    complete.remove(open);
    for (const QString &part : complete)
        harvest.folders.append(folder + u'/' + part);
    harvest.folders.sort();
    return harvest;
}

} // namespace tropo
