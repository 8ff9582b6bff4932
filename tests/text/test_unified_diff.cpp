#include "models/text/line_diff.h"
#include "models/text/unified_diff.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto ifcfg = "NAME=ens5\nDEVICE=ens5\nONBOOT=yes\nTYPE=Ethernet\nBOOTPROTO=static\nIPV4INIT=yes\n"
                       "IPV6INIT=yes\nHWADDR=52:54:00:00:01:01\nNETWORK=129.215.175.0\n"
                       "NETMASK=255.255.255.0\nGATEWAY=129.215.175.126\nIPADDR=129.215.175.100\n";

QByteArray diffOf(const QByteArray &before, const QByteArray &after)
{
    return unifiedDiff({u"a"_s, before}, {u"b"_s, after});
}

/// Texts in files, for the machine's own tools.
class Workshop
{
public:
    QString file(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("no temporary file");
        return file.fileName();
    }

    QByteArray run(const QString &tool, const QStringList &arguments, int *status = nullptr) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(tool, arguments);
        if (!process.waitForFinished())
            return "(" + tool.toUtf8() + " did not run)";
        if (status)
            *status = process.exitCode();
        return process.readAllStandardOutput() + process.readAllStandardError();
    }

    QByteArray toolDiff(const QByteArray &before, const QByteArray &after) const
    {
        return run(u"diff"_s, {u"-u"_s, u"-a"_s, u"--label"_s, u"a"_s, u"--label"_s, u"b"_s,
                               file(u"before"_s, before), file(u"after"_s, after)});
    }

    QByteArray read(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }

private:
    QTemporaryDir m_folder;
};

/// How many lines a shortest difference has, by the plain quadratic way.
int fewestLines(const std::vector<QByteArrayView> &a, const std::vector<QByteArrayView> &b)
{
    std::vector<int> common(b.size() + 1);
    for (const QByteArrayView line : a) {
        int diagonal = 0;
        for (size_t j = 1; j <= b.size(); ++j) {
            const int above = common[j];
            common[j] = line == b[j - 1] ? diagonal + 1 : qMax(above, common[j - 1]);
            diagonal = above;
        }
    }
    return int(a.size() + b.size()) - 2 * common.back();
}

/// The text that the changes make of `before`; "(wrong)" where they do not fit together.
QByteArray rebuilt(const std::vector<LineChange> &changes, const std::vector<QByteArrayView> &before,
                   const std::vector<QByteArrayView> &after)
{
    QByteArray text;
    int a = 0;
    int b = 0;
    for (const LineChange &change : changes) {
        if (change.firstBefore - a != change.firstAfter - b || (a > 0 && change.firstBefore == a) ||
            change.firstBefore < a)
            return "(wrong)";
        for (; a < change.firstBefore; ++a, ++b)
            text += before[size_t(a)];
        for (; b < change.lastAfter; ++b)
            text += after[size_t(b)];
        a = change.lastBefore;
    }
    for (; a < int(before.size()); ++a)
        text += before[size_t(a)];
    return text;
}

int linesIn(const std::vector<LineChange> &changes)
{
    int lines = 0;
    for (const LineChange &change : changes)
        lines += change.lastBefore - change.firstBefore + change.lastAfter - change.firstAfter;
    return lines;
}

/// Lines of a small alphabet, so that many are alike.
class RandomText
{
public:
    int below(int bound) { return int(m_random() % unsigned(bound)); }

    QByteArray text(int lines, int kinds)
    {
        QByteArray text;
        for (int i = 0; i < lines; ++i)
            text += "line " + QByteArray::number(below(kinds)) + '\n';
        if (below(3) == 0)
            text.chop(1);
        return text;
    }

    QByteArray edited(const QByteArray &text, int edits)
    {
        QByteArrayList lines = text.split('\n');
        for (; edits > 0 && !lines.isEmpty(); --edits) {
            const int at = below(int(lines.size()));
            switch (below(3)) {
            case 0:
                lines.removeAt(at);
                break;
            case 1:
                lines.insert(at, "new " + QByteArray::number(below(100)));
                break;
            default:
                lines[at] += " changed";
            }
        }
        return lines.join('\n');
    }

private:
    std::mt19937 m_random{20210208};
};

} // namespace

class TestUnifiedDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void oneChangedValue()
    {
        QByteArray after = ifcfg;
        after.replace("HWADDR=52:54:00:00:01:01", "HWADDR=52:54:00:00:01:00");
        QCOMPARE(unifiedDiff({u"/etc/sysconfig/network-scripts/ifcfg-ens5"_s, ifcfg},
                             {u"/etc/sysconfig/network-scripts/ifcfg-ens5"_s, after}),
                 QByteArray("--- /etc/sysconfig/network-scripts/ifcfg-ens5\n"
                            "+++ /etc/sysconfig/network-scripts/ifcfg-ens5\n"
                            "@@ -5,7 +5,7 @@\n"
                            " BOOTPROTO=static\n IPV4INIT=yes\n IPV6INIT=yes\n"
                            "-HWADDR=52:54:00:00:01:01\n+HWADDR=52:54:00:00:01:00\n"
                            " NETWORK=129.215.175.0\n NETMASK=255.255.255.0\n GATEWAY=129.215.175.126\n"));
        QCOMPARE(diffOf(ifcfg, ifcfg), QByteArray());
    }

    void filesThatComeAndGo()
    {
        QCOMPARE(unifiedDiff({u"f"_s, {}}, {u"f"_s, "a\nb\n"}),
                 QByteArray("--- /dev/null\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n"));
        QCOMPARE(unifiedDiff({u"f"_s, "a"}, {u"f"_s, {}}),
                 QByteArray("--- f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n\\ No newline at end of file\n"));
    }

    void namesCannotForgeLines()
    {
        const QByteArray diff = unifiedDiff({u"a\n+++ b\t\"\\\x1b"_s, "x\n"}, {u"two words"_s, "y\n"});
        QCOMPARE(diff, QByteArray("--- \"a\\n+++ b\\t\\\"\\\\\\033\"\n+++ \"two words\"\n"
                                  "@@ -1 +1 @@\n-x\n+y\n"));
    }

    void asTheToolPrintsIt_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const QByteArray text = ifcfg;
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
            QTest::newRow(name) << before << after;
        };
        row("to nothing", text, "");
        row("from nothing", "", text);
        row("a newline lost", "a\nb\n", "a\nb");
        row("a newline won", "a\nb", "a\nb\n");
        row("no newline in either", "x\nb", "y\nb");
        row("last line without, changed", "a\nb", "a\nc");
        row("only the first line", text, "#\n" + text);
        row("only the last line", text, text + "MTU=1500\n");
        row("two hunks", text, "#\n" + text + "MTU=1500\n");
        row("six lines between", "1\n2\n3\n4\n5\n6\n7\n8\n", "x\n2\n3\n4\n5\n6\n7\ny\n");
        row("seven lines between", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n");
        row("repeated blocks", "{\n a\n}\n{\n b\n}\n", "{\n a\n}\n{\n c\n}\n{\n b\n}\n");
        row("one of equal lines", "a\na\na\n", "a\na\n");
        row("blank lines", "a\n\n\nb\n", "a\n\n\n\nb\n");
        row("moved", "a\nb\nc\nd\ne\n", "d\na\nb\nc\ne\n");
        row("carriage returns", "a\r\nb\r\n", "a\r\nb\n");
        row("bytes", "\xff\xfe\n\x01z\n", "\xff\xfd\n\x01z\n");
        row("all else", "a\nb\nc\n", "d\ne\n");
        QByteArray numbers;
        QByteArray some;
        for (int i = 0; i < 200; ++i) {
            numbers += QByteArray::number(i) + '\n';
            if (i % 23)
                some += QByteArray::number(i) + '\n';
        }
        row("many hunks", numbers, some);
    }
    void asTheToolPrintsIt()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(diffOf(before, after), m_workshop.toolDiff(before, after));
    }

    void editedFilesAsTheToolPrintsThem()
    {
        RandomText random;
        for (int i = 0; i < 60; ++i) {
            const QByteArray before = random.text(5 + random.below(60), 1000);
            const QByteArray after = random.edited(before, 1 + random.below(4));
            QCOMPARE(diffOf(before, after), m_workshop.toolDiff(before, after));
        }
    }

    void isRightAndShortest()
    {
        RandomText random;
        for (int i = 0; i < 3000; ++i) {
            const int kinds = 1 + random.below(12);
            const QByteArray before = random.text(random.below(30), kinds);
            const QByteArray after =
                random.below(2) ? random.text(random.below(30), kinds) : random.edited(before, 5);
            const auto a = linesWithEnds(before);
            const auto b = linesWithEnds(after);
            const auto changes = lineChanges(a, b);
            QCOMPARE(rebuilt(changes, a, b), after);
            QCOMPARE(linesIn(changes), fewestLines(a, b));
        }
    }

    void patchTakesIt()
    {
        if (QStandardPaths::findExecutable(u"patch"_s).isEmpty())
            QSKIP("patch is not installed");
        RandomText random;
        for (int i = 0; i < 40; ++i) {
            const QByteArray before = random.text(1 + random.below(40), 8);
            const QByteArray after = random.edited(before, 1 + random.below(6));
            const QString target = m_workshop.file(u"target"_s, before);
            const QByteArray diff = diffOf(before, after);
            int status = -1;
            const QByteArray said =
                m_workshop.run(u"patch"_s, {u"-s"_s, target, m_workshop.file(u"diff"_s, diff)}, &status);
            QVERIFY2(diff.isEmpty() || status == 0, qPrintable(QString::fromUtf8(said + diff)));
            // What is left without a byte, patch removes.
            if (!after.isEmpty())
                QCOMPARE(m_workshop.read(u"target"_s), after);
        }
    }

    void patchReadsOddNames()
    {
        if (QStandardPaths::findExecutable(u"patch"_s).isEmpty())
            QSKIP("patch is not installed");
        const QString name = u"it's a \"name\"\\ $(x)"_s;
        m_workshop.file(name, "a\nb\n");
        const QByteArray diff = unifiedDiff({name, "a\nb\n"}, {name, "a\nc\n"});
        int status = -1;
        const QByteArray said = m_workshop.run(
            u"patch"_s, {u"-s"_s, u"-p0"_s, u"-i"_s, m_workshop.file(u"diff"_s, diff)}, &status);
        QVERIFY2(status == 0, qPrintable(QString::fromUtf8(said + diff)));
        QCOMPARE(m_workshop.read(name), QByteArray("a\nc\n"));
    }

    void hugeTextsEnd_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        RandomText random;
        QTest::newRow("nothing alike") << random.text(20'000, 1'000'000) << random.text(20'000, 1'000'000);
        QTest::newRow("much alike") << random.text(20'000, 50) << random.text(20'000, 50);
        QTest::newRow("two kinds") << random.text(20'000, 2) << random.text(20'000, 2);
        QTest::newRow("all alike") << QByteArray("x\n").repeated(20'000)
                                   << QByteArray("x\n").repeated(16'000);
        QTest::newRow("turn about") << QByteArray("x\ny\n").repeated(10'000)
                                    << QByteArray("y\ny\nx\n").repeated(7'000);
        QTest::newRow("thousands of edits in turn")
            << QByteArray("x\na\nb\nc\nd\n").repeated(4'000) << QByteArray("y\na\nb\nc\nd\n").repeated(4'000);
    }
    void hugeTextsEnd()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QElapsedTimer clock;
        clock.start();
        const auto a = linesWithEnds(before);
        const auto b = linesWithEnds(after);
        const auto changes = lineChanges(a, b);
        QVERIFY(clock.elapsed() < 20'000);
        QVERIFY(rebuilt(changes, a, b) == after);
        if (QByteArrayView(QTest::currentDataTag()) == "thousands of edits in turn")
            QCOMPARE(linesIn(changes), 8'000);
    }

private:
    Workshop m_workshop;
};

QTEST_GUILESS_MAIN(TestUnifiedDiff)
#include "test_unified_diff.moc"
