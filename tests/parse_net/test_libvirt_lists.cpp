#include "models/parse/libvirt_lists.h"

#include "reading.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestLibvirtLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsAVirshList()
    {
        const auto list = clean(&parseDomainsTable, fixture(u"lab-list.txt"_s));
        QCOMPARE(list.size(), 5);
        QCOMPARE(list[3].name, u"Acilamwen"_s);
        QCOMPARE(list[3].state, DomainState::Running);
        QCOMPARE(list[3].source, lines(6, 6));
        QVERIFY(list[3].uuid.isEmpty());
        QVERIFY(!list[3].autostart && !list[3].persistent);
    }

    void readsTheNotesList()
    {
        for (const QString &file : {u"notes-list.txt"_s, u"notes-list-indented.txt"_s}) {
            const auto list = clean(&parseDomainsTable, fixture(file));
            QCOMPARE(list.size(), 5);
            QCOMPARE(list[0].name, u"Acilamwen"_s);
            QCOMPARE(list[4].name, u"Ibalehar"_s);
            QCOMPARE(list[4].source, lines(7, 7));
        }
    }

    void readsEveryStateAndNamesWithBlanks()
    {
        const auto list = clean(&parseDomainsTable, fixture(u"made-up-list-states.txt"_s));
        const QList<std::pair<QString, DomainState>> expected{
            {u"web server"_s, DomainState::Running},
            {u"a  b"_s, DomainState::Paused},
            {u"idle one"_s, DomainState::Running},
            {u"shut off"_s, DomainState::ShutOff},
            {u"a-name-that-is-longer-than-its-column-is"_s, DomainState::ShutOff},
            {u"-"_s, DomainState::Crashed},
            {u"asleep"_s, DomainState::Suspended},
            {u"leaving"_s, DomainState::ShuttingDown},
            {u"odd"_s, DomainState::Unknown},
        };
        QCOMPARE(list.size(), expected.size());
        for (qsizetype i = 0; i < list.size(); ++i) {
            QCOMPARE(list[i].name, expected[i].first);
            QCOMPARE(list[i].state, expected[i].second);
        }
    }

    void cutsTitlesOff()
    {
        const auto list = clean(&parseDomainsTable, fixture(u"lab-list-title.txt"_s));
        QCOMPARE(list.size(), 5);
        QCOMPARE(list[4].name, u"Eterathiel"_s);
        const auto titled = clean(&parseDomainsTable, " Id   Name   State     Title\n"
                                                      "-----------------------------------\n"
                                                      " 1    test   running   It is shut off\n");
        QCOMPARE(titled.size(), 1);
        QCOMPARE(titled[0].state, DomainState::Running);
    }

    void aTranslatedStateIsUnknownAndSaid()
    {
        const auto parsed = parseDomainsTable(" Id   Name       Status\n--------------------------\n"
                                              " 1    web one    laufend\n -    x          ausgeschaltet\n",
                                              documentName);
        QCOMPARE(parsed.value.size(), 2);
        QCOMPARE(parsed.value[0].name, u"web one"_s);
        QCOMPARE(parsed.value[0].state, DomainState::Unknown);
        QCOMPARE(parsed.problems.size(), 2);
        QCOMPARE(parsed.problems[0].line, 3);
        QVERIFY(parsed.problems[0].message.contains(u"laufend"));
    }

    void anEmptyTableIsNoDomains()
    {
        QVERIFY(clean(&parseDomainsTable, " Id   Name   State\n--------------------\n\n").isEmpty());
        QVERIFY(
            clean(&parseNetworksTable, " Name   State   Autostart   Persistent\n-------------\n").isEmpty());
    }

    void whatIsNoTableIsSaid()
    {
        for (const char *text : {"", "error: failed to connect to the hypervisor\n", "\n\n", "[]"}) {
            QVERIFY(!parseDomainsTable(text, documentName).problems.isEmpty());
            QVERIFY(!parseNetworksTable(text, documentName).problems.isEmpty());
        }
        const auto parsed =
            parseDomainsTable(" Id Name State\n------\n 1 a running\n what is this\n ....\n", documentName);
        QCOMPARE(parsed.value.size(), 1);
        QCOMPARE(parsed.problems.size(), 2);
        QCOMPARE(parsed.problems[0].line, 5);
        QCOMPARE(parsed.problems[1].line, 4);
    }

    void readsDomainsJson()
    {
        const auto list =
            clean(&parseDomainsJson,
                  "[\n {\"name\": \"a\", \"uuid\": \"u\", \"state\": \"shut off\",\n  \"autostart\": false, "
                  "\"persistent\": true},\n {\"name\": \"b\", \"state\": \"running\"}\n]\n");
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[0].uuid, u"u"_s);
        QCOMPARE(list[0].state, DomainState::ShutOff);
        QCOMPARE(list[0].autostart, std::optional(false));
        QCOMPARE(list[0].persistent, std::optional(true));
        QCOMPARE(list[0].source, lines(2, 3));
        QVERIFY(!list[1].autostart);
        QVERIFY(clean(&parseDomainsJson, "[]").isEmpty());
    }

    void saysWhatIsWrongInJson()
    {
        const auto parsed = parseDomainsJson("[{\"name\": 5},\n{\"name\": \"b\", \"state\": \"lost\", "
                                             "\"autostart\": \"yes\"},\n{\"name\": \"c\"}]",
                                             documentName);
        QCOMPARE(parsed.value.size(), 2);
        QCOMPARE(parsed.value[0].name, u"b"_s);
        QVERIFY(!parsed.value[0].autostart);
        QCOMPARE(parsed.problems.size(), 4);
        QCOMPARE(parsed.problems[0].line, 1);
        QCOMPARE(parsed.problems[3].line, 2);
    }

    void readsNetworkTables()
    {
        for (const QString &file :
             {u"lab-net-list.txt"_s, u"notes-net-list.txt"_s, u"notes-net-list-indented.txt"_s}) {
            const auto list = clean(&parseNetworksTable, fixture(file));
            QCOMPARE(list.size(), 2);
            QCOMPARE(list[0].name, u"bridged"_s);
            QCOMPARE(list[1].active, std::optional(true));
            QCOMPARE(list[1].autostart, std::optional(true));
            QCOMPARE(list[1].persistent, std::optional(true));
            QCOMPARE(list[1].source, lines(4, 4));
        }
    }

    void readsATableWithoutThePersistentColumn()
    {
        const auto list = clean(&parseNetworksTable, fixture(u"documented-net-list-old.txt"_s));
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[1].name, u"my net"_s);
        QCOMPARE(list[1].active, std::optional(false));
        QCOMPARE(list[1].autostart, std::optional(false));
        QVERIFY(!list[1].persistent);
    }

    void aTranslatedNetworkIsKeptWithWhatIsKnown()
    {
        const auto parsed = parseNetworksTable(
            " Name   Status  Automatischer-Start  Bleibend\n-----\n default  aktiv  ja  yes\n", documentName);
        QCOMPARE(parsed.value.size(), 1);
        QVERIFY(!parsed.value[0].active && !parsed.value[0].autostart);
        QCOMPARE(parsed.value[0].persistent, std::optional(true));
        QCOMPARE(parsed.problems.size(), 2);
    }

    void readsNetworksJson()
    {
        const auto list =
            clean(&parseNetworksJson, "[{\"name\":\"default\",\"active\":true,\"autostart\":false,"
                                      "\"persistent\":true}]");
        QCOMPARE(list.size(), 1);
        QCOMPARE(list[0].active, std::optional(true));
        QCOMPARE(list[0].autostart, std::optional(false));
    }

    void survivesBrokenText()
    {
        survives(&parseDomainsTable, fixture(u"made-up-list-states.txt"_s));
        survives(&parseDomainsTable, fixture(u"lab-list-title.txt"_s));
        survives(&parseNetworksTable, fixture(u"lab-net-list.txt"_s));
        survives(&parseNetworksTable, fixture(u"notes-net-list-indented.txt"_s));
        survives(&parseDomainsJson,
                 "[{\"name\":\"a\",\"uuid\":\"u\",\"state\":\"shut off\",\"autostart\":true}]");
        survives(&parseNetworksJson, "[{\"name\":\"default\",\"active\":true,\"autostart\":false}]");
    }
};

QTEST_GUILESS_MAIN(TestLibvirtLists)
#include "test_libvirt_lists.moc"
