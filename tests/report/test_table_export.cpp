#include "models/items/export_role.h"
#include "models/report/table_export.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardItemModel>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

void addRow(QStandardItem *parent, const QStringList &cells)
{
    QList<QStandardItem *> row;
    for (const QString &cell : cells)
        row.append(new QStandardItem(cell));
    parent->appendRow(row);
}

} // namespace

class TestTableExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void cellsOfCsv_data()
    {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<QByteArray>("csv");
        QTest::newRow("plain") << u"web1"_s << QByteArray("web1");
        QTest::newRow("empty") << QString() << QByteArray();
        QTest::newRow("comma") << u"a,b"_s << QByteArray("\"a,b\"");
        QTest::newRow("quote") << u"a\"b"_s << QByteArray("\"a\"\"b\"");
        QTest::newRow("lines") << u"a\nb"_s << QByteArray("\"a\nb\"");
        QTest::newRow("blank at the end") << u" a "_s << QByteArray("\" a \"");
        QTest::newRow("formula") << u"=HYPERLINK(\"http://e\")"_s
                                 << QByteArray("\"'=HYPERLINK(\"\"http://e\"\")\"");
        QTest::newRow("plus") << u"+1+cmd|'/C calc'!A0"_s << QByteArray("'+1+cmd|'/C calc'!A0");
        QTest::newRow("at") << u"@SUM(1)"_s << QByteArray("'@SUM(1)");
        QTest::newRow("minus") << u"-2+3+cmd"_s << QByteArray("'-2+3+cmd");
        QTest::newRow("a number below zero") << u"-17"_s << QByteArray("-17");
        QTest::newRow("with a fraction") << u"-1.5"_s << QByteArray("-1.5");
        QTest::newRow("a dash for nothing") << u"-"_s << QByteArray("-");
        QTest::newRow("tab") << u"\t=1"_s << QByteArray("'\t=1");
        QTest::newRow("blank, then a formula") << u"  =1"_s << QByteArray("\"'  =1\"");
    }

    void cellsOfCsv()
    {
        QFETCH(QString, cell);
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({u"A"_s, u"B"_s});
        addRow(model.invisibleRootItem(), {u"x"_s, cell});
        QFETCH(QByteArray, csv);
        QCOMPARE(tableCsv(model), QByteArray("A,B\r\nx," + csv + "\r\n"));
    }

    void firstCellMayBeEmpty()
    {
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({QString(), u"B"_s});
        addRow(model.invisibleRootItem(), {QString(), u"x"_s});
        QCOMPARE(tableCsv(model), QByteArray(",B\r\n,x\r\n"));
    }

    void treesAreTakenRowByRow()
    {
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({u"Name"_s, u"State"_s});
        addRow(model.invisibleRootItem(), {u"trop02"_s, u"up"_s});
        addRow(model.item(0), {u"Acilamwen"_s, u"running"_s});
        addRow(model.invisibleRootItem(), {u"trop03"_s, u"down"_s});
        const QJsonArray rows = QJsonDocument::fromJson(tableJson(model)).array();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[1].toObject(), (QJsonObject{{u"Name"_s, u"Acilamwen"_s}, {u"State"_s, u"running"_s}}));
        QCOMPARE(tableCsv(model).count("\r\n"), 4);
        QCOMPARE(tableMarkdown(model).count(u'\n'), 5);
        QCOMPARE(tableMarkdown(model, {1}).count(u'\n'), 3);
    }

    void whatIsShownShortIsGivenWhole()
    {
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({u"Since"_s, u"What"_s});
        addRow(model.invisibleRootItem(), {u"2 days"_s, u"shown"_s});
        model.item(0)->setData(u"2023-07-18T15:20:48Z"_s, exportRole);
        QCOMPARE(tableCsv(model), QByteArray("Since,What\r\n2023-07-18T15:20:48Z,shown\r\n"));
        QVERIFY(tableMarkdown(model).contains(u"2023"_s));
        QVERIFY(!tableJson(model).contains("2 days"));
        QCOMPARE(exportText(model.index(0, 1)), u"shown"_s);
        model.item(0)->setData(u"=1+1"_s, exportRole);
        QVERIFY(tableCsv(model).contains("'=1+1"));
    }

    void columnsOfOneNameAreAllThere()
    {
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({u"A"_s, u"A"_s, QString()});
        addRow(model.invisibleRootItem(), {u"1"_s, u"2"_s, u"3"_s});
        const QJsonObject row = QJsonDocument::fromJson(tableJson(model)).array().at(0).toObject();
        QCOMPARE(row.size(), 3);
        QCOMPARE(row.value(u"A"_s), QJsonValue(u"1"_s));
        QCOMPARE(row.value(u"A 2"_s), QJsonValue(u"2"_s));
        QCOMPARE(row.value(u"Column 3"_s), QJsonValue(u"3"_s));
    }

    void markdownIsNoMarkUp()
    {
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({u"A|B"_s});
        addRow(model.invisibleRootItem(), {u"<img src=x> | `x`"_s});
        const QString text = tableMarkdown(model);
        QVERIFY2(text.startsWith(u"| A\\|B |\n| --- |\n| \\<img src\\=x\\> \\| \\`x\\` |"_s),
                 qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestTableExport)
#include "test_table_export.moc"
