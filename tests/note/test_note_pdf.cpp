#include "views/report/note_document.h"
#include "views/report/note_pdf.h"

#include <QApplication>
#include <QRegularExpression>
#include <QTest>

#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

QList<NoteBlock> longNote(int findings, int lines = 12)
{
    QList<NoteBlock> blocks{HeadingBlock{1, u"A note"_s, {}, {}}};
    for (int i = 0; i < findings; ++i) {
        blocks.append(HeadingBlock{2, u"Finding %1 <b>"_s.arg(i), Severity::Error, {}});
        for (int line = 0; line < lines; ++line)
            blocks.append(
                ParagraphBlock{u"What is wrong with it, at some length, so that a page is filled."_s, false});
    }
    return blocks;
}

} // namespace

class TestNotePdf : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void headingsAreBookmarks()
    {
        const auto bytes = notePdf(longNote(20), u"A note"_s);
        QVERIFY(bytes);
        QPDF pdf;
        pdf.processMemoryFile("note.pdf", bytes->constData(), static_cast<size_t>(bytes->size()));
        QVERIFY(pdf.getAllPages().size() > 2);
        QPDFObjectHandle outlines = pdf.getRoot().getKey("/Outlines");
        QVERIFY(outlines.isDictionary());
        QPDFObjectHandle first = outlines.getKey("/First");
        QCOMPARE(QString::fromStdString(first.getKey("/Title").getUTF8Value()), u"A note"_s);
        QPDFObjectHandle child = first.getKey("/First");
        int children = 0;
        for (; child.isDictionary(); child = child.getKey("/Next"))
            ++children;
        QCOMPARE(children, 20);
        // The last is on a later page than the first.
        QVERIFY(first.getKey("/Last").getKey("/Dest").getArrayItem(0).getObjectID() !=
                first.getKey("/First").getKey("/Dest").getArrayItem(0).getObjectID());
    }

    void noHeadingStandsAtTheFootOfAPage()
    {
        for (int lines = 3; lines <= 20; ++lines) {
            const auto bytes = notePdf(longNote(30, lines), u"A note"_s);
            QVERIFY(bytes);
            QPDF pdf;
            pdf.processMemoryFile("note.pdf", bytes->constData(), static_cast<size_t>(bytes->size()));
            QPDFObjectHandle heading = pdf.getRoot().getKey("/Outlines").getKey("/First").getKey("/First");
            for (; heading.isDictionary(); heading = heading.getKey("/Next")) {
                const double top = heading.getKey("/Dest").getArrayItem(3).getNumericValue();
                // The text ends 59 pt above the edge; a heading takes 15, and a line below it 10.
                QVERIFY2(top > 59 + 18, qPrintable(u"%1 lines: %2 pt"_s.arg(lines).arg(top)));
            }
        }
    }

    void textFromMachinesIsText()
    {
        QTextDocument document;
        fillDocument(&document,
                     {HeadingBlock{1, u"<b>x</b>"_s, {}, {}},
                      MarkdownBlock{u"**own** <i>html</i> ![p](http://e/p.png)"_s},
                      TableBlock{{u"a"_s}, {{u"<i>cell</i>"_s}}, {}, {}}, ListBlock{{u"one"_s}, true}},
                     600);
        const QString text = document.toPlainText();
        QVERIFY(text.contains(u"<b>x</b>"_s));
        QVERIFY(text.contains(u"<i>cell</i>"_s));
        QVERIFY(text.contains(u"own"_s));
        QVERIFY(!text.contains(QChar::ObjectReplacementCharacter));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestNotePdf test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_note_pdf.moc"
