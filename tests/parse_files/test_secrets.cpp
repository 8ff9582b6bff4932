#include "models/parse/secrets.h"
#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray pem = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAAA\nBBBB==\n-----END EC PRIVATE KEY-----\n";

/// A path of every form that is looked at in its own way.
void addPaths()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"a/ifcfg-x", "a/x.json", "a/x.yaml", "a/interfaces", "a/x.xml", "a/x.txt"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

} // namespace

class TestSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsSecretKeys()
    {
        for (const char16_t *key :
             {u"psk", u"WPA_PSK", u"password", u"IEEE_8021X_PASSWORD", u"KEY1", u"KEY_PASSPHRASE2",
              u"wep-key0", u"private-key", u"private-key-password", u"wpa-passphrase", u"leap-password",
              u"preshared-key", u"pin", u"wireless-key1", u"JoinToken", u"UnlockKey", u"secret"})
            QVERIFY2(isSecretKey(key), qPrintable(QString::fromUtf16(key)));
        for (const char16_t *key : {u"key-mgmt", u"KEY_MGMT", u"psk-flags", u"wep-key-type", u"wep-tx-keyidx",
                                    u"HWADDR", u"IPADDR", u"key-management", u"bridge_ports", u"id", u""})
            QVERIFY2(!isSecretKey(key), qPrintable(QString::fromUtf16(key)));
        QVERIFY(isSecretKey(u"anything", u"vpn-secrets"));
    }

    void withholds_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *path, const QByteArray &text,
                            const QByteArray &expected) {
            QTest::newRow(name) << QString::fromLatin1(path) << text << expected;
        };
        row("ifcfg", "a/ifcfg/ifcfg-w", "DEVICE=w\n#WPA_PSK=old\nWPA_PSK='a b'\r\nKEY_MGMT=WPA-PSK",
            "DEVICE=w\n#WPA_PSK=<withheld>\nWPA_PSK=<withheld>\nKEY_MGMT=WPA-PSK");
        row("ifcfg on one line", "a/ifcfg-w", "DEVICE=w KEY1=s:x # y\n", "DEVICE=w KEY1=<withheld>\n");
        row("ifcfg over lines", "a/ifcfg-w", "WPA_PSK=\"one\ntwo\nthree\"\nA=1\nKEY=a\\\nb\nB=2\n",
            "WPA_PSK=<withheld>\n<withheld>\n<withheld>\nA=1\nKEY=<withheld>\n<withheld>\nB=2\n");
        row("keyfile", "a/nm/w.nmconnection",
            "[wifi-security]\npsk=x=y\n[vpn-secrets]\nXauth = q\n[ipv4]\nmethod=auto\n",
            "[wifi-security]\npsk=<withheld>\n[vpn-secrets]\nXauth =<withheld>\n[ipv4]\nmethod=auto\n");
        row("netplan", "a/netplan/w.yaml",
            "w:\n  password: \"x\"\n  auth: {password: 'a,b', key-management: psk}\n  dhcp4: true\n",
            "w:\n  password: <withheld>\n  auth: {password: <withheld>, key-management: psk}\n  dhcp4: "
            "true\n");
        row("netplan blocks", "a/netplan/w.yaml",
            "w:\n  password: |\n    one\n\n    two\n  key:\n    three\n  dhcp4: no\n",
            "w:\n  password: <withheld>\n    <withheld>\n\n    <withheld>\n  key: \n    <withheld>\n  dhcp4: "
            "no\n");
        row("interfaces", "trop02/host/interfaces.txt",
            "iface w inet dhcp\n wpa-ssid office\n wpa-psk a \\\n  b\n up x\n",
            "iface w inet dhcp\n wpa-ssid office\n wpa-psk <withheld>\n  <withheld>\n up x\n");
        row("unknown file", "a/etc/wpa.conf", "ssid=x\npsk=\"y\"\n", "ssid=x\npsk=<withheld>\n");
        row("env", "a/docker/inspect.json",
            "[{\"Config\":{\"Env\":[\"A=\\\"]\",\n\"B=2\"],\"Cmd\":[\"x\"]}}]",
            "[{\"Config\":{\"Env\":[\"<withheld>\",\n\"<withheld>\"],\"Cmd\":[\"x\"]}}]");
        row("tokens", "a/docker/swarm.json",
            "{\"JoinTokens\":{\"Worker\":\"w\",\"Manager\":\"m\"},\"ID\":\"Env\"}",
            "{\"JoinTokens\":{\"Worker\":\"<withheld>\",\"Manager\":\"<withheld>\"},\"ID\":\"Env\"}");
        row("token in a text", "a/notes.txt", "docker swarm join --token SWMTKN-1-4qdm-0hkq 10.0.0.1:2377\n",
            "docker swarm join --token <withheld> 10.0.0.1:2377\n");
        row("cut json", "a/docker/inspect.json", "{\"Env\":[\"A=secr", "{\"Env\":[\"<withheld>");
        row("pem", "a/x.txt", "a\n" + pem + "b\n",
            "a\n-----BEGIN EC PRIVATE KEY-----\n<withheld>\n<withheld>\n-----END EC PRIVATE KEY-----\nb\n");
        row("pem in json", "a/x.json",
            "{\"a\":\"-----BEGIN PRIVATE KEY-----\\nMHc\\n-----END PRIVATE KEY-----\\n\"}",
            "{\"a\":\"-----BEGIN PRIVATE KEY-----<withheld>-----END PRIVATE KEY-----\\n\"}");
        row("cut pem in json", "a/x.json", "{\"a\":\"-----BEGIN PRIVATE KEY-----\\nMHc\",\"b\":1}",
            "{\"a\":\"-----BEGIN PRIVATE KEY-----<withheld>\",\"b\":1}");
        row("cut pem", "a/x.txt", "-----BEGIN PRIVATE KEY-----\nMHc\nMHd",
            "-----BEGIN PRIVATE KEY-----\n<withheld>\n<withheld>");
        row("certificate", "a/x.txt", "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n");
        row("graphics", "a/libvirt/domains/x.xml", "<graphics type='vnc' passwd='x'/>",
            "<graphics type='vnc' passwd='&lt;withheld&gt;'/>");
        row("bytes", "a/ifcfg-x", "A=\xff\xfe\nKEY=\xff\n", "A=\xff\xfe\nKEY=<withheld>\n");
    }
    void withholds()
    {
        QFETCH(const QString, path);
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, expected);
        const QByteArray shown = withheldText(path, text);
        QCOMPARE(shown, expected);
        QCOMPARE(shown.count('\n'), text.count('\n'));
        QCOMPARE(withheldText(path, shown), shown);
    }

    void leavesDocumentsWithoutSecretsAlone()
    {
        const auto same = [](const QString &name, const QString &path) {
            const QByteArray text = fixture(name);
            QCOMPARE(withheldText(path, text), text);
        };
        same(u"notes-interfaces.txt"_s, u"trop02/host/interfaces.txt"_s);
        same(u"notes-ifcfg-ens5.txt"_s, u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens5"_s);
        same(u"docker-info.json"_s, u"docker/info.json"_s);
        same(u"docker-ps.json"_s, u"docker/ps.json"_s);
        same(u"docker-tasks.json"_s, u"docker/tasks.json"_s);
        same(u"docker-ps.txt"_s, u"docker/ps.txt"_s);
        same(u"os-release-debian12.txt"_s, u"guest/os-release.txt"_s);
    }

    void realInspectKeepsAllButItsEnvironment()
    {
        const QByteArray text = fixture(u"docker-inspect.json"_s);
        QVERIFY(text.contains("hunter2") && text.contains("swordfish"));
        const QByteArray shown = withheldText(u"a/docker/inspect.json"_s, text);
        QVERIFY(!shown.contains("hunter2") && !shown.contains("swordfish"));
        QVERIFY(!QJsonDocument::fromJson(shown).isNull());
        QCOMPARE(shown.count('\n'), text.count('\n'));
        QVERIFY(shown.contains("com.docker.swarm.task.id"));
    }

    void brokenTextsKeepTheirLines_data() { addPaths(); }
    void brokenTextsKeepTheirLines()
    {
        QFETCH(const QString, path);
        const QByteArray text =
            "[x]\npsk=\"a b\nKEY='x\n  password: |\n    y\n{\"Env\":[\"A=1\",\"B\\\"\"]}\n" + pem +
            "SWMTKN-1-a-b passwd='x' wpa-psk q\\\n";
        mangle(text, [&path](const QByteArray &broken) {
            QCOMPARE(withheldText(path, broken).count('\n'), broken.count('\n'));
        });
    }

    void bigTextsTakeLinearTime_data() { addPaths(); }
    void bigTextsTakeLinearTime()
    {
        QFETCH(const QString, path);
        for (const QByteArray &piece :
             {QByteArray("-----BEGIN PRIVATE KEY-----\n"), QByteArray("psk: x, "), QByteArray("KEY=\"\n"),
              QByteArray("{\"Env\":["), QByteArray("SWMTKN-"), QByteArray("passwd='"), QByteArray(" = : ")}) {
            const QByteArray text = piece.repeated(2'000'000 / piece.size());
            QCOMPARE(withheldText(path, text).count('\n'), text.count('\n'));
        }
    }
};

QTEST_APPLESS_MAIN(TestSecrets)
#include "test_secrets.moc"
