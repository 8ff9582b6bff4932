#include "models/text/shell_quote.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

class TestShellQuote : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void quotedForRealShells_data()
    {
        QTest::addColumn<QString>("value");
        const QStringList values{u""_s,
                                 u"plain"_s,
                                 u"two words"_s,
                                 u"it's"_s,
                                 u"'"_s,
                                 u"''"_s,
                                 u"'\\''"_s,
                                 u"$(touch /tmp/x)"_s,
                                 u"`id`"_s,
                                 u"\"; rm -rf x; #"_s,
                                 u"a\nb\n"_s,
                                 u"\\"_s,
                                 u"\\n"_s,
                                 u"-n"_s,
                                 u"*?[a]~"_s,
                                 u"!history"_s,
                                 u"$HOME"_s,
                                 u"a\tb\r"_s,
                                 u"näme \U0001F600"_s,
                                 u"\x01\x1b[31m"_s,
                                 u"&|<>(){}"_s,
                                 QString(5000, u'\'')};
        for (qsizetype i = 0; i < values.size(); ++i)
            QTest::addRow("%d", int(i)) << values[i];
    }
    void quotedForRealShells()
    {
        QFETCH(QString, value);
        const auto quoted = shellQuoted(value);
        QVERIFY(quoted);
        for (const QString &shell : {u"/bin/sh"_s, u"/bin/bash"_s, u"/bin/busybox"_s}) {
            if (!QFile::exists(shell))
                continue;
            QProcess process;
            process.start(shell,
                          (shell.endsWith(u"busybox") ? QStringList{u"sh"_s} : QStringList{}) +
                              QStringList{u"-c"_s, QString::fromUtf8("printf '<%s>' " + *quoted + " end")});
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.readAllStandardOutput(), QByteArray('<' + value.toUtf8() + "><end>"));
        }
    }
    void nulCannotBeQuoted() { QCOMPARE(shellQuoted(u"a\0b"_s).error().kind, ErrorKind::Usage); }
};

QTEST_GUILESS_MAIN(TestShellQuote)
#include "test_shell_quote.moc"
