// report_cost [SEED]: what a report costs as a fleet grows: 500, 1,000 and 2,000 VMs, with a twentieth of
// them broken; time by form, the program's peak of memory, and ratios a VM. Pictures are left out: `shot` has
// those. report_cost --write FOLDER HYPERVISORS VMS BREAKS [SEED]: writes the capture of such a fleet
// instead.

#include "app/judgement.h"
#include "app/reporting/redacted.h"
#include "app/reporting/write_note.h"
#include "models/evidence/capture.h"
#include "models/note/note_forms.h"
#include "models/policy/fleet_file.h"
#include "tests/generator/breakage.h"
#include "tests/generator/healthy_world.h"
#include "tests/generator/render.h"
#include "views/report/note_pdf.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>

#include <sys/resource.h>

#include <cstdio>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A fleet of that size with that many faults, or as many as it takes.
Evidence brokenFleet(quint64 seed, int hypervisors, int vms, int breaks)
{
    generator::World world = generator::healthyWorld(seed, {hypervisors, vms, false});
    generator::Dice dice(seed);
    generator::Breaker breaker(world, dice);
    // Those of one VM each: a fault of a whole host would leave nothing for the others.
    const QList<generator::Breakage> all =
        generator::nicBreakages() + generator::fileBreakages() + generator::guestBreakages();
    for (int made = 0, tried = 0; made < breaks && tried < 4 * breaks; ++tried)
        if (all[tried % all.size()].apply(breaker))
            ++made;
    return generator::render(world);
}

SnapshotPtr snapshotOf(const Evidence &evidence)
{
    const auto policy = parseFleetFile(evidence.documents.value(u"fleet.toml"_s).text, u"fleet.toml"_s);
    if (!policy)
        qFatal("%s", qPrintable(policy.error().message));
    return makeSnapshot(SnapshotKind::Capture, u"a made capture"_s, evidence, *policy, bundledEndOfLife());
}

double megabytesAtMost()
{
    rusage own{};
    ::getrusage(RUSAGE_SELF, &own);
    return static_cast<double>(own.ru_maxrss) / 1024;
}

template <typename Do> double secondsOf(Do act)
{
    QElapsedTimer timer;
    timer.start();
    act();
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

/// Seconds a VM of everything but making the snapshot.
double measure(quint64 seed, int hypervisors, int vms, double first)
{
    const int count = hypervisors * vms;
    const SnapshotPtr snapshot = snapshotOf(brokenFleet(seed, hypervisors, vms, count / 20));
    const double before = megabytesAtMost();
    const Note note = *noteAbout(*snapshot, {}, {});
    QList<NoteBlock> blocks;
    const double compose = secondsOf([&] { blocks = composeNote(note, *snapshot, {}); });
    qsizetype size = 0;
    const double html = secondsOf([&] { size = noteHtml(blocks, reportStyle()).size(); });
    const double markdown = secondsOf([&] { (void)noteMarkdown(blocks, u"p"_s); });
    qsizetype pdfSize = 0;
    const double pdf =
        secondsOf([&] { pdfSize = notePdf(blocks, note.title).value_or(QByteArray()).size(); });
    const double redact = secondsOf([&] { (void)redacted(*snapshot, bundledEndOfLife(), note); });
    const double each = (compose + html + markdown + pdf + redact) / count;
    std::printf(
        "%5d VMs, %5lld findings, %5lld blocks: compose %.2f s, html %.2f s (%.1f MB), markdown %.2f s, "
        "pdf %.2f s (%.1f MB), redact %.2f s; ratio a VM %.2f; memory %.0f MB before, %.0f MB at most\n",
        count, static_cast<long long>(snapshot->findings.size()), static_cast<long long>(blocks.size()),
        compose, html, static_cast<double>(size) / 1e6, markdown, pdf, static_cast<double>(pdfSize) / 1e6,
        redact, first > 0 ? each / first : 1.0, before, megabytesAtMost());
    std::fflush(stdout);
    return each;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.value(1) == u"--write" && words.size() >= 6) {
        const Evidence evidence = brokenFleet(words.value(6, u"1"_s).toULongLong(), words[3].toInt(),
                                              words[4].toInt(), words[5].toInt());
        const auto written = writeCapture(words[2], evidence);
        if (!written)
            qFatal("%s", qPrintable(written.error().text()));
        return 0;
    }
    const quint64 seed = words.value(1, u"1"_s).toULongLong();
    const double first = measure(seed, 25, 20, 0);
    measure(seed, 50, 20, first);
    measure(seed, 100, 20, first);
    return 0;
}
