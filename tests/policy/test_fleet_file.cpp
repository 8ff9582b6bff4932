#include "models/policy/fleet_file.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace tropo;

namespace {

QByteArray example()
{
    QFile file(QStringLiteral(TEST_DATA "/example.toml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestFleetFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTheExample()
    {
        const auto read = parseFleetFile(example(), QStringLiteral("fleet.toml"));
        QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
        const Policy &policy = *read;
        QCOMPARE(policy.name, QStringLiteral("tropo"));
        QCOMPARE(policy.hypervisor(u"trop02")->macs->toString(), QStringLiteral("52:54:00:02:02:00/40"));
        QCOMPARE(policy.floatWith(*MacAddress::fromString(u"52:54:00:00:01:00"))->name,
                 QStringLiteral("float1"));
        QCOMPARE(policy.floats.front().source, (Source{QStringLiteral("fleet.toml"), 24, 27}));
        QCOMPARE(policy.guest(u"trop02", u"Acilamwen")->address->toString(),
                 QStringLiteral("192.168.202.15"));
        QVERIFY(policy.guestSudo && policy.reservationOctet && !policy.declaredLocal);
        QCOMPARE(policy.expectedNetworks,
                 (QStringList{QStringLiteral("bridged"), QStringLiteral("default")}));
        QVERIFY(policy.severities.contains(QStringLiteral("container-image-latest")));
        QVERIFY(!policy.severities.value(QStringLiteral("container-image-latest")));
        QCOMPARE(policy.severities.value(QStringLiteral("guest-idle")), std::optional(Severity::Warning));
        QCOMPARE(policy.accepted.front().until, std::optional(QDate(2023, 12, 31)));
    }

    void fillsDefaults()
    {
        const auto read = parseFleetFile("[[hypervisor]]\nname = \"a\"\n", QStringLiteral("f"));
        QVERIFY(read);
        QCOMPARE(read->hypervisors.front().uri, QStringLiteral("qemu+ssh://a/system"));
        QCOMPARE(read->hypervisors.front().ssh, QStringLiteral("a"));
        QCOMPARE(read->connectSeconds, 10);
        QVERIFY(!read->guestSudo);
    }

    void refusesWithPlaceAndExpectation_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *text, const char *place, const char *says) {
            QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(place) << QString::fromUtf8(says);
        };
        row("syntax", "[fleet\nname = 1", "f:1:", "");
        row("unknown key", "[fleet]\nname = \"x\"\nnmae = \"y\"\n", "f:3:1",
            "unknown key \"nmae\" in [fleet]; expected name");
        row("unknown table", "[flotes]\n", "f:1:", "unknown key \"flotes\"");
        row("single bracket", "[hypervisor]\nname = \"a\"\n", "f:1:", "[[hypervisor]]");
        row("no name", "[[hypervisor]]\nssh = \"a\"\n", "f:1:", "needs name");
        row("bad mac", "[[float]]\nname = \"a\"\nip = \"1.2.3.4\"\nmac = \"52:54:00:00:01\"\n", "f:4:7",
            "a MAC address");
        row("bad address", "[[float]]\nname = \"a\"\nip = \"1.2.3\"\nmac = \"52:54:00:00:01:00\"\n", "f:3:6",
            "an IPv4 address");
        row("no mac", "[[float]]\nname = \"a\"\nip = \"1.2.3.4\"\n", "f:1:", "needs mac");
        row("host bits", "[[hypervisor]]\nname = \"a\"\nsubnet = \"1.2.3.4/24\"\n", "f:3:10", "no host bits");
        row("number as text", "[limits]\nparallel = \"8\"\n", "f:2:12", "whole number from 1 to 1024");
        row("duplicate hypervisor", "[[hypervisor]]\nname = \"a\"\n[[hypervisor]]\nname = \"a\"\n", "f:3:1",
            "hypervisor a stands in line 1 already");
        row("overlap",
            "[[hypervisor]]\nname = \"a\"\nsubnet = \"10.0.0.0/8\"\n[[hypervisor]]\nname = \"b\"\nsubnet = "
            "\"10.1.0.0/16\"\n",
            "f:4:1", "overlaps that of a");
        row("float mac twice",
            "[[float]]\nname=\"a\"\nip=\"1.2.3.4\"\nmac=\"52:54:00:00:01:00\"\n[[float]]\nname=\"b\"\nip=\"1."
            "2.3.5\"\nmac=\"52:54:00:00:01:00\"\n",
            "f:5:1", "MAC 52:54:00:00:01:00 stands in line 1");
        row("severity", "[severity]\nguest-idle = \"fatal\"\n", "f:2:14",
            "\"error\", \"warning\", \"info\" or \"off\"");
        row("date as text", "[[accept]]\nrule=\"a\"\nsubject=\"b\"\nreason=\"c\"\nuntil=\"2023-12-31\"\n",
            "f:5:7", "a date without quotes");
        row("several", "[fleet]\na = 1\nb = 2\n", "f:2:1", "(and 1 more)");
    }

    void refusesWithPlaceAndExpectation()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        QFETCH(QString, says);
        const auto read = parseFleetFile(text, QStringLiteral("f"));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Format);
        QVERIFY2(read.error().where.startsWith(place), qPrintable(read.error().text()));
        QVERIFY2(read.error().message.contains(says), qPrintable(read.error().text()));
    }

    void survivesCutText()
    {
        const QByteArray whole = example();
        for (qsizetype length = 0; length < whole.size(); ++length)
            (void)parseFleetFile(whole.first(length), QStringLiteral("f"));
        QVERIFY(!parseFleetFile(QByteArray(5 * 1024 * 1024, '#'), QStringLiteral("f")));
    }
};

QTEST_APPLESS_MAIN(TestFleetFile)
#include "test_fleet_file.moc"
