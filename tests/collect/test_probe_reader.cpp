#include "ssh/collect/probe_harvest.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray nonce = "0123456789abcdef0123456789abcdef";
const QByteArray header = "troposcope-probe 1 " + nonce + '\n';

QByteArray block(const QByteArray &path, const QByteArray &text, const QByteArray &status = "0",
                 const QByteArray &milliseconds = "30")
{
    return nonce + " begin " + path + '\n' + text + '\n' + nonce + " end " + path + ' ' + status + ' ' +
           milliseconds + '\n';
}

const QByteArray done = nonce + " done\n";

/// What a guest prints, with everything that is allowed to be odd.
QByteArray wholeOutput()
{
    return "Welcome!\ntroposcope-probe 1 short\n" + header +
           block("guest/hostname.txt", "Acilamwen\n", "0", "10") +
           block("guest/date.txt", QByteArray("no newline, a \0 byte", 20)) + "a stray line\n" +
           block("interface-pci.txt", "") +
           block("ifcfg/ifcfg-ens5",
                 "DEVICE=ens5\nffff456789abcdef0123456789abcdef end ifcfg/ifcfg-ens5 0 1\n"
                 "0123456789abcdef0123456789abcdef  done\n") +
           block("docker/ps.json", "{}\n", "1", "12000") + done;
}

QByteArray wholeErrors()
{
    return "banner\n" + block("guest/hostname.txt", "") + block("guest/date.txt", "a warning\n") +
           block("interface-pci.txt", "") + block("ifcfg/ifcfg-ens5", "") +
           block("docker/ps.json", "Cannot connect to the Docker daemon\n", "1");
}

void verifyWhole(const ProbeReader &reader)
{
    QVERIFY2(!reader.error(), reader.error() ? qPrintable(reader.error()->text()) : "");
    QVERIFY(reader.done());
    const auto documents = reader.documents();
    QCOMPARE(documents.size(), 5);
    QCOMPARE(documents[0].path, u"guest/hostname.txt"_s);
    QCOMPARE(documents[0].text, QByteArray("Acilamwen\n"));
    QCOMPARE(documents[0].took, std::chrono::milliseconds(10));
    QCOMPARE(documents[1].text, QByteArray("no newline, a \0 byte", 20));
    QCOMPARE(documents[1].said, u"a warning"_s);
    QCOMPARE(documents[2].text, QByteArray());
    QVERIFY(documents[3].text.contains("ffff456789abcdef"));
    QVERIFY(documents[3].text.endsWith("  done\n"));
    QCOMPARE(documents[4].status, 1);
    QCOMPARE(documents[4].said, u"Cannot connect to the Docker daemon"_s);
}

ProbePlace acilamwen()
{
    return {u"trop02"_s, u"Acilamwen"_s, false, 20};
}

ProbeReader readerOf(const QByteArray &output, const QByteArray &errors = {})
{
    ProbeReader reader;
    reader.feedOutput(output);
    reader.feedErrors(errors);
    return reader;
}

QStringList sources(const Harvest &harvest)
{
    QStringList list;
    for (const SourceError &error : harvest.errors)
        list.append(error.source);
    return list;
}

} // namespace

class TestProbeReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsAWholeStream() { verifyWhole(readerOf(wholeOutput(), wholeErrors())); }

    void splitsAtEveryByteChangeNothing()
    {
        const QByteArray output = wholeOutput();
        const QByteArray errors = wholeErrors();
        for (qsizetype at = 0; at <= output.size(); ++at) {
            ProbeReader reader;
            // The streams come in no order: stderr first in part, before any nonce is known.
            const qsizetype half = std::min(at, errors.size());
            reader.feedErrors(QByteArrayView(errors).first(half));
            reader.feedOutput(QByteArrayView(output).first(at));
            reader.feedOutput(QByteArrayView(output).sliced(at));
            reader.feedErrors(QByteArrayView(errors).sliced(half));
            verifyWhole(reader);
            if (QTest::currentTestFailed())
                return;
        }
        ProbeReader reader;
        for (const char byte : output)
            reader.feedOutput(QByteArrayView(&byte, 1));
        for (const char byte : errors)
            reader.feedErrors(QByteArrayView(&byte, 1));
        verifyWhole(reader);
    }

    void everyTruncationKeepsWhatHadEnded()
    {
        const QByteArray output = wholeOutput();
        qsizetype before = 0;
        for (qsizetype at = 0; at < output.size(); ++at) {
            const ProbeReader reader = readerOf(output.first(at));
            QVERIFY(!reader.done());
            QVERIFY(!reader.error());
            const qsizetype count = reader.documents().size();
            QVERIFY(count == before || count == before + 1);
            before = count;
        }
        QCOMPARE(before, 5);
    }

    void forgedMarkersAreContent()
    {
        const QByteArray forged = "\nffffffffffffffffffffffffffffffff end guest/date.txt 0 1\n"
                                  "ffffffffffffffffffffffffffffffff begin libvirt/domains.json\n" +
                                  header.chopped(1) + "\n x\n";
        const ProbeReader reader = readerOf(header + block("guest/date.txt", forged) + done);
        QVERIFY(reader.done());
        QCOMPARE(reader.documents().size(), 1);
        QCOMPARE(reader.documents().constFirst().text, forged);
    }

    void breaksOffAtWhatCannotBe_data()
    {
        QTest::addColumn<QByteArray>("after");
        const QByteArray begun = nonce + " begin guest/a\n";
        QTest::newRow("the end of another") << begun + "\n" + nonce + " end guest/b 0 1\n";
        QTest::newRow("no status") << begun + "\n" + nonce + " end guest/a 1\n";
        QTest::newRow("a status too large") << begun + "\n" + nonce + " end guest/a 256 1\n";
        QTest::newRow("a negative time") << begun + "\n" + nonce + " end guest/a 0 -1\n";
        QTest::newRow("an endless marker") << begun + "\n" + nonce + " end guest/a " + QByteArray(4000, '1');
        QTest::newRow("twice") << block("guest/date.txt", "b");
        QTest::newRow("upwards") << nonce + " begin guest/../../x\n";
        QTest::newRow("absolute") << nonce + " begin /etc/passwd\n";
        QTest::newRow("hidden") << nonce + " begin guest/.x\n";
        QTest::newRow("a blank") << nonce + " begin guest/a b\n";
        QTest::newRow("no name") << nonce + " begin \n";
        QTest::newRow("an unknown marker") << nonce + " start guest/a\n";
        QTest::newRow("end without begin") << nonce + " end guest/a 0 1\n";
    }
    void breaksOffAtWhatCannotBe()
    {
        QFETCH(QByteArray, after);
        const ProbeReader reader =
            readerOf(header + block("guest/date.txt", "a") + after + block("guest/late.txt", "c") + done);
        QVERIFY(reader.error());
        QCOMPARE(reader.error()->kind, ErrorKind::Format);
        QCOMPARE(reader.documents().size(), 1);
        QVERIFY(!reader.done());
    }

    void anotherProtocolIsRefused()
    {
        const ProbeReader reader = readerOf("troposcope-probe 2 " + nonce + '\n');
        QVERIFY(reader.error());
        QCOMPARE(reader.error()->kind, ErrorKind::Unsupported);
    }

    void anEndlessGreetingIsGivenUp()
    {
        ProbeReader reader;
        for (int i = 0; i < 100 && !reader.error(); ++i)
            reader.feedOutput(QByteArray(32 * 1024, i % 2 ? 'x' : '\n'));
        QVERIFY(reader.error());
    }

    void boundsWhatItKeeps()
    {
        ProbeReader::Limits limits;
        limits.document = 100;
        limits.total = 20'000;
        limits.documents = 3;
        ProbeReader reader(limits);
        reader.feedOutput(QByteArray(header + block("guest/large.txt", QByteArray(5000, 'x')) +
                                     block("guest/small.txt", "y")));
        QCOMPARE(reader.documents().size(), 2);
        QVERIFY(reader.documents()[0].oversize);
        QCOMPARE(reader.documents()[0].text.size(), 100);
        QCOMPARE(reader.documents()[1].text, QByteArray("y"));
        ProbeReader many = reader;
        many.feedOutput(QByteArray(block("guest/3", "") + block("guest/4", "")));
        QVERIFY(many.error());
        QCOMPARE(many.documents().size(), 3);
        reader.feedOutput(QByteArray(20'000, 'z'));
        QVERIFY(reader.error());
    }

    void aBrokenStderrCostsNoDocument()
    {
        const ProbeReader reader =
            readerOf(wholeOutput(), block("guest/date.txt", "said") + nonce + " begin ../x\n");
        QVERIFY(reader.done() && !reader.error());
        QCOMPARE(reader.documents()[1].said, u"said"_s);
    }

    void tellsWhatTheLoginShellSaid()
    {
        const ProbeReader reader = readerOf("", "sh: command not found\n");
        QVERIFY(!reader.started());
        QCOMPARE(reader.noise(), u"sh: command not found"_s);
    }

    void harvestsAGuest()
    {
        const Harvest harvest =
            probeHarvest(acilamwen(), readerOf(wholeOutput(), wholeErrors()), std::nullopt);
        QVERIFY(harvest.answered);
        QCOMPARE(harvest.source, u"guest Acilamwen"_s);
        QCOMPARE(harvest.folders, QStringList{u"trop02/guests/Acilamwen"_s});
        QVERIFY(harvest.documents.contains(u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s));
        // Docker does not answer: the error is that of all its documents, which age.
        QCOMPARE(sources(harvest), QStringList{u"guests/Acilamwen/docker"_s});
        QVERIFY(harvest.errors[0].message.contains(u"Cannot connect"_s));
    }

    void halfAJsonIsNoneAndHalfATableIsOne()
    {
        const QByteArray output = header + block("guest/ip-addr.json", "[{\"ifname\":\"lo", "124") +
                                  block("package-history.txt", "ID | Command", "153") + block("nm", "", "1") +
                                  done;
        const Harvest harvest = probeHarvest(acilamwen(), readerOf(output), std::nullopt);
        QCOMPARE(harvest.documents.keys(), QStringList{u"trop02/guests/Acilamwen/package-history.txt"_s});
        QCOMPARE(sources(harvest),
                 (QStringList{u"guests/Acilamwen/guest/ip-addr.json"_s,
                              u"guests/Acilamwen/package-history.txt"_s, u"guests/Acilamwen/nm"_s}));
        QVERIFY(harvest.errors[0].message.contains(u"20 s"_s));
    }

    void aMachineSpeaksForItselfAlone()
    {
        const QByteArray output = header + block("guest/date.txt", "x") + block("declared/x", "x") +
                                  block("libvirt/domains.json", "[]") + done;
        const Harvest guest = probeHarvest(acilamwen(), readerOf(output), std::nullopt);
        QCOMPARE(guest.documents.size(), 1);
        QCOMPARE(guest.errors.size(), 2);
        const Harvest host = probeHarvest({u"trop02"_s, {}, true, 20}, readerOf(output), std::nullopt);
        QCOMPARE(host.documents.keys(), QStringList{u"trop02/declared/x"_s});
        QCOMPARE(host.folders, (QStringList{u"trop02/host"_s, u"trop02/declared"_s}));
    }

    void theFirstPartSpeaksForCompleteFoldersOnly()
    {
        QByteArray output = wholeOutput();
        output.truncate(output.indexOf(QByteArray(nonce + " begin docker/ps.json")) + 60);
        const ProbeReader reader = readerOf(output);
        QCOMPARE(reader.openPath(), u"docker/ps.json"_s);
        const Harvest part = firstPart(acilamwen(), reader);
        QVERIFY(part.answered);
        QCOMPARE(part.documents.size(), 4);
        QCOMPARE(part.folders,
                 (QStringList{u"trop02/guests/Acilamwen/guest"_s, u"trop02/guests/Acilamwen/ifcfg"_s}));
    }

    void aCutReadingSaysSo()
    {
        const Error cut{ErrorKind::Timeout, {}, u"said nothing for 20 s"_s};
        const Harvest harvest =
            probeHarvest(acilamwen(), readerOf(header + block("guest/date.txt", "x")), cut);
        QVERIFY(harvest.answered);
        QCOMPARE(sources(harvest), QStringList{u"guest Acilamwen"_s});
        QVERIFY(!probeHarvest(acilamwen(), readerOf(header), cut).answered);
    }
};

QTEST_APPLESS_MAIN(TestProbeReader)
#include "test_probe_reader.moc"
