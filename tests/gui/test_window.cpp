#include "tests/support/sample_fleet.h"
#include "views/containers/containers_view.h"
#include "views/fleet/fleet_view.h"
#include "views/parts/banner.h"
#include "views/theme/theme.h"
#include "views/window/host_key_dialog.h"
#include "views/window/identify_box.h"
#include "views/window/main_window.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace tropo;

namespace {

SnapshotPtr live()
{
    Snapshot snapshot = sample::fleet();
    snapshot.kind = SnapshotKind::Live;
    return std::make_shared<const Snapshot>(snapshot);
}

QAction *action(const MainWindow &window, const char *name)
{
    return window.findChild<QAction *>(QLatin1String(name));
}

QString text(const MainWindow &window, const char *label)
{
    return window.findChild<QLabel *>(QLatin1String(label))->text();
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("window.ini")),
                                                 QSettings::IniFormat);
    }

    void startsWithAWelcome()
    {
        MainWindow window(m_settings.get());
        window.setFleetFile(QStringLiteral("/home/me/.config/troposcope/fleet.toml"));
        window.setProposedHosts({QStringLiteral("trop02"), QStringLiteral("trop03")});
        QSignalSpy demo(&window, &MainWindow::openDemoRequested);
        window.findChild<QPushButton *>(QStringLiteral("openDemoButton"))->click();
        QCOMPARE(demo.size(), 1);
        QVERIFY(!action(window, "refreshAll")->isEnabled());
        QVERIFY(!action(window, "saveCapture")->isEnabled());
    }

    void saysWhereItIsFromAndHowOld()
    {
        MainWindow window(m_settings.get());
        window.setClock([] { return QDateTime(QDate(2023, 7, 18), QTime(17, 20, 48), Qt::UTC); });
        display(window, std::make_shared<const Snapshot>(sample::fleet()));
        QCOMPARE(text(window, "fleetName"), QStringLiteral("tropo"));
        QCOMPARE(text(window, "sourcePill"), QStringLiteral("DEMO"));
        QVERIFY(
            text(window, "takenLabel").startsWith(QLatin1String("taken 18 Jul 2023 15:20:48 UTC, age 2 h")));
        QVERIFY(!action(window, "refreshAll")->isEnabled());
    }

    void asksForRefreshesBySignal()
    {
        MainWindow window(m_settings.get());
        display(window, live());
        QSignalSpy refresh(&window, &MainWindow::refreshRequested);
        action(window, "refreshAll")->trigger();
        action(window, "refreshHost")->trigger();
        action(window, "refreshNode")->trigger();
        QCOMPARE(refresh.size(), 3);
        QCOMPARE(refresh[0][0].toString(), QString());
        QCOMPARE(refresh[1][0].toString(), QStringLiteral("trop02"));
        QCOMPARE(refresh[2][0].toString(), QStringLiteral("trop02/vm/Acilamwen/if/ens5"));
    }

    void showsTheViewThatIsAskedFor()
    {
        {
            MainWindow window(m_settings.get());
            display(window, live());
            QVERIFY(!window.findChild<ContainersView *>()->isVisibleTo(&window));
            action(window, "viewContainers")->trigger();
            QVERIFY(window.findChild<ContainersView *>()->isVisibleTo(&window));
            QVERIFY(!window.findChild<FleetView *>()->isVisibleTo(&window));
            const QString subject = window.findChild<ContainersView *>()->selectedSubject();
            QVERIFY(subject.startsWith(QLatin1String("trop02/vm/")));
            QSignalSpy refresh(&window, &MainWindow::refreshRequested);
            action(window, "refreshNode")->trigger();
            QCOMPARE(refresh.value(0).value(0).toString(), subject);
            Q_EMIT window.findChild<ContainersView *>()->goToSubject(subject);
            QVERIFY(window.findChild<FleetView *>()->isVisibleTo(&window));
            action(window, "viewContainers")->trigger();
            window.close();
        }
        MainWindow window(m_settings.get());
        display(window, live());
        QVERIFY(window.findChild<ContainersView *>()->isVisibleTo(&window));
        action(window, "viewFleet")->trigger();
        window.close();
    }

    void progressNamesEachSource()
    {
        MainWindow window(m_settings.get());
        display(window, live());
        QSignalSpy cancel(&window, &MainWindow::cancelRequested);
        window.setProgress(
            {{QStringLiteral("trop02"), QStringLiteral("libvirt"), SourceState::Reading, {}, {}, {}},
             {QStringLiteral("trop03"),
              QStringLiteral("host"),
              SourceState::Failed,
              QStringLiteral("no answer within 10 s"),
              {},
              std::chrono::milliseconds(10020)}});
        window.setCollecting(true);
        QVERIFY(
            window.statusBar()->currentMessage().contains(QLatin1String("Sources read: 0 of 2; failed: 1")));
        const auto *list = window.findChild<QTreeWidget *>(QStringLiteral("progressList"));
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->topLevelItem(1)->text(1), QStringLiteral("failed"));
        QCOMPARE(list->topLevelItem(1)->text(2), QStringLiteral("10.0 s"));
        QCOMPARE(list->topLevelItem(1)->text(3), QStringLiteral("no answer within 10 s"));
        action(window, "cancel")->trigger();
        QCOMPARE(cancel.size(), 1);
        window.setCollecting(false);
        QVERIFY(!action(window, "cancel")->isEnabled());
    }

    void identifiesAndGoesThere()
    {
        MainWindow window(m_settings.get());
        display(window, live());
        auto *box = window.findChild<IdentifyBox *>();
        QTest::keyClicks(box, QStringLiteral("52:54:00:02:02:0f"));
        QVERIFY(box->results()->rowCount() > 0);
        QTest::keyClick(box, Qt::Key_Return);
        QVERIFY(window.findChild<FleetView *>()->selected().contains(QLatin1String("trop02/")));
        box->clear();
        QTest::keyClicks(box, QStringLiteral("00:00:5e:00:01:99"));
        QVERIFY(box->results()->rowCount() > 0);
        QVERIFY(!box->results()->item(box->results()->rowCount() - 1)->isEnabled());
    }

    void identifiesAWholeFileThatIsPasted()
    {
        MainWindow window(m_settings.get());
        display(window, live());
        auto *box = window.findChild<IdentifyBox *>();
        QGuiApplication::clipboard()->setText(
            QStringLiteral("DEVICE=ens5\nHWADDR=52:54:00:00:01:01\nIPADDR=129.215.175.100\n"));
        QSignalSpy edited(box, &QLineEdit::textEdited);
        QTest::keyClick(box, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(edited.size(), 1);
        QStringList rows;
        for (int i = 0; i < box->results()->rowCount(); ++i)
            rows.append(box->results()->item(i)->text());
        QVERIFY2(rows.join(u' ').contains(QLatin1String("IPADDR 129.215.175.100 is float1's, HWADDR "
                                                        "52:54:00:00:01:01 is float2's")),
                 qPrintable(rows.join(u'|')));
        // Each answer can be gone to, and no words are cut off.
        QVERIFY(rows.contains(QStringLiteral("float/float1  \u2013  the address of float1, whose MAC is "
                                             "52:54:00:00:01:00")));
        for (const QString &row : rows)
            QVERIFY(!row.contains(u'\n'));
    }

    void onlyTheNewestSnapshotIsShown()
    {
        MainWindow window(m_settings.get());
        QSignalSpy shown(&window, &MainWindow::snapshotShown);
        SnapshotPtr last;
        for (int i = 0; i < 10; ++i) {
            last = live();
            window.showSnapshot(last);
        }
        QTRY_VERIFY(window.snapshot() == last);
        QCoreApplication::processEvents();
        QCOMPARE(shown.size(), 1);
    }

    void hostKeysAreAskedAboutAndRefusedByDefault()
    {
        MainWindow window(m_settings.get());
        window.show();
        QSignalSpy answered(&window, &MainWindow::hostKeyAnswered);
        const HostKeyQuestion question{QStringLiteral("trop02"), QStringLiteral("trop02"),
                                       QStringLiteral("ssh-ed25519"), QStringLiteral("SHA256:<b>abc</b>"),
                                       QStringLiteral("known_hosts")};
        window.askHostKey(question);
        auto *dialog = window.findChild<HostKeyDialog *>();
        QVERIFY(dialog);
        auto *fingerprint = dialog->findChild<QLabel *>(QStringLiteral("hostKeyFingerprint"));
        QCOMPARE(fingerprint->text(), QStringLiteral("SHA256:<b>abc</b>"));
        QCOMPARE(fingerprint->textFormat(), Qt::PlainText);
        QTest::keyClick(dialog, Qt::Key_Return);
        QCOMPARE(answered.size(), 1);
        QCOMPARE(answered[0][1].value<HostKeyAnswer>(), HostKeyAnswer::Refuse);
        window.askHostKey(question);
        QTRY_COMPARE(window.findChildren<HostKeyDialog *>().size(), 1);
        window.findChild<QPushButton *>(QStringLiteral("acceptKeyOnce"))->click();
        QCOMPARE(answered.size(), 2);
        QCOMPARE(answered[1][1].value<HostKeyAnswer>(), HostKeyAnswer::Once);
    }

    void errorsAreWordsAcrossTheWindow()
    {
        MainWindow window(m_settings.get());
        window.showError(QStringLiteral("fleet.toml:3: <i>expected</i> a MAC"));
        QCOMPARE(window.findChild<Banner *>()->text(), QStringLiteral("fleet.toml:3: <i>expected</i> a MAC"));
        QVERIFY(!window.findChild<Banner *>()->isHidden());
        window.showError({});
        QVERIFY(window.findChild<Banner *>()->isHidden());
    }

    void everyControlHasANameForEars()
    {
        MainWindow window(m_settings.get());
        display(window, live());
        const auto widgets = window.findChildren<QWidget *>();
        for (const QWidget *widget : widgets)
            if (widget->focusPolicy() & Qt::TabFocus &&
                !widget->objectName().startsWith(QLatin1String("qt_"))) {
                const QString name = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget))
                                         ->text(QAccessible::Name);
                QVERIFY2(!name.isEmpty(), qPrintable(QLatin1String(widget->metaObject()->className()) + u' ' +
                                                     widget->objectName()));
            }
    }

    void remembersThemeAndExpansion()
    {
        {
            MainWindow window(m_settings.get());
            display(window, live());
            action(window, "theme-dark")->trigger();
            window.close();
        }
        QVERIFY(isDark(QApplication::palette()));
        MainWindow window(m_settings.get());
        display(window, live());
        QVERIFY(action(window, "theme-dark")->isChecked());
        QVERIFY(
            window.findChild<FleetView *>()->expandedKeys().contains(QStringLiteral("trop02/vm/Acilamwen")));
        action(window, "theme-light")->trigger();
        QVERIFY(!isDark(QApplication::palette()));
    }

private:
    static void display(MainWindow &window, const SnapshotPtr &snapshot)
    {
        QSignalSpy shown(&window, &MainWindow::snapshotShown);
        window.showSnapshot(snapshot);
        QVERIFY(shown.size() == 1 || shown.wait());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_window.moc"
