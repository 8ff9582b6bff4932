#include "tests/evidence/archives.h"
#include "tests/evidence/folder.h"

#include <QImageReader>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Run
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

const QByteArray fleetText = "[fleet]\nname = \"tropo\"\n[[hypervisor]]\nname = \"trop02\"\n";

/// Every control character but the line end: what a terminal would obey.
bool hasControls(const QByteArray &text)
{
    const QString shown = QString::fromUtf8(text);
    return std::any_of(shown.begin(), shown.end(), [](QChar c) {
        return c != u'\n' &&
               (c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0) || c == QChar(0x202e));
    });
}

QStringList keysOf(const QJsonValue &value)
{
    return value.toObject().keys();
}

} // namespace

/// The program itself, as a process: what it prints, where, and its exit status.
class TestProgram : public QObject
{
    Q_OBJECT
private:
    Run run(const QStringList &arguments, const QString &output = {}) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QString::fromLatin1(name));
        for (const char *name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME"})
            environment.insert(QString::fromLatin1(name), m_room->path());
        process.setProcessEnvironment(environment);
        if (!output.isEmpty())
            process.setStandardOutputFile(output);
        process.start(QStringLiteral(PROGRAM), arguments);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            QTest::qFail(qPrintable(u"hung or died: "_s + arguments.join(u' ')), __FILE__, __LINE__);
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QJsonObject json(const QStringList &arguments, int status) const
    {
        const Run ran = run(arguments);
        if (ran.status != status || !ran.err.isEmpty())
            QTest::qFail(QByteArray("status " + QByteArray::number(ran.status) + ", " + ran.err).constData(),
                         __FILE__, __LINE__);
        return QJsonDocument::fromJson(ran.out).object();
    }
    QString file(const char *name, const QByteArray &text) const
    {
        const QString path = m_room->filePath(QString::fromLatin1(name));
        put(path, text);
        return path;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_room = std::make_unique<QTemporaryDir>();
    }

    void inspectsTheDemo()
    {
        const Run ran = run({u"inspect"_s, u"--demo"_s});
        QCOMPARE(ran.status, 1);
        QVERIFY(ran.err.isEmpty());
        QVERIFY(ran.out.startsWith("Fleet tropo, read 2023-07-18T16:20:48+01:00\n"));
        QVERIFY(ran.out.contains("error  trop02/vm/Acilamwen  [float-duplicate-nic]"));
        QVERIFY(ran.out.contains("[story: float-confused:trop02/vm/Acilamwen]"));
        QVERIFY(ran.out.contains("not known  Ulov on trop02: its description and its inside"));
        QVERIFY(ran.out.endsWith("2 errors, 3 warnings, 10 infos\n"));
        QCOMPARE(run({u"inspect"_s, u"--demo"_s}).out, ran.out);
    }

    void printsTheJsonThatIsDescribed()
    {
        const QJsonObject all = json({u"inspect"_s, u"--demo"_s, u"--format"_s, u"json"_s}, 1);
        QCOMPARE(all.keys(),
                 QStringList({u"counts"_s, u"findings"_s, u"fleet"_s, u"floats"_s, u"forecast"_s, u"format"_s,
                              u"not_known"_s, u"problems"_s, u"stories"_s, u"swarm"_s, u"taken"_s}));
        QCOMPARE(all.value(u"format"_s), QJsonValue(1));
        QCOMPARE(all.value(u"fleet"_s), QJsonValue(u"tropo"_s));
        QCOMPARE(all.value(u"taken"_s), QJsonValue(u"2023-07-18T16:20:48+01:00"_s));
        QCOMPARE(all.value(u"counts"_s).toObject(),
                 (QJsonObject{{u"error"_s, 2}, {u"warning"_s, 3}, {u"info"_s, 10}}));
        QCOMPARE(all.value(u"findings"_s).toArray().size(), 15);
        for (const QJsonValue &value : all.value(u"findings"_s).toArray()) {
            const QJsonObject finding = value.toObject();
            QCOMPARE(finding.keys(),
                     QStringList({u"accepted"_s, u"evidence"_s, u"fixes"_s, u"id"_s, u"message"_s,
                                  u"related"_s, u"rule"_s, u"severity"_s, u"subject"_s}));
            for (const char16_t *key : {u"id", u"message", u"rule", u"severity", u"subject"})
                QVERIFY(!finding.value(QStringView(key)).toString().isEmpty());
            QCOMPARE(finding.value(u"id"_s).toString(),
                     finding.value(u"rule"_s).toString() + u':' + finding.value(u"subject"_s).toString());
            QVERIFY(finding.value(u"accepted"_s).isNull());
            QVERIFY(finding.value(u"related"_s).isArray() && finding.value(u"fixes"_s).isArray());
            QVERIFY(!finding.value(u"evidence"_s).toArray().isEmpty());
            for (const QJsonValue &quote : finding.value(u"evidence"_s).toArray()) {
                QCOMPARE(keysOf(quote), QStringList({u"document"_s, u"lines"_s, u"text"_s}));
                const QJsonArray lines = quote.toObject().value(u"lines"_s).toArray();
                QCOMPARE(lines.size(), 2);
                const bool whole = lines[0].toInt() == 0 && lines[1].toInt() == 0; // the document as a whole
                QVERIFY(whole || (lines[0].toInt() >= 1 && lines[1].toInt() >= lines[0].toInt()));
                QVERIFY(quote.toObject().value(u"text"_s).isString());
            }
        }
        QCOMPARE(all.value(u"problems"_s).toArray().size(), 2);
        for (const QJsonValue &problem : all.value(u"problems"_s).toArray()) {
            QCOMPARE(keysOf(problem), QStringList({u"document"_s, u"line"_s, u"message"_s}));
            QCOMPARE(problem.toObject().value(u"line"_s), QJsonValue(4));
        }
    }

    void theFirstMismatchStandsOnItsLines()
    {
        const QJsonObject all =
            json({u"inspect"_s, u"--demo"_s, u"--format=json"_s, u"--rule"_s, u"float-mac-ip-mismatch"_s}, 1);
        const QJsonObject finding = all.value(u"findings"_s).toArray().at(0).toObject();
        QCOMPARE(finding.value(u"id"_s).toString(), u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens5"_s);
        QVERIFY(finding.value(u"related"_s).toArray().contains(u"float/float1"_s));
        QVERIFY(finding.value(u"related"_s).toArray().contains(u"float/float2"_s));
        QVERIFY(finding.value(u"evidence"_s)
                    .toArray()
                    .contains(QJsonObject{{u"document"_s, u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s},
                                          {u"lines"_s, QJsonArray{8, 8}},
                                          {u"text"_s, u"HWADDR=52:54:00:00:01:01"_s}}));
        QVERIFY(finding.value(u"fixes"_s).toArray().contains(u"float-repair"_s));
    }

    void failsOnTheSeverityAskedFor()
    {
        const auto status = [this](const char *rule, const char *severity) {
            return run({u"inspect"_s, u"--demo"_s, u"--rule"_s, QString::fromLatin1(rule), u"--fail-on"_s,
                        QString::fromLatin1(severity)})
                .status;
        };
        QCOMPARE(status("float-duplicate-nic", "error"), 1);
        QCOMPARE(status("guest-os-eol", "error"), 0);
        QCOMPARE(status("guest-os-eol", "warning"), 1);
        QCOMPARE(status("container-image-shared", "warning"), 0);
        QCOMPARE(status("container-image-shared", "info"), 1);
    }

    void showsTheRulesAskedFor()
    {
        const QJsonObject two = json({u"inspect"_s, u"--format"_s, u"json"_s, u"--rule"_s, u"guest-os-eol"_s,
                                      u"container-image-shared"_s, u"--demo"_s},
                                     0);
        QCOMPARE(two.value(u"findings"_s).toArray().size(), 2);
        QCOMPARE(two.value(u"counts"_s).toObject(),
                 (QJsonObject{{u"error"_s, 0}, {u"warning"_s, 1}, {u"info"_s, 1}}));
    }

    void refusesInOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *line, const char *said) {
            QTest::newRow(line) << QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts)
                                << QString::fromUtf8(said);
        };
        row("", "no display to open a window on; troposcope inspect prints the findings without one");
        row("--demo", "no display to open a window on");
        row("explode", "\"explode\" is no command");
        row("\x1b[31mred", "\"\xe2\x90\x9b[31mred\" is no command");
        row("inspect --demo two\nlines", "\"two\xe2\x90\x8alines\" is one argument too many");
        row("inspect", "inspect needs");
        row("inspect --demo --rule nope", "there is no rule \"nope\"; troposcope rules lists them");
        row("inspect --demo --rule guest-os-eol nope", "there is no rule \"nope\"");
        row("inspect --capture ROOM/missing", "ROOM/missing: does not exist");
        row("inspect --capture ROOM/garbage", "ROOM/garbage: is no capture");
        row("inspect --capture ROOM/newer", "is a capture of format 2; this program reads format 1");
        row("inspect --capture ROOM/cut.zip", "ROOM/cut.zip: is damaged");
        row("inspect --capture ROOM/empty", "ROOM/empty: holds nothing that a capture would");
        row("inspect --fleet ROOM/missing.toml", "ROOM/missing.toml: could not be read");
        row("inspect --fleet ROOM", "ROOM: could not be read");
        row("inspect --fleet ROOM/typo.toml", "ROOM/typo.toml:3:1: unknown key \"nmae\" in [fleet]");
        row("inspect --fleet ROOM/syntax.toml", "ROOM/syntax.toml:2:10: ");
        row("inspect --fleet ROOM/nobody.toml", "ROOM/nobody.toml: names no [[hypervisor]]");
        row("capture --fleet ROOM/typo.toml --output ROOM/new", "ROOM/typo.toml:3:1: ");
        row("capture --fleet ROOM/fleet.toml --output ROOM/garbage", "ROOM/garbage: exists already");
        row("capture --fleet ROOM/fleet.toml --output ROOM/no/new", "ROOM/no: is no folder");
        row("identify x --capture ROOM/missing", "ROOM/missing: does not exist");
        row("forecast Acilamwne --demo", "is called \"Acilamwne\"; near it: Acilamwen");
        row("forecast float/float1 --demo", "no hypervisor or virtual machine that was read is called");
        row("shot --demo --view nope --output ROOM/a.png",
            "there is no view \"nope\" to picture; there are fleet, findings, floats, containers, changes");
        row("shot --demo --view fleet --with ROOM/empty --output ROOM/a.png", "--with is for --view changes");
        row("shot --demo --view changes --with ROOM/missing --output ROOM/a.png",
            "ROOM/missing: does not exist");
        row("compare ROOM/missing ROOM/empty", "ROOM/missing: does not exist");
        row("compare ROOM/garbage ROOM/empty", "ROOM/garbage: is no capture");
        row("shot --demo --view fleet --output ROOM/a.gif", "a picture's name must end in .png");
        row("shot --demo --view fleet --output ROOM/no/a.png",
            "ROOM/no/a.png: the picture could not be written");
        row("shot --demo --view fleet --output ROOM/a.png --select trop02/vm/Nobody",
            "nothing that was read is the subject \"trop02/vm/Nobody\"");
        row("shot --demo --view fleet --output ROOM/a.png --size 1x1", "--size must be");
    }
    void refusesInOneLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        file("garbage", "#!/bin/sh\n");
        file("newer/capture.json", "{\"format\": 2}");
        file("newer/trop02/host/hostname.txt", "trop02\n");
        file("typo.toml", "[fleet]\nname = \"tropo\"\nnmae = \"tropo\"\n");
        file("syntax.toml", "[fleet]\nname = tropo\n");
        file("nobody.toml", "[fleet]\nname = \"tropo\"\n");
        file("fleet.toml", fleetText);
        const QString zip = m_room->filePath(u"cut.zip"_s);
        QVERIFY(pack(zip, Packing::Zip, {{"trop02/host/hostname.txt", QByteArray(5000, 'x')}}));
        QVERIFY(QFile::resize(zip, 40));
        QVERIFY(QDir().mkdir(m_room->filePath(u"empty"_s)));
        arguments.replaceInStrings(u"ROOM"_s, m_room->path());
        said.replace(u"ROOM"_s, m_room->path());
        const Run ran = run(arguments);
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.out.isEmpty(), ran.out.constData());
        QVERIFY2(ran.err.count('\n') == 1 && ran.err.endsWith('\n'), ran.err.constData());
        QVERIFY(ran.err.startsWith("troposcope: "));
        QVERIFY2(QString::fromUtf8(ran.err).contains(said), ran.err.constData());
        QVERIFY(!hasControls(ran.err));
        QVERIFY(!QFileInfo::exists(m_room->filePath(u"new"_s)) &&
                !QFileInfo::exists(m_room->filePath(u"a.png"_s)));
    }

    void saysThatAFileMayNotBeRead()
    {
        const QString path = file("secret.zip", "x");
        const QString fleet = file("secret.toml", fleetText);
        QVERIFY(QFile::setPermissions(path, {}) && QFile::setPermissions(fleet, {}));
        QVERIFY(QFile::setPermissions(m_room->path(), QFile::Permissions(0x7755)));
        const OrdinaryUser user;
        for (const QStringList &source :
             {QStringList{u"--capture"_s, path}, QStringList{u"--fleet"_s, fleet}}) {
            const Run ran = run(QStringList{u"inspect"_s} + source);
            QCOMPARE(ran.status, 2);
            QCOMPARE(ran.err.count('\n'), 1);
            QVERIFY2(ran.err.contains(source[1].toUtf8()), ran.err.constData());
        }
    }

    void aTypoInACapturesFleetFileIsListed()
    {
        file("c/fleet.toml", "[fleet]\nname = \"tropo\"\nnmae = 1\n");
        file("c/trop02/libvirt/list.txt", " Id   Name   State\n-------\n 1    Ulov   running\n");
        const QJsonObject all =
            json({u"inspect"_s, u"--capture"_s, m_room->filePath(u"c"_s), u"--format=json"_s}, 0);
        const QJsonArray problems = all.value(u"problems"_s).toArray();
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems[0].toObject().value(u"document"_s).toString(), u"fleet.toml"_s);
        QCOMPARE(problems[0].toObject().value(u"line"_s), QJsonValue(3));
        QVERIFY(problems[0].toObject().value(u"message"_s).toString().contains(u"nmae"));
        const Run text = run({u"inspect"_s, u"--capture"_s, m_room->filePath(u"c"_s)});
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.contains("not understood  fleet.toml:3  "), text.out.constData());
        QVERIFY2(text.out.contains("Ulov on trop02"), text.out.constData());
    }

    void acceptedFindingsAreListedButDoNotFail()
    {
        QVERIFY(QProcess::execute(u"cp"_s, {u"-r"_s, QStringLiteral(PROJECT_SOURCE "/resources/demo"),
                                            m_room->filePath(u"c"_s)}) == 0);
        QFile fleet(m_room->filePath(u"c/fleet.toml"_s));
        QVERIFY(fleet.open(QIODevice::Append));
        fleet.write("\n[[accept]]\nrule = \"guest-os-eol\"\nsubject = \"trop02/vm/Acilamwen\"\nreason = "
                    "\"soon gone\"\n");
        fleet.close();
        const QJsonObject all =
            json({u"inspect"_s, u"--capture"_s, m_room->filePath(u"c"_s), u"--format=json"_s, u"--rule"_s,
                  u"guest-os-eol"_s, u"--fail-on=warning"_s},
                 0);
        QCOMPARE(all.value(u"counts"_s).toObject().value(u"warning"_s), QJsonValue(0));
        QCOMPARE(all.value(u"findings"_s).toArray().at(0).toObject().value(u"accepted"_s),
                 QJsonValue(u"soon gone"_s));
    }

    void nothingHostileReachesTheTerminal()
    {
        const QByteArray evil = "\x1b]0;owned\x07\x1b[2J\xc2\x9b"
                                "31m\xe2\x80\xae";
        file("c/fleet.toml",
             fleetText + "[[float]]\nname = \"f\"\nip = \"129.215.175.100\"\nmac = \"52:54:00:00:01:00\"\n");
        const QByteArray nic =
            "<interface type='bridge'><mac address='52:54:00:00:01:00'/><target dev='vnet\xc2\x9b"
            "1'/></interface>";
        file("c/trop02/libvirt/domains/%1B%5B31mA.xml",
             "<domain type='kvm'><name>a</name><uuid>5f3a3a5e-0000-4000-8000-000000000001</uuid><devices>" +
                 nic + nic + "</devices></domain>");
        file("c/trop02/host/hostname.txt", evil);
        file("c/trop02/host/date.txt", evil);
        file("c/trop02/host/interfaces.txt", evil + "\n");
        file("c/trop02/guests/%1B%5B31mA/guest/redhat-release.txt", evil);
        file("c/trop02/guests/%1B%5B31mA/docker/ps.json",
             "{\"ID\": \"0123456789ab\", \"Names\": \"n\\u001b[31m\", \"Image\": \"" +
                 QByteArray("x\xc2\x9b") + "31m:latest\", \"State\": \"running\"}\n");
        file("c/trop02/errors.json",
             "[{\"source\": \"guest x\\u001b[2J\", \"error\": \"no\\u001b]0;x\\u0007\\nroute\"}]");
        file("c/\x1b[31mred/host/hostname.txt", "x");
        const QString path = m_room->filePath(u"c"_s);
        const Run text = run({u"inspect"_s, u"--capture"_s, path});
        QVERIFY2(text.status == 0 || text.status == 1, text.err.constData());
        QVERIFY(text.out.contains("31mA")); // it is told of, in a form that does no harm
        QVERIFY(!hasControls(text.out) && !hasControls(text.err));
        const Run data = run({u"inspect"_s, u"--capture"_s, path, u"--format=json"_s});
        QVERIFY(!QJsonDocument::fromJson(data.out).object().isEmpty());
        QVERIFY(!hasControls(data.out));
        for (const char *query : {"31mA", "52:54:00:00:01:00", "\x1b[31mred", "129.215.175.100"})
            for (const char *format : {"--format=text", "--format=json"}) {
                const Run found = run({u"identify"_s, QString::fromUtf8(query), u"--capture"_s, path,
                                       QString::fromLatin1(format)});
                QCOMPARE(found.status, 0);
                QVERIFY2(!hasControls(found.out) && !hasControls(found.err), query);
            }
    }

    void listsTheRules()
    {
        const QJsonObject all = json({u"rules"_s, u"--format"_s, u"json"_s}, 0);
        const QJsonArray rules = all.value(u"rules"_s).toArray();
        QSet<QString> names;
        for (const QJsonValue &rule : rules) {
            QCOMPARE(keysOf(rule), QStringList({u"consequence"_s, u"explanation"_s, u"fixes"_s, u"reads"_s,
                                                u"rule"_s, u"severity"_s, u"title"_s}));
            names.insert(rule.toObject().value(u"rule"_s).toString());
        }
        QCOMPARE(names.size(), rules.size());
        for (const char16_t *name : {u"float-duplicate-nic", u"float-mac-ip-mismatch", u"guest-os-eol"})
            QVERIFY(names.contains(QString::fromUtf16(name)));
        const Run text = run({u"rules"_s});
        QCOMPARE(text.status, 0);
        for (const QString &name : names)
            QVERIFY2(text.out.contains(name.toUtf8()), qPrintable(name));
    }

    void identifies_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("match");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *query, const char *kind, const char *owner, const char *match,
                            const char *said) {
            QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(kind)
                                 << QString::fromLatin1(owner) << QString::fromLatin1(match)
                                 << QString::fromLatin1(said);
        };
        row("52:54:00:00:01:01", "mac", "", "trop02/vm/Acilamwen/if/ens5", "is float2's MAC");
        row("52:54:00:02:02:0F", "mac", "trop02", "", "52:54:00:02:02:0f");
        row("fe:54:00:00:01:01", "tap-mac", "", "float/float2", "the MAC of a tap on a hypervisor");
        row("fe80::fc54:ff:fe00:101", "ipv6", "", "trop02", "was made of the MAC fe:54:00:00:01:01");
        row("192.168.202.15", "ipv4", "trop02", "", "192.168.202.15");
        row("129.215.175.100", "ipv4", "", "float/float1", "float1");
        row("acilamwen", "name", "trop02", "trop02/vm/Acilamwen", "\"acilamwen\" is known in 2 places");
        row("Nobody", "name", "", "", "Nothing that was read is called");
    }
    void identifies()
    {
        QFETCH(QString, query);
        QFETCH(QString, kind);
        QFETCH(QString, owner);
        QFETCH(QString, match);
        QFETCH(QString, said);
        const QJsonObject found = json({u"identify"_s, query, u"--demo"_s, u"--format"_s, u"json"_s}, 0);
        QCOMPARE(found.keys(),
                 QStringList({u"belongs_to"_s, u"explanation"_s, u"kind"_s, u"matches"_s, u"query"_s}));
        QCOMPARE(found.value(u"query"_s).toString(), query);
        QCOMPARE(found.value(u"kind"_s).toString(), kind);
        QCOMPARE(found.value(u"belongs_to"_s), owner.isEmpty() ? QJsonValue() : QJsonValue(owner));
        QVERIFY2(found.value(u"explanation"_s).toString().contains(said),
                 qPrintable(found.value(u"explanation"_s).toString()));
        QStringList subjects;
        for (const QJsonValue &one : found.value(u"matches"_s).toArray()) {
            QCOMPARE(keysOf(one), QStringList({u"subject"_s, u"why"_s}));
            QVERIFY(!one.toObject().value(u"why"_s).toString().isEmpty());
            subjects.append(one.toObject().value(u"subject"_s).toString());
        }
        QVERIFY2(match.isEmpty() || subjects.contains(match), qPrintable(subjects.join(u' ')));
        const Run text = run({u"identify"_s, query, u"--demo"_s});
        QCOMPARE(text.status, 0);
        QVERIFY(QString::fromUtf8(text.out).startsWith(found.value(u"explanation"_s).toString()));
    }

    void identifiesARangeAndAPastedText()
    {
        const QJsonObject range =
            json({u"identify"_s, u"192.168.202.0/24"_s, u"--demo"_s, u"--format=json"_s}, 0);
        QCOMPARE(range.keys(), QStringList({u"belongs_to"_s, u"explanation"_s, u"kind"_s, u"matches"_s,
                                            u"next_free"_s, u"query"_s}));
        QCOMPARE(range.value(u"belongs_to"_s).toString(), u"trop02"_s);
        const QJsonObject next = range.value(u"next_free"_s).toObject();
        QCOMPARE(next.keys(), QStringList({u"address"_s, u"checked"_s, u"mac"_s, u"not_read"_s, u"text"_s}));
        QCOMPARE(next.value(u"address"_s).toString(), u"192.168.202.16"_s);
        QCOMPARE(next.value(u"mac"_s).toString(), u"52:54:00:02:02:10"_s);
        QVERIFY(!next.value(u"not_read"_s).toArray().isEmpty());
        const QJsonObject text = json({u"identify"_s, u"IPADDR=129.215.175.100\nHWADDR=52:54:00:00:01:01"_s,
                                       u"--demo"_s, u"--format=json"_s},
                                      0);
        QCOMPARE(text.keys(), QStringList({u"belongs_to"_s, u"explanation"_s, u"kind"_s, u"matches"_s,
                                           u"parts"_s, u"query"_s, u"together"_s}));
        QCOMPARE(text.value(u"parts"_s).toArray().size(), 2);
        QCOMPARE(text.value(u"together"_s).toArray().at(0).toObject().value(u"fits"_s), QJsonValue(false));
        const QJsonObject near = json({u"identify"_s, u"Acilawmen"_s, u"--demo"_s, u"--format=json"_s}, 0);
        QCOMPARE(near.value(u"nearest"_s).toArray().at(0).toObject().value(u"value"_s).toString(),
                 u"Acilamwen"_s);
    }

    void foreseesARestart()
    {
        for (const QString &subject : {u"Acilamwen"_s, u"trop02/Acilamwen"_s, u"trop02/vm/Acilamwen"_s}) {
            const QJsonObject found =
                json({u"forecast"_s, subject, u"--demo"_s, u"--format"_s, u"json"_s}, 0);
            QCOMPARE(found.keys(),
                     QStringList({u"format"_s, u"items"_s, u"not_known"_s, u"subject"_s, u"summary"_s}));
            QCOMPARE(found.value(u"subject"_s).toString(), u"trop02/vm/Acilamwen"_s);
            QVERIFY(!found.value(u"not_known"_s).toArray().isEmpty());
        }
        const Run healthy = run({u"forecast"_s, u"Haloweth"_s, u"--demo"_s});
        QCOMPARE(healthy.status, 0);
        QCOMPARE(healthy.out, QByteArray("If trop03/vm/Haloweth restarted now (shut down and started again): "
                                         "nothing would change.\n\n"));
    }

    void inspectCarriesTheForecastOfEveryMachine()
    {
        const QJsonArray all =
            json({u"inspect"_s, u"--demo"_s, u"--format=json"_s}, 1).value(u"forecast"_s).toArray();
        QCOMPARE(all.size(), 4 + 3 + 5 + 2 + 2);
        for (const QJsonValue &one : all)
            QCOMPARE(keysOf(one), QStringList({u"items"_s, u"not_known"_s, u"subject"_s, u"summary"_s}));
    }

    void aForecastQuotesItsLines()
    {
        QVERIFY(QProcess::execute(u"cp"_s, {u"-r"_s, QStringLiteral(PROJECT_SOURCE "/resources/demo"),
                                            m_room->filePath(u"c"_s)}) == 0);
        QFile file(m_room->filePath(u"c/trop03/libvirt/domains/Haloweth.inactive.xml"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray text = file.readAll().replace("52:54:00:00:01:02", "52:54:00:00:01:03");
        QVERIFY(file.seek(0) && file.write(text) == text.size());
        file.close();
        const QJsonObject found = json(
            {u"forecast"_s, u"Haloweth"_s, u"--capture"_s, m_room->filePath(u"c"_s), u"--format=json"_s}, 0);
        const QJsonArray items = found.value(u"items"_s).toArray();
        QVERIFY(items.size() >= 2);
        for (const QJsonValue &item : items) {
            QCOMPARE(keysOf(item),
                     QStringList({u"evidence"_s, u"kind"_s, u"message"_s, u"subject"_s, u"weight"_s}));
            QVERIFY(!item.toObject().value(u"evidence"_s).toArray().isEmpty());
            for (const QJsonValue &quote : item.toObject().value(u"evidence"_s).toArray())
                QVERIFY(!quote.toObject().value(u"text"_s).toString().isEmpty());
        }
        QCOMPARE(items[0].toObject().value(u"kind"_s).toString(), u"float-lost"_s);
        QCOMPARE(items[0].toObject().value(u"weight"_s).toString(), u"lost"_s);
        const Run said = run({u"forecast"_s, u"Haloweth"_s, u"--capture"_s, m_room->filePath(u"c"_s)});
        QVERIFY2(said.out.contains("lost  trop03/vm/Haloweth/if/"), said.out.constData());
        QVERIFY2(said.out.contains("    see trop03/libvirt/domains/Haloweth.inactive.xml:"),
                 said.out.constData());
    }

    void comparesTwoCaptures()
    {
        const QString path = m_room->filePath(u"c"_s);
        const QString demo = QStringLiteral(PROJECT_SOURCE "/resources/demo");
        QVERIFY(QProcess::execute(u"cp"_s, {u"-r"_s, demo, path}) == 0);
        QFile file(path + u"/trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray text =
            file.readAll().replace("HWADDR=52:54:00:00:01:01", "HWADDR=52:54:00:00:01:00");
        QVERIFY(file.seek(0) && file.write(text) == text.size());
        file.close();
        const QJsonObject same = json({u"compare"_s, demo, demo, u"--format=json"_s}, 0);
        QVERIFY(same.value(u"changes"_s).toArray().isEmpty());
        QVERIFY(same.value(u"not_compared"_s).toArray().isEmpty());
        const QJsonObject found = json({u"compare"_s, demo, path, u"--format=json"_s}, 0);
        QCOMPARE(found.value(u"before"_s).toObject().value(u"origin"_s).toString(), demo);
        const QJsonArray changes = found.value(u"changes"_s).toArray();
        QVERIFY(std::any_of(changes.begin(), changes.end(), [](const QJsonValue &change) {
            return change.toObject().value(u"what"_s).toString() == u"setting" &&
                   change.toObject().value(u"subject"_s).toString() == u"trop02/vm/Acilamwen/if/ens5";
        }));
        const Run said = run({u"compare"_s, demo, path});
        QCOMPARE(said.status, 0);
        QVERIFY2(
            said.out.contains("    changed  HWADDR in ifcfg-ens5 of Acilamwen was 52:54:00:00:01:01 and is "
                              "52:54:00:00:01:00.\n"),
            said.out.constData());
    }

    void takesAPicture_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QSize>("size");
        QTest::newRow("fleet") << QStringList{u"--view"_s, u"fleet"_s} << QSize(1600, 1000);
        QTest::newRow("floats") << QStringList{u"--view"_s, u"floats"_s} << QSize(1600, 1000);
        QTest::newRow("findings") << QStringList{u"--view"_s, u"findings"_s, u"--size"_s, u"900x640"_s,
                                                 u"--dark"_s}
                                  << QSize(900, 640);
        QTest::newRow("changes of one") << QStringList{u"--view"_s, u"changes"_s} << QSize(1600, 1000);
        QTest::newRow("changes") << QStringList{u"--view"_s, u"changes"_s, u"--with"_s,
                                                QStringLiteral(PROJECT_SOURCE "/resources/demo")}
                                 << QSize(1600, 1000);
        QTest::newRow("subject") << QStringList{u"--view"_s, u"fleet"_s, u"--size=800x600"_s, u"--select"_s,
                                                u"trop02/vm/Acilamwen/if/ens5"_s}
                                 << QSize(800, 600);
    }
    void takesAPicture()
    {
        QFETCH(QStringList, more);
        QFETCH(QSize, size);
        const QString path = m_room->filePath(u"a.png"_s);
        const Run ran = run(QStringList{u"shot"_s, u"--demo"_s, u"--output"_s, path} + more);
        QVERIFY2(ran.status == 0, ran.err.constData());
        QVERIFY2(ran.out.isEmpty() && ran.err.isEmpty(), ran.err.constData());
        QImageReader reader(path);
        QCOMPARE(reader.format(), QByteArray("png"));
        QCOMPARE(reader.size(), size);
    }

    void helpsAndTellsItsVersion()
    {
        const Run help = run({u"--help"_s});
        QCOMPARE(help.status, 0);
        QVERIFY(help.err.isEmpty());
        QVERIFY(help.out.contains("troposcope inspect"));
        QCOMPARE(run({u"shot"_s, u"-h"_s}).out, help.out);
        const Run version = run({u"--version"_s});
        QCOMPARE(version.status, 0);
        QVERIFY(QRegularExpression(u"^troposcope \\d+\\.\\d+\\.\\d+\\n$"_s)
                    .match(QString::fromUtf8(version.out))
                    .hasMatch());
    }

    void aResultThatIsLostIsNoSuccess()
    {
        for (const QStringList &arguments :
             {QStringList{u"inspect"_s, u"--demo"_s}, QStringList{u"rules"_s}}) {
            const Run ran = run(arguments, u"/dev/full"_s);
            QCOMPARE(ran.status, 2);
            QCOMPARE(ran.err,
                     QByteArray(
                         "troposcope: standard output: does not take the result: No space left on device\n"));
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_room;
};

QTEST_GUILESS_MAIN(TestProgram)
#include "test_program.moc"
