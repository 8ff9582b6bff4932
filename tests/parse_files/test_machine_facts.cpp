#include "models/parse/df.h"
#include "models/parse/kernel_release.h"
#include "models/parse/machine_id.h"
#include "models/parse/persistent_net.h"
#include "models/parse/problem_log.h"
#include "models/parse/ssh_host_keys.h"
#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QStringList mountsOf(const QList<Filesystem> &filesystems)
{
    QStringList mounts;
    for (const Filesystem &one : filesystems)
        mounts.append(one.mount);
    return mounts;
}

QList<int> linesOf(const QList<Problem> &problems)
{
    QList<int> lines;
    for (const Problem &problem : problems)
        lines.append(problem.line);
    return lines;
}

MacAddress mac(QStringView text)
{
    return MacAddress::fromString(text).value();
}

} // namespace

class TestMachineFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsDf()
    {
        const auto parsed = parseDf(fixture(u"df-debian12.txt"_s), u"d"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(mountsOf(parsed.value),
                 (QStringList{u"/dev"_s, u"/run"_s, u"/"_s, u"/mnt/my  disk"_s,
                              u"/var/lib/docker/overlay2/0f1e/merged"_s, u"/proc"_s}));
        QCOMPARE(parsed.value[2],
                 (Filesystem{u"/dev/vda1"_s, u"/"_s, 32845584, 30212284, 939176, {u"d"_s, 4, 4}}));
        QCOMPARE(parsed.value[3].device, u"my tmp"_s);
        QCOMPARE(qRound(*parsed.value[2].usedPercent()), 97);
        QVERIFY(!parsed.value[5].usedPercent()); // empty: nothing of it can be full
    }

    void joinsLinesThatDfBroke()
    {
        const auto parsed = parseDf(fixture(u"df-centos6-wrapped.txt"_s), u"d"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(mountsOf(parsed.value), (QStringList{u"/"_s, u"/dev/shm"_s, u"/boot"_s}));
        QCOMPARE(parsed.value[0].device, u"/dev/mapper/vg_acilamwen-lv_root"_s);
        QCOMPARE(parsed.value[0].kib, 18102140);
        QCOMPARE(parsed.value[0].source, (Source{u"d"_s, 2, 3}));
    }

    void readsBusyboxAndIndentedListings()
    {
        const auto parsed = parseDf(fixture(u"df-busybox.txt"_s), u"d"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(mountsOf(parsed.value), (QStringList{u"/dev"_s, u"/"_s}));
        const auto pasted = parseDf("   Filesystem 1024-blocks Used Available Capacity Mounted on\n\n"
                                    "   /dev/vda1 100 60 40 60% /\n   ....\n",
                                    u"d"_s);
        QCOMPARE(mountsOf(pasted.value), QStringList{u"/"_s});
        QCOMPARE(pasted.value[0].source.first, 3);
        QCOMPARE(linesOf(pasted.problems), QList<int>{4}); // lines left out are told
    }

    void takesBlocksAsTheHeaderCountsThem_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("kib");
        const auto row = [](const char *header, const char *line, qint64 kib) {
            QTest::newRow(header) << QByteArray(header) + '\n' + line + '\n' << kib;
        };
        row("Filesystem 512-blocks Used Available Capacity Mounted on", "/dev/vda1 200 120 80 60% /", 100);
        row("Filesystem 1M-blocks Used Available Use% Mounted on", "/dev/vda1 2 1 1 50% /", 2048);
        row("Dateisystem 1K-Bl\xc3\xb6"
            "cke Benutzt Verf\xc3\xbcgbar Verw% Eingeh\xc3\xa4ngt auf",
            "/dev/vda1 100 60 40 60% /", 100);
        row("Filesystem Type 1024-blocks Used Available Capacity Mounted on",
            "/dev/vda1 ext4 100 60 40 60% /", 100);
        row("no header", "/dev/vda1 100 60 40 60% /", 100);
    }
    void takesBlocksAsTheHeaderCountsThem()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, kib);
        const auto parsed = parseDf(text, u"d"_s);
        QCOMPARE(parsed.value.size(), 1);
        QCOMPARE(parsed.value[0].device, u"/dev/vda1"_s);
        QCOMPARE(parsed.value[0].kib, kib);
    }

    void aDashIsNotKnown()
    {
        const auto parsed = parseDf("Filesystem 1024-blocks Used Available Capacity Mounted on\n"
                                    "gvfsd-fuse - - - - /run/user/0/gvfs\n/dev/vda1 100 60 -5 103% /\n",
                                    u"d"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(mountsOf(parsed.value), QStringList{u"/"_s});
        QCOMPARE(parsed.value[0].availableKib, -5); // more is used than users may have
    }

    void whatIsNoTableOfDfIsSaid()
    {
        for (const char *text :
             {"", "\n", "df: command not found\n", "[]",
              "Filesystem Size Used Avail Use% Mounted on\n/dev/vda1 32G 30G 1G 97% /\n"}) {
            const auto parsed = parseDf(text, u"d"_s);
            QVERIFY2(parsed.value.isEmpty(), text);
            QVERIFY2(!parsed.problems.isEmpty(), text);
        }
        const auto parsed = parseDf("Filesystem 1024-blocks Used Available Capacity Mounted on\n"
                                    "df: /mnt/nas: Stale file handle\n/dev/vda1 100 60 40 60% /\n",
                                    u"d"_s);
        QCOMPARE(mountsOf(parsed.value), QStringList{u"/"_s});
        QCOMPARE(linesOf(parsed.problems), QList<int>{2});
    }

    void readsKernels_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("release");
        const auto row = [](const char *text, const char *release) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(release);
        };
        row("4.18.16-200.fc28.x86_64\n", "4.18.16-200.fc28.x86_64");
        row("   6.1.0-51-amd64", "6.1.0-51-amd64");
        row("2.6.32-754.el6.x86_64\r\n", "2.6.32-754.el6.x86_64");
        row("Linux trop02 3.16.0-4-amd64 #1 SMP Debian 3.16.7 x86_64 GNU/Linux\n", "3.16.0-4-amd64");
    }
    void readsKernels()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, release);
        const auto parsed = parseKernelRelease(text, u"k"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(*parsed.value, (Sourced<QString>{release, {u"k"_s, 1, 1}}));
    }

    void whatIsNoKernelIsSaid()
    {
        for (const char *text : {"", "uname: command not found\n", "Linux\n", "6\n"}) {
            const auto parsed = parseKernelRelease(text, u"k"_s);
            QVERIFY2(!parsed.value, text);
            QVERIFY2(!parsed.problems.isEmpty(), text);
        }
    }

    void readsMachineIds()
    {
        const auto parsed = parseMachineId("4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d\n", u"m"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(*parsed.value, (Sourced<QString>{u"4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d"_s, {u"m"_s, 1, 1}}));
        QCOMPARE(parseMachineId("4F1D0C6D8B7A4A0F9F0CE5A54F1D0C6D", u"m"_s).value->value,
                 parsed.value->value);
        for (const char *none : {"", "\n", "uninitialized\n"}) {
            QVERIFY2(!parseMachineId(none, u"m"_s).value, none);
            QVERIFY2(parseMachineId(none, u"m"_s).problems.isEmpty(), none);
        }
        for (const char *bad : {"4f1d", "00000000000000000000000000000000",
                                "cat: /etc/machine-id: No such file", "4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6g"}) {
            QVERIFY2(!parseMachineId(bad, u"m"_s).value, bad);
            QCOMPARE(parseMachineId(bad, u"m"_s).problems.size(), 1);
        }
    }

    void readsSshHostKeys()
    {
        const auto parsed = parseSshHostKeys(fixture(u"ssh-host-keys.txt"_s), u"s"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(parsed.value.size(), 3);
        QCOMPARE(parsed.value[0].type, u"ecdsa-sha2-nistp256"_s);
        QCOMPARE(parsed.value[1],
                 (SshHostKey{u"ssh-ed25519"_s,
                             u"AAAAC3NzaC1lZDI1NTE5AAAAIOKtRICp/HvWlvKRQNPk6+TLQv1ljTr+mofGGsXn0z2L"_s,
                             {u"s"_s, 2, 2}}));
        QVERIFY(parsed.value[2].key.size() > 500);
        QVERIFY(parseSshHostKeys("", u"s"_s).value.isEmpty());
        QVERIFY(parseSshHostKeys("", u"s"_s).problems.isEmpty());
    }

    void onlyAPublicKeyIsAKey()
    {
        const auto parsed = parseSshHostKeys(
            "# comment\nssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOKtRICp/HvWlvKRQNPk6+TLQv1l root@a\n"
            "ssh-ed25519 not/base64!\nssh-ed25519\ncat: '*_key.pub': No such file\n"
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOKtRICp/HvWlvKRQNPk6+TLQv1ljTr+mofGGsXn0z2L\n",
            u"s"_s);
        QCOMPARE(parsed.value.size(), 1);
        QCOMPARE(parsed.value[0].source.first, 6);
        QCOMPARE(linesOf(parsed.problems), (QList<int>{2, 3, 4, 5}));
    }

    void noProblemQuotesAPrivateKey()
    {
        const auto parsed = parseSshHostKeys(
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n"
            "-----END OPENSSH PRIVATE KEY-----\n",
            u"s"_s);
        QVERIFY(parsed.value.isEmpty());
        QCOMPARE(parsed.problems.size(), 3);
        for (const Problem &problem : parsed.problems)
            QVERIFY2(!problem.message.contains(u"b3Blb"), qPrintable(problem.message));
    }

    void readsPersistentNames()
    {
        const auto red = parsePersistentNet(fixture(u"udev-net-centos6.txt"_s), u"u"_s);
        QVERIFY(red.problems.isEmpty());
        QCOMPARE(red.value,
                 (QList<PersistentName>{{mac(u"52:54:00:02:02:0f"), u"eth0"_s, {u"u"_s, 8, 8}},
                                        {mac(u"52:54:00:00:01:01"), u"eth1"_s, {u"u"_s, 11, 11}}}));
        const auto debian = parsePersistentNet(fixture(u"udev-net-debian7.txt"_s), u"u"_s);
        QVERIFY(debian.problems.isEmpty());
        QCOMPARE(debian.value,
                 (QList<PersistentName>{{mac(u"52:54:00:02:02:0f"), u"eth0"_s, {u"u"_s, 8, 8}}}));
    }

    void readsOtherWaysToWriteARule()
    {
        const auto parsed = parsePersistentNet(
            "SUBSYSTEM==\"net\", SYSFS{address}==\"00:16:3E:00:00:01\", NAME=\"eth0\"\n"
            "ACTION==\"add\" SUBSYSTEM==\"net\" ATTRS{address} == \"00:16:3e:00:00:02\" NAME := \"lan0\"\n"
            "SUBSYSTEM==\"net\", \\\n  ATTR{address}==\"00:16:3e:00:00:03\", \\\n  NAME=\"eth2\"\n",
            u"u"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(parsed.value,
                 (QList<PersistentName>{{mac(u"00:16:3e:00:00:01"), u"eth0"_s, {u"u"_s, 1, 1}},
                                        {mac(u"00:16:3e:00:00:02"), u"lan0"_s, {u"u"_s, 2, 2}},
                                        {mac(u"00:16:3e:00:00:03"), u"eth2"_s, {u"u"_s, 3, 5}}}));
    }

    void rulesThatKeepNoNameForAMacArePassedOver()
    {
        const auto parsed = parsePersistentNet(
            "SUBSYSTEM==\"net\", KERNELS==\"0000:00:03.0\", NAME=\"eth0\"\n"
            "SUBSYSTEM==\"net\", ATTR{address}==\"52:54:00:*\", NAME=\"eth1\"\n"
            "SUBSYSTEM==\"net\", ATTR{address}!=\"52:54:00:02:02:0f\", NAME=\"eth2\"\n"
            "SUBSYSTEM==\"net\", ATTR{address}==\"52:54:00:02:02:0f\", NAME=\"$env{INTERFACE_NAME}\"\n"
            "SUBSYSTEM==\"net\", ATTR{address}==\"52:54:00:02:02:0f\", NAME!=\"eth3\"\n"
            "PROGRAM=\"/lib/udev/rename_device\", RESULT==\"?*\", NAME=\"$result\"\n",
            u"u"_s);
        QVERIFY(parsed.value.isEmpty());
        QVERIFY(parsed.problems.isEmpty());
        QVERIFY(parsePersistentNet("", u"u"_s).problems.isEmpty());
    }

    void aBrokenRuleCostsNoOther()
    {
        const auto parsed =
            parsePersistentNet("cat: '/etc/udev': No such file\n"
                               "ATTR{address}==\"52:54:00:02:02:0f\", NAME=\"eth0\nATTR{address\n=\n\\\n"
                               "ATTR{address}==\"52:54:00:02:02:10\", NAME=\"eth1\"\n",
                               u"u"_s);
        QCOMPARE(parsed.value.size(), 1);
        QCOMPARE(parsed.value[0].name, u"eth1"_s);
        QCOMPARE(linesOf(parsed.problems), (QList<int>{1, 2, 3, 4}));
    }

    void brokenFilesNeverCrash()
    {
        for (const char16_t *name : {u"df-debian12.txt", u"df-centos6-wrapped.txt"})
            mangle(fixture(QString::fromUtf16(name)), [](const QByteArray &text) {
                for (const Filesystem &one : parseDf(text, u"d"_s).value)
                    QVERIFY(!one.device.isEmpty() && !one.mount.isEmpty() && one.kib >= 0);
            });
        mangle(fixture(u"ssh-host-keys.txt"_s), [](const QByteArray &text) {
            QVERIFY(parseSshHostKeys(text, u"s"_s).problems.size() <= ProblemLog::limit + 1);
        });
        for (const char16_t *name : {u"udev-net-centos6.txt", u"udev-net-debian7.txt"})
            mangle(fixture(QString::fromUtf16(name)), [](const QByteArray &text) {
                for (const PersistentName &one : parsePersistentNet(text, u"u"_s).value)
                    QVERIFY(!one.name.isEmpty() && one.source.first >= 1);
            });
        mangle("Linux trop02 3.16.0-4-amd64 #1 SMP\n", [](const QByteArray &text) {
            const auto parsed = parseKernelRelease(text, u"k"_s);
            QVERIFY(parsed.value || !parsed.problems.isEmpty());
        });
        mangle("4f1d0c6d8b7a4a0f9f0ce5a54f1d0c6d\n",
               [](const QByteArray &text) { parseMachineId(text, u"m"_s); });
    }
};

QTEST_APPLESS_MAIN(TestMachineFacts)
#include "test_machine_facts.moc"
