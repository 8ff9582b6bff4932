#include "tests/session/sshd.h"

#include "ssh/session/host_key_check.h"

using namespace tropo;
using namespace tropo::test;

/// Whom the user's configuration trusts, beyond known and unknown, on a real sshd.
class TestTrust : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sshd =
            std::make_unique<Sshd>(m_place.folder(), QByteArray(), QStringList{u"ed25519"_s, u"ecdsa"_s});
        m_key = m_sshd->hostKey().split(' ').first(2).join(' ');
        m_name = "[127.0.0.1]:" + QByteArray::number(m_sshd->port());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void strictCheckingNeverAsks()
    {
        SshTarget target = knowing({});
        target.asksAboutHostKey = false;
        expectRefused(target, u"StrictHostKeyChecking is yes"_s);
    }

    /// The classic way around a known key: showing one of another type.
    void keyOfAnotherTypeIsNotAskedAbout()
    {
        expectRefused(knowing(m_name + " ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAABQDHTkVw\n"),
                      u"known by one of type ssh-rsa"_s);
    }

    void knownTypeIsAskedForFirst()
    {
        SshTarget target = knowing(m_name + ' ' + m_sshd->hostKey(1) + '\n');
        target.hostKeyAlgorithms = {u"ssh-ed25519-cert-v01@openssh.com"_s, u"ssh-ed25519"_s,
                                    u"ecdsa-sha2-nistp256"_s};
        QCOMPARE(HostKeyCheck(target).algorithms(), "ecdsa-sha2-nistp256,ssh-ed25519");
        QVERIFY2(connects(target), qPrintable(m_said));
    }

    void keyKnownWithoutItsPort()
    {
        QVERIFY2(connects(knowing("127.0.0.1 " + m_key + '\n')), qPrintable(m_said));
        expectRefused(knowing("@revoked 127.0.0.1 " + m_key + '\n'), u"@revoked in line 1"_s);
    }

    void revokedKeysFile()
    {
        SshTarget target = knowing(m_name + ' ' + m_key + '\n');
        const QString file = m_place.path(u"revoked"_s);
        target.revokedHostKeys = {file};
        writeFile(file, "# none yet\n");
        QVERIFY2(connects(target), qPrintable(m_said));
        writeFile(file, m_key + " the old machine\n");
        expectRefused(target, u"is revoked by "_s + file);
        runProgram(u"ssh-keygen"_s, {u"-k"_s, u"-f"_s, file, m_place.path(u"id.pub"_s)});
        expectRefused(target, u"is a binary list"_s);
        QVERIFY(QFile::remove(file)); // what cannot be read is not taken for empty
        expectRefused(target, u"cannot be read"_s);
    }

    void hashedNamesAreWrittenAsSshReadsThem()
    {
        SshTarget target = knowing({});
        target.hashesKnownHosts = true;
        ConnectOptions options;
        options.asker = [](const HostKeyQuestion &, const std::stop_token &) {
            return HostKeyAnswer::Remember;
        };
        QVERIFY(SshSession::connect(target, options));
        QVERIFY(readFile(target.knownHostsFiles[0]).startsWith("|1|"));
        QVERIFY(runProgram(u"ssh-keygen"_s,
                           {u"-F"_s, QString::fromUtf8(m_name), u"-f"_s, target.knownHostsFiles[0]})
                    .contains("found: line 1"));
        QVERIFY2(connects(target), qPrintable(m_said));
    }

    void systemsFileIsNotWritten()
    {
        SshTarget target = knowing({});
        target.hasOwnKnownHosts = false;
        ConnectOptions options;
        QString offered = u"unasked"_s;
        options.asker = [&offered](const HostKeyQuestion &question, const std::stop_token &) {
            offered = question.file;
            return HostKeyAnswer::Remember;
        };
        const auto session = SshSession::connect(target, options);
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Io);
        QVERIFY(offered.isEmpty());
        QVERIFY(readFile(target.knownHostsFiles[0]).isEmpty());
    }

    void algorithmsOfTheConfigurationCount()
    {
        SshTarget target = knowing(m_name + ' ' + m_key + '\n');
        target.ciphers = {u"aes256-ctr"_s};
        target.macs = {u"hmac-sha2-512"_s};
        target.keyExchanges = {u"sntrup761x25519-sha512@openssh.com"_s, u"ecdh-sha2-nistp384"_s};
        target.publicKeyAlgorithms = {u"ssh-ed25519"_s};
        QVERIFY2(connects(target), qPrintable(m_said));
        target.ciphers = {u"made-up-cipher"_s};
        const int before = openDescriptors();
        const auto session = SshSession::connect(target, {});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Unsupported);
        QVERIFY(session.error().message.contains(u"Ciphers"_s));
        QCOMPARE(openDescriptors(), before);
    }

    void keysForbiddenByTheConfiguration()
    {
        SshTarget target = knowing(m_name + ' ' + m_key + '\n');
        target.publicKeyAllowed = false;
        expectRefused(target, u"PubkeyAuthentication"_s);
    }

    void secondProofIsTold()
    {
        const Sshd sshd(m_place.folder(), "AuthenticationMethods publickey,publickey\n");
        m_place.knows(sshd);
        const auto session = SshSession::connect(m_place.target(sshd), {});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Refused);
        QVERIFY2(session.error().message.contains(u"second proof"_s), qPrintable(session.error().message));
    }

    void policyOfThePrintedConfiguration()
    {
        const QString config = m_place.path(u"config"_s);
        writeFile(config, "Host a\nStrictHostKeyChecking yes\nHashKnownHosts yes\nUserKnownHostsFile none\n"
                          "RevokedHostKeys %d/gone\nPubkeyAuthentication no\nAddressFamily inet\n"
                          "Ciphers aes256-ctr\nMACs hmac-sha2-512\nKexAlgorithms ecdh-sha2-nistp384\n"
                          "PubkeyAcceptedAlgorithms ssh-ed25519\nHost b\nUserKnownHostsFile /x/%h\n");
        const auto a = resolveTarget(u"a"_s, {config, 10s, {}});
        QVERIFY(a);
        QVERIFY(!a->asksAboutHostKey && a->hashesKnownHosts && !a->publicKeyAllowed && !a->hasOwnKnownHosts);
        QVERIFY(a->revokedHostKeys.value(0).endsWith(u"/gone"_s) &&
                a->revokedHostKeys.value(0).startsWith(u'/'));
        QCOMPARE(a->addressFamily, u"inet"_s);
        QCOMPARE(a->ciphers, QStringList{u"aes256-ctr"_s});
        QCOMPARE(a->macs, QStringList{u"hmac-sha2-512"_s});
        QCOMPARE(a->keyExchanges, QStringList{u"ecdh-sha2-nistp384"_s});
        QCOMPARE(a->publicKeyAlgorithms, QStringList{u"ssh-ed25519"_s});
        const auto b = resolveTarget(u"b"_s, {config, 10s, {}});
        QVERIFY(b);
        QVERIFY(b->asksAboutHostKey && !b->hashesKnownHosts && b->publicKeyAllowed && b->hasOwnKnownHosts);
        QCOMPARE(b->knownHostsFiles.value(0), u"/x/b"_s);
        QVERIFY(b->revokedHostKeys.isEmpty());
    }

private:
    SshTarget knowing(const QByteArray &text) const
    {
        SshTarget target = m_place.target(*m_sshd);
        writeFile(target.knownHostsFiles[0], text);
        return target;
    }

    bool connects(const SshTarget &target)
    {
        const auto session = SshSession::connect(target, {});
        m_said = session ? QString() : session.error().text();
        return session.has_value();
    }

    /// Refused with these words, and without a question that someone might answer.
    void expectRefused(const SshTarget &target, const QString &words)
    {
        int asked = 0;
        ConnectOptions options;
        options.asker = [&asked](const HostKeyQuestion &, const std::stop_token &) {
            ++asked;
            return HostKeyAnswer::Once;
        };
        const auto session = SshSession::connect(target, options);
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Refused);
        QVERIFY2(session.error().message.contains(words), qPrintable(session.error().message));
        QCOMPARE(asked, 0);
    }

    Place m_place;
    std::unique_ptr<Sshd> m_sshd;
    QByteArray m_key;
    QByteArray m_name;
    QString m_said;
};

TROPO_SSHD_TEST(TestTrust)
#include "test_trust.moc"
