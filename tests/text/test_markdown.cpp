#include "models/text/markdown.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

class TestMarkdown : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void textFromMachinesIsNoMarkUp_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("escaped");
        QTest::newRow("plain") << u"web 1, 2"_s << u"web 1, 2"_s;
        QTest::newRow("html") << u"<img src=x onerror=alert(1)>"_s
                              << u"\\<img src\\=x onerror\\=alert\\(1\\)\\>"_s;
        QTest::newRow("link") << u"[a](http://b)"_s << u"\\[a\\]\\(http\\://b\\)"_s;
        QTest::newRow("emphasis") << u"*a* _b_ `c`"_s << u"\\*a\\* \\_b\\_ \\`c\\`"_s;
        QTest::newRow("entity") << u"&lt;"_s << u"\\&lt;"_s;
        QTest::newRow("heading") << u"# a"_s << u"\\# a"_s;
    }

    void textFromMachinesIsNoMarkUp()
    {
        QFETCH(QString, text);
        QTEST(markdownText(text), "escaped");
    }

    void aLineStaysALine() { QVERIFY(!markdownText(u"a\nb\r\n# c"_s).contains(u'\n')); }

    void aFenceIsLongerThanWhatItHolds()
    {
        const QString block = markdownBlock(u"a\n````\nb"_s, u"sh"_s);
        QVERIFY2(block.startsWith(u"`````sh\n"_s), qPrintable(block));
        QVERIFY(block.endsWith(u"\n`````\n"_s));
    }
};

QTEST_GUILESS_MAIN(TestMarkdown)
#include "test_markdown.moc"
