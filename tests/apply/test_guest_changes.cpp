#include "models/fixes/change_command.h"
#include "tests/apply/apply_place.h"

#include <thread>

using namespace tropo;
using namespace tropo::test;

namespace {

QString sumOf(const QByteArray &text)
{
    return fileSum(text);
}

QFile::Permissions ownerOnly()
{
    return QFile::ReadOwner | QFile::WriteOwner;
}

} // namespace

/// Files inside a guest, by the change script over SSH.
class TestGuestChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (::geteuid() != 0)
            QSKIP("the guest's login is this user, who would need sudo -n");
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_place = std::make_unique<ApplyPlace>();
        m_executor = std::make_unique<LiveExecutor>(m_place->options());
        QVERIFY(m_executor->lock(m_place->plan(), {}));
    }
    void cleanup()
    {
        m_executor.reset();
        m_place.reset();
    }

    void aNewFileIsWrittenReadBackAndTakenBack()
    {
        const WriteGuestFile write{m_place->vm(), m_path, "DEVICE=ens8\n", {}, 0640};
        QVERIFY(holds(GuestFileIs{m_place->vm(), m_path, {}}));
        perform(write);
        QCOMPARE(readFile(m_place->at(m_path)), write.content);
        QVERIFY(holds(GuestFileIs{m_place->vm(), m_path, sumOf(write.content)}));
        QVERIFY(!holds(GuestFileIs{m_place->vm(), m_path, {}}));
        perform(RemoveGuestFile{m_place->vm(), m_path, sumOf(write.content)});
        QVERIFY(!QFile::exists(m_place->at(m_path)));
    }

    void whatWasTakenAwayComesBackAsItWas()
    {
        const QByteArray old = "DEVICE=ens8\nIPADDR=192.0.2.1\n";
        putFile(old);
        QVERIFY(QFile::setPermissions(m_place->at(m_path), ownerOnly()));
        perform(RemoveGuestFile{m_place->vm(), m_path, sumOf(old)});
        // As an undo is planned: with a mode for a new file, which the old one had not.
        perform(WriteGuestFile{m_place->vm(), m_path, old, {}, 0644});
        QCOMPARE(readFile(m_place->at(m_path)), old);
        QCOMPARE(QFile::permissions(m_place->at(m_path)) & ~(QFile::ReadUser | QFile::WriteUser),
                 ownerOnly());
    }

    void whatWasReplacedComesBackAsItWas()
    {
        const QByteArray old = "DEVICE=ens8\n";
        const QByteArray after = "DEVICE=ens9\n";
        putFile(old);
        QVERIFY(QFile::setPermissions(m_place->at(m_path), ownerOnly()));
        perform(WriteGuestFile{m_place->vm(), m_path, after, sumOf(old), 0644});
        QCOMPARE(readFile(m_place->at(m_path)), after);
        perform(WriteGuestFile{m_place->vm(), m_path, old, sumOf(after), 0644});
        QCOMPARE(readFile(m_place->at(m_path)), old);
        QCOMPARE(QFile::permissions(m_place->at(m_path)) & ~(QFile::ReadUser | QFile::WriteUser),
                 ownerOnly());
    }

    void aFileThatIsNoLongerTheOneThatWasReadStays()
    {
        putFile("somebody else's\n");
        const auto written = m_executor->perform(
            WriteGuestFile{m_place->vm(), m_path, "ours\n", sumOf("as read\n"), 0644}, {});
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Refused);
        QCOMPARE(written.error().where, m_place->vm().subject());
        const auto removed =
            m_executor->perform(RemoveGuestFile{m_place->vm(), m_path, sumOf("as read\n")}, {});
        QVERIFY(!removed);
        QCOMPARE(readFile(m_place->at(m_path)), QByteArray("somebody else's\n"));
    }

    void aTornAnswerIsAskedAgainAndNothingHappensTwice()
    {
        putFile("old\n");
        m_place->tears().left = 2;
        perform(WriteGuestFile{m_place->vm(), m_path, "new\n", sumOf("old\n"), 0644});
        QCOMPARE(m_place->tears().left, 0);
        QCOMPARE(readFile(m_place->at(m_path)), QByteArray("new\n"));
        m_place->tears().left = 2;
        perform(RemoveGuestFile{m_place->vm(), m_path, sumOf("new\n")});
        QVERIFY(!QFile::exists(m_place->at(m_path)));
    }

    void answersThatAreAlwaysTornEndInAnError()
    {
        putFile("old\n");
        m_place->tears().left = 1000;
        const auto seen = m_executor->observe(GuestFileIs{m_place->vm(), m_path, sumOf("old\n")}, {});
        QVERIFY(!seen);
        QCOMPARE(seen.error().kind, ErrorKind::Unreachable);
        QCOMPARE(m_place->tears().left, 1000 - 3);
    }

    void hostileNamesAndContentsAreOnlyText_data()
    {
        QTest::addColumn<QString>("bad");
        QTest::newRow("command") << u"$(touch PWNED)"_s;
        QTest::newRow("backticks") << u"`touch PWNED`"_s;
        QTest::newRow("semicolon") << u"; touch PWNED;"_s;
        QTest::newRow("quotes") << u"'; touch PWNED; '\"; touch PWNED; \""_s;
        QTest::newRow("newline") << u"x\ntouch PWNED\n"_s;
        QTest::newRow("expansion") << u"${IFS}&&touch PWNED|| \\ *?"_s;
    }
    void hostileNamesAndContentsAreOnlyText()
    {
        QFETCH(QString, bad);
        const QString pwned = m_place->at(u"/pwned"_s);
        QString text = bad;
        text.replace(u"PWNED"_s, pwned);
        perform(WriteGuestFile{m_place->vm(), m_path, text.toUtf8(), {}, 0644});
        QCOMPARE(readFile(m_place->at(m_path)), text.toUtf8());
        // A path is taken or refused, and never run; a folder of its own is not made for it.
        QString name = bad;
        name.replace(u"PWNED"_s, u"pwned"_s);
        const QString path = u"/etc/sysconfig/network-scripts/ifcfg-"_s + name;
        [[maybe_unused]] const auto written =
            m_executor->perform(WriteGuestFile{m_place->vm(), path, "x\n", {}, 0644}, {});
        // Names of interfaces, ids of containers and units go the same way.
        [[maybe_unused]] const auto down =
            m_executor->perform(SetGuestInterface{m_place->vm(), name, {}, m_path, false, {}}, {});
        const auto stopped = m_executor->perform(StopContainer{{m_place->vm(), text, {}, {}}}, {});
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Format);
        [[maybe_unused]] const auto silent = m_executor->observe(
            AddressSilent{m_place->hypervisor(), text, *Ipv4::fromString(u"192.0.2.1")}, {});
        QVERIFY(!QFile::exists(pwned));
        QVERIFY(!QFile::exists(u"/pwned"_s) && !QFile::exists(QDir::homePath() + u"/pwned"_s));
    }

    void aStopEndsWhatHangsWithinASecond()
    {
        std::stop_source source;
        const auto start = Clock::now();
        std::jthread stopper([&] {
            std::this_thread::sleep_for(300ms); // lets it get there
            source.request_stop();
        });
        const auto waited = m_executor->perform(Wait{60s}, source.get_token());
        QVERIFY(!waited);
        QCOMPARE(waited.error().kind, ErrorKind::Cancelled);
        QVERIFY(millisecondsSince(start) < 1'500);
    }

    void aGuestWithoutAWayInIsSaid()
    {
        const auto seen = m_executor->observe(GuestReachable{m_place->vm(u"Ulov"_s)}, {});
        QVERIFY(!seen);
        QVERIFY2(seen.error().message.contains(u"fleet file"), qPrintable(seen.error().text()));
    }

private:
    void putFile(const QByteArray &text) { QVERIFY(writeFile(m_place->at(m_path), text)); }
    void perform(const Action &action)
    {
        const auto done = m_executor->perform(action, {});
        QVERIFY2(done, done ? "" : qPrintable(done.error().text()));
    }
    bool holds(const Condition &condition)
    {
        const auto seen = m_executor->observe(condition, {});
        if (!seen)
            QTest::qFail(qPrintable(seen.error().text()), __FILE__, __LINE__);
        return seen && seen->holds;
    }

    std::unique_ptr<ApplyPlace> m_place;
    std::unique_ptr<LiveExecutor> m_executor;
    const QString m_path = u"/etc/sysconfig/network-scripts/ifcfg-ens8"_s;
};

TROPO_SSHD_TEST(TestGuestChanges)
#include "test_guest_changes.moc"
