#include "app/arguments.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

Result<Request> parse(const char *line)
{
    const QString text = QString::fromUtf8(line);
    return parseArguments(QStringList{u"troposcope"_s} + text.split(u' ', Qt::SkipEmptyParts));
}

} // namespace

class TestArguments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingOpensTheWindow()
    {
        const auto request = parse("");
        QVERIFY(request);
        QCOMPARE(request->command, QString());
        QCOMPARE(request->source, SourceKind::None);
        QCOMPARE(parse("--demo")->source, SourceKind::Demo);
        QCOMPARE(parse("--capture c.zip")->path, u"c.zip"_s);
        QCOMPARE(parse("--capture c.zip")->source, SourceKind::Capture);
        QCOMPARE(parse("--fleet=f.toml")->path, u"f.toml"_s);
        QCOMPARE(parse("--fleet=f.toml")->source, SourceKind::FleetFile);
    }

    void planAndApplyTakeAPlansWords()
    {
        const auto plan = parse("plan --demo float-repair float1 --keep ip --revert 300 --format sh");
        QVERIFY(plan);
        QCOMPARE(plan->plan.name, u"float-repair"_s);
        QCOMPARE(plan->plan.arguments, QStringList{u"float1"_s});
        QCOMPARE(plan->plan.options.value(u"keep"_s), u"ip"_s);
        QCOMPARE(plan->plan.options.value(u"revert"_s), u"300"_s);
        QCOMPARE(plan->format, u"sh"_s);
        const auto apply = parse("apply --fleet f.toml float-reassign float1 trop03/Larithiel --yes");
        QVERIFY(apply);
        QVERIFY(apply->yes);
        QCOMPARE(apply->plan.arguments, QStringList({u"float1"_s, u"trop03/Larithiel"_s}));
        QCOMPARE(parse("apply --fleet f --undo j.jsonl")->undoJournal, u"j.jsonl"_s);
        QCOMPARE(parse("apply --fleet f --resume j.jsonl")->resumeJournal, u"j.jsonl"_s);
        QVERIFY(!parse("apply --fleet f --resume j.jsonl")->yes);
    }

    void inspectTakesItsOptions()
    {
        const auto plain = parse("inspect --demo");
        QVERIFY(plain);
        QCOMPARE(plain->command, u"inspect"_s);
        QCOMPARE(plain->format, u"text"_s);
        QCOMPARE(plain->failOn, Severity::Error);
        QVERIFY(plain->rules.isEmpty() && !plain->costs);
        const auto full =
            parse("inspect --format json --fail-on warning --costs --fleet f.toml --rule a b --rule c");
        QVERIFY(full);
        QCOMPARE(full->format, u"json"_s);
        QCOMPARE(full->failOn, Severity::Warning);
        QVERIFY(full->costs && !full->probeFloats);
        QVERIFY(parse("inspect --fleet f --probe-floats")->probeFloats);
        QCOMPARE(full->path, u"f.toml"_s);
        QStringList rules = full->rules;
        rules.sort();
        QCOMPARE(rules, QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QCOMPARE(parse("inspect --rule a b --demo")->rules, QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(parse("inspect --demo --fail-on info")->failOn, Severity::Info);
    }

    void theOthersTakeTheirs()
    {
        QCOMPARE(parse("capture --fleet f --output o.zip")->output, u"o.zip"_s);
        const auto identify = parse("identify 52:54:00:00:01:00 --demo --format json");
        QVERIFY(identify);
        QCOMPARE(identify->text, u"52:54:00:00:01:00"_s);
        QCOMPARE(identify->format, u"json"_s);
        QCOMPARE(parse("identify --demo -- -odd")->text, u"-odd"_s);
        const auto shot = parse("shot --demo --view fleet --output a.png --size 800x640 --select a/b --dark");
        QVERIFY(shot);
        QCOMPARE(shot->view, u"fleet"_s);
        QCOMPARE(shot->output, u"a.png"_s);
        QCOMPARE(shot->size, QSize(800, 640));
        QCOMPARE(shot->select, u"a/b"_s);
        QVERIFY(shot->dark);
        QVERIFY(!shot->redact);
        QVERIFY(parse("shot --demo --view fleet --output a.png --redact")->redact);
        QCOMPARE(parse("shot --demo --view fleet --output a.png")->size, QSize(1600, 1000));
        QCOMPARE(parse("rules --format json")->format, u"json"_s);
    }

    void helpAndVersionNeedNothingElse()
    {
        for (const char *line : {"--help", "-h", "inspect --help", "identify -h", "capture --help"})
            QVERIFY2(parse(line) && parse(line)->help, line);
        for (const char *line : {"--version", "-v", "inspect --version"})
            QVERIFY2(parse(line) && parse(line)->version, line);
        for (const char *word :
             {"inspect", "capture", "identify", "shot", "rules", "--demo", "--fail-on", "--select"})
            QVERIFY2(helpText().contains(QLatin1String(word)), word);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *line, const char *said) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(said);
        };
        row("explode --demo", "\"explode\" is no command; there are inspect, capture, compare, forecast, "
                              "identify, shot, plan, apply, report, rules");
        row("help", "is no command");
        row("Inspect --demo", "is no command");
        row("inspect", "inspect needs --fleet FILE, --capture PATH or --demo");
        row("identify x", "identify needs --fleet FILE, --capture PATH or --demo");
        row("shot --view fleet --output a.png", "shot needs --fleet FILE");
        row("capture --output a.zip", "capture needs --fleet FILE");
        row("capture --demo --output a.zip", "Unknown option 'demo'");
        row("capture --capture b --output a.zip", "Unknown option 'capture'");
        row("capture --fleet f", "capture needs --output");
        row("capture --fleet f --output=", "capture needs --output");
        row("inspect --demo --nope", "Unknown option 'nope'");
        row("inspect --demo --view fleet", "Unknown option 'view'");
        row("inspect --demo --output x", "Unknown option 'output'");
        row("inspect --demo=yes", "demo");
        row("rules --demo", "Unknown option 'demo'");
        row("--format json", "Unknown option 'format'");
        row("--demo --fleet f", "give one of --fleet, --capture and --demo, not several");
        row("inspect --demo --capture c", "give one of");
        row("inspect --fleet f --capture c", "give one of");
        row("inspect --fleet f --fleet g", "--fleet is given twice");
        row("inspect --demo --demo", "--demo is given twice");
        row("inspect --demo --format text --format json", "--format is given twice");
        row("inspect --fleet", "Missing value after '--fleet'");
        row("inspect --demo --rule", "Missing value after '--rule'");
        row("inspect --fleet=", "the source's path is empty");
        row("--capture=", "the source's path is empty");
        row("inspect --demo --format yaml", "--format must be text or json");
        row("inspect --demo --format JSON", "--format must be text or json");
        row("rules --format sh", "--format must be text or json");
        row("plan --demo", "plan needs PLAN ARGS");
        row("plan float-release float1", "plan needs --fleet FILE, --capture PATH or --demo");
        row("plan --demo float-release float1 --format yaml", "--format must be text, json or sh");
        row("plan --demo float-release float1 --yes", "Unknown option 'yes'");
        row("apply --demo", "apply needs PLAN ARGS");
        row("apply --capture c float-release float1", "a capture cannot be changed");
        row("apply --fleet f --resume a --undo b", "give one of --resume and --undo, not both");
        row("apply --fleet f --resume a float-release", "the journal says which plan it is");
        row("apply --fleet f --undo=", "the journal's path is empty");
        row("inspect --demo --fail-on off", "--fail-on must be error, warning or info");
        row("inspect --demo --fail-on=", "--fail-on must be error, warning or info");
        row("inspect --demo --probe-floats", "--probe-floats needs --fleet FILE");
        row("inspect --capture c --costs", "--costs needs --fleet FILE");
        row("inspect --demo extra", "\"extra\" is one argument too many");
        row("extra --demo", "is no command");
        row("--demo extra", "\"extra\" is one argument too many");
        row("identify a b --demo", "\"b\" is one argument too many");
        row("identify --demo", "identify needs TEXT");
        row("forecast --demo", "forecast needs SUBJECT");
        row("compare", "compare needs PATH PATH");
        row("compare one", "compare needs PATH PATH");
        row("compare one two three", "\"three\" is one argument too many");
        row("compare one two --demo", "Unknown option 'demo'");
        row("forecast Ulov", "forecast needs --fleet FILE, --capture PATH or --demo");
        row("rules all", "\"all\" is one argument too many");
        row("shot --demo --output a.png", "shot needs --view");
        row("shot --demo --view fleet", "shot needs --output");
        for (const char *size : {"1600", "1600x", "x1000", "1600x1000x3", "639x1000", "1600x399", "8001x1000",
                                 "-1600x1000", "1e3x1000", "axb", "99999999999x1000", "1600X1000"})
            row(QByteArray("shot --demo --view fleet --output a.png --size ").append(size).constData(),
                "--size must be WIDTHxHEIGHT from 640x400 to 8000x8000, as 1600x1000");
    }
    void refuses()
    {
        QFETCH(QString, line);
        QFETCH(QString, said);
        const auto request = parse(line.toUtf8().constData());
        QVERIFY(!request);
        QCOMPARE(request.error().kind, ErrorKind::Usage);
        QVERIFY2(request.error().text().contains(said), qPrintable(request.error().text()));
        QVERIFY(request.error().text().endsWith(u" (see troposcope --help)"));
    }

    void refusesAnEmptyText()
    {
        const auto request = parseArguments({u"troposcope"_s, u"identify"_s, QString(), u"--demo"_s});
        QVERIFY(!request);
        QVERIFY(request.error().message.startsWith(u"identify needs TEXT"));
        QVERIFY(!parseArguments({u"troposcope"_s, QString()}));
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "test_arguments.moc"
