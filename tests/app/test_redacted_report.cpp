#include "models/evidence/capture.h"
#include "tests/generator/breakage.h"
#include "tests/generator/healthy_world.h"
#include "tests/generator/render.h"
#include "tests/support/program_run.h"
#include "tests/support/report_bytes.h"

#include <QRegularExpression>
#include <QTemporaryDir>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Values that a list for the author names, as they were.
QList<QByteArray> hiddenValues(const QByteArray &list)
{
    static const QRegularExpression line(u"^[a-z]+ (.+) is shown as .+$"_s,
                                         QRegularExpression::MultilineOption);
    QList<QByteArray> values;
    for (auto match = line.globalMatch(QString::fromUtf8(list)); match.hasNext();)
        values.append(match.next().captured(1).toUtf8());
    return values;
}

/// A fleet with faults whose values are seen to be its own.
Evidence distinctiveFleet(QList<QByteArray> &values)
{
    generator::World world = generator::healthyWorld(7, {3, 4, false});
    generator::Dice dice(7);
    generator::Breaker breaker(world, dice);
    int made = 0;
    for (const generator::Breakage &one : generator::nicBreakages() + generator::guestBreakages())
        made += made < 8 && one.apply(breaker) ? 1 : 0;
    for (const generator::WorldHypervisor &host : world.hypervisors) {
        values.append(host.name.toUtf8());
        for (const generator::WorldVm &vm : host.vms) {
            values.append(vm.name.toUtf8());
            values.append(vm.uuid.toUtf8());
            for (const generator::WorldNic &nic : vm.live)
                values.append(nic.mac.toString().toUtf8());
            if (!vm.guest)
                continue;
            values.append(vm.guest->machineId.toUtf8());
            for (const QString &key : vm.guest->sshKeys)
                values.append(key.section(u' ', 1, 1).toUtf8());
        }
    }
    Evidence evidence = generator::render(world);
    evidence.documents.insert(
        world.hypervisors.front().name + u"/host/more.txt"_s,
        {"reached from 203.114.5.77 and 2a02:8109:b40::15 by agnes.miller@office.example.net, "
         "/home/jmortimer/.ssh, SHA256:uNiVztksCsDhcc0u9e8BrwX9Qwd2G7R0r1VhMRtIuW8",
         {},
         {}});
    values += QList<QByteArray>{"203.114.5.77", "2a02:8109:b40::15",
                                "agnes.miller", "office.example.net",
                                "jmortimer",    "uNiVztksCsDhcc0u9e8BrwX9Qwd2G7R0r1VhMRtIuW8"};
    values.removeAll(QByteArray());
    return evidence;
}

/// Words that a PDF is written with, which a fleet's registry may be called too.
bool isOfTheForm(const QString &file, const QByteArray &value)
{
    return file.endsWith(u".pdf"_s) && value.toLower() == "registry";
}

} // namespace

/// What is hidden is nowhere: not in any form of a report, its pictures, or the capture beside it.
class TestRedactedReport : public QObject
{
    Q_OBJECT
private:
    ProgramRun run(const QStringList &arguments) const
    {
        return runProgram(QStringLiteral(PROGRAM), arguments, m_room->path());
    }

    /// Makes every form, redacted, and looks for the values in all their bytes.
    void search(const QStringList &source, QList<QByteArray> values)
    {
        QFile words(m_room->filePath(u"words.md"_s));
        QVERIFY(words.open(QIODevice::WriteOnly));
        // As the author would write it: some in marked-up spellings.
        for (const QByteArray &value : std::as_const(values))
            words.write("- " + value + "\n- " + QByteArray(value).replace("-", "\\-").replace(".", "\\.") +
                        '\n');
        words.write("- the marker 45.83.20.9\n");
        words.close();
        QByteArray list;
        for (const QString &name : {u"note.html"_s, u"note.pdf"_s, u"note.md"_s}) {
            const QString beside = m_room->filePath(u"out/"_s + name + u".tar.gz"_s);
            const ProgramRun ran =
                run(QStringList{u"report"_s} + source +
                    QStringList{u"--output"_s, m_room->filePath(u"out/"_s + name), u"--redact"_s,
                                u"--picture"_s, u"fleet"_s, u"--picture"_s, u"floats"_s, u"--text"_s,
                                words.fileName(), u"--attach"_s, beside});
            QVERIFY2(ran.status == 0, ran.err.constData());
            QVERIFY2(list.isEmpty() || list == ran.out, "another time, other stand-ins");
            list = ran.out;
        }
        const QList<QByteArray> listed = hiddenValues(list);
        QVERIFY(listed.size() > 10);
        for (const QByteArray &value : std::as_const(values))
            QVERIFY2(listed.contains(value) || !value.contains(':'),
                     QByteArray(value + " is not listed").constData());
        values += listed;
        values.append("45.83.20.9");
        const QMap<QString, QByteArray> everything = everythingIn(m_room->filePath(u"out"_s));
        QVERIFY(everything.size() > 10);
        QVERIFY(everything.value(u"note.html"_s).contains("the marker "));
        QVERIFY(!everything.value(u"note.md"_s).contains("not found in this reading"));
        for (auto it = everything.begin(); it != everything.end(); ++it)
            for (const QByteArray &value : std::as_const(values))
                QVERIFY2(isOfTheForm(it.key(), value) ||
                             (!hasWord(it.key().toUtf8(), value) && !hasWord(*it, value)),
                         qPrintable(u"%1 stands in %2"_s.arg(QString::fromUtf8(value), it.key())));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_room = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_room->path()).mkdir(u"out"_s));
    }

    void theDemo() { search({u"--demo"_s}, {"Acilamwen", "trop02", "52:54:00:00:01:01"}); }

    void aFleetOfItsOwn()
    {
        QList<QByteArray> values;
        const Evidence evidence = distinctiveFleet(values);
        const QString capture = m_room->filePath(u"secret-name.tar.gz"_s);
        QVERIFY(writeCapture(capture, evidence));
        search({u"--capture"_s, capture}, values);
    }

    void whereTheOperatorKeepsItIsNowhere()
    {
        QVERIFY(QDir(m_room->path()).mkdir(u"AcmeBank"_s));
        QList<QByteArray> values;
        const QString capture = m_room->filePath(u"AcmeBank/x.tar.gz"_s);
        QVERIFY(writeCapture(capture, distinctiveFleet(values)));
        for (const QString &name : {u"note.html"_s, u"note.md"_s, u"note.pdf"_s}) {
            const QString beside = m_room->filePath(u"out/"_s + name + u".tar.gz"_s);
            QCOMPARE(
                run({u"report"_s, u"--capture"_s, capture, u"--output"_s, m_room->filePath(u"out/"_s + name),
                     u"--redact"_s, u"--picture"_s, u"floats"_s, u"--attach"_s, beside})
                    .status,
                0);
        }
        const QMap<QString, QByteArray> everything = everythingIn(m_room->filePath(u"out"_s));
        QVERIFY(everything.value(u"note.md"_s).contains("a capture"));
        for (auto it = everything.begin(); it != everything.end(); ++it)
            QVERIFY2(!hasWord(*it, "AcmeBank"), qPrintable(it.key()));
    }

    void whatIsSearchedWouldBeFound()
    {
        const QString path = m_room->filePath(u"out/plain.pdf"_s);
        QCOMPARE(run({u"report"_s, u"--demo"_s, u"--output"_s, path}).status, 0);
        QVERIFY(hasWord(everythingIn(path).first(), "tropo"));
        const QString html = m_room->filePath(u"out/plain.html"_s);
        QCOMPARE(run({u"report"_s, u"--demo"_s, u"--output"_s, html}).status, 0);
        QVERIFY(hasWord(everythingIn(html).value(u"plain.html"_s), "acilamwen"));
    }

    void aPictureIsHiddenToo()
    {
        const auto shot = [this](const QString &name, const QStringList &more) {
            return run(QStringList{u"shot"_s, u"--demo"_s, u"--view"_s, u"findings"_s, u"--select"_s,
                                   u"trop02/vm/Acilamwen"_s, u"--output"_s, m_room->filePath(name)} +
                       more);
        };
        const auto bytes = [this](const QString &name) {
            QFile file(m_room->filePath(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const ProgramRun plain = shot(u"plain.png"_s, {});
        QCOMPARE(plain.status, 0);
        QCOMPARE(plain.out, QByteArray());
        const ProgramRun hidden = shot(u"hidden.png"_s, {u"--redact"_s});
        QVERIFY2(hidden.status == 0, hidden.err.constData());
        QVERIFY2(hidden.out.contains("host trop02 is shown as "), hidden.out.constData());
        QVERIFY(bytes(u"hidden.png"_s).startsWith("\x89PNG"));
        QVERIFY(bytes(u"hidden.png"_s) != bytes(u"plain.png"_s));
    }

    void readingsThatAreComparedHaveTheSameStandIns()
    {
        const QString capture = m_room->filePath(u"later.tar.gz"_s);
        QCOMPARE(run({u"report"_s, u"--demo"_s, u"--output"_s, m_room->filePath(u"n.md"_s), u"--attach"_s,
                      capture})
                     .status,
                 0);
        const ProgramRun ran = run({u"shot"_s, u"--demo"_s, u"--view"_s, u"changes"_s, u"--with"_s, capture,
                                    u"--output"_s, m_room->filePath(u"changes.png"_s), u"--redact"_s});
        QVERIFY2(ran.status == 0, ran.err.constData());
        QCOMPARE(ran.out.count("host trop02 is shown as "), 1);
    }

    void theRedactedCaptureTellsTheSame()
    {
        const QString capture = m_room->filePath(u"out/note.html.tar.gz"_s);
        QCOMPARE(run({u"report"_s, u"--demo"_s, u"--output"_s, m_room->filePath(u"out/n.md"_s), u"--redact"_s,
                      u"--attach"_s, capture})
                     .status,
                 0);
        const QByteArray before = run({u"inspect"_s, u"--demo"_s}).out;
        const QByteArray after = run({u"inspect"_s, u"--capture"_s, capture}).out;
        const auto counts = [](const QByteArray &text) { return text.trimmed().split('\n').last(); };
        QCOMPARE(counts(after), counts(before));
    }

private:
    std::unique_ptr<QTemporaryDir> m_room;
};

QTEST_GUILESS_MAIN(TestRedactedReport)
#include "test_redacted_report.moc"
