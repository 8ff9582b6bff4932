#include "models/assemble/assemble.h"
#include "models/evidence/capture.h"
#include "models/policy/fleet_file.h"
#include "models/rules/judge.h"
#include "tests/support/sample_fleet.h"
#include "views/shot.h"

#include <QApplication>
#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace tropo;

namespace {

SnapshotPtr demo()
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->kind = SnapshotKind::Demo;
    snapshot->origin = QStringLiteral("the bundled demo");
    snapshot->evidence = readCapture(QStringLiteral(":/demo")).value();
    snapshot->policy = parseFleetFile(snapshot->evidence.find(QStringLiteral("fleet.toml"))->text,
                                      QStringLiteral("fleet.toml"))
                           .value();
    snapshot->fleet = assemble(snapshot->evidence, snapshot->policy);
    snapshot->findings = judge(snapshot->fleet, snapshot->policy, {}, snapshot->evidence);
    snapshot->stories = stories(snapshot->fleet, snapshot->policy, snapshot->findings);
    snapshot->floats = floatRows(snapshot->fleet, snapshot->policy);
    snapshot->notKnown = notKnown(snapshot->fleet, snapshot->policy);
    return snapshot;
}

} // namespace

class TestShot : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void drawsEveryView_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("theme");
        for (const QString &view : viewNames())
            for (QSize size : {QSize(1600, 1000), QSize(1100, 700)})
                for (Theme theme : {Theme::Light, Theme::Dark})
                    QTest::addRow("%s-%d-%s", qPrintable(view), size.width(), qPrintable(themeName(theme)))
                        << view << size << static_cast<int>(theme);
    }

    /// With TROPOSCOPE_PICTURES the pictures are kept there, to be looked at.
    void drawsEveryView()
    {
        QFETCH(QString, view);
        QFETCH(QSize, size);
        QFETCH(int, theme);
        const auto snapshot = std::make_shared<const Snapshot>(sample::fleet());
        const auto image = renderView(snapshot, view, size, {}, static_cast<Theme>(theme));
        QVERIFY(image);
        QCOMPARE(image->size(), size);
        QCOMPARE(image->pixelColor(2, 2).lightness() < 128, static_cast<Theme>(theme) == Theme::Dark);
        const QString folder = qEnvironmentVariable("TROPOSCOPE_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(image->save(
                QDir(folder).filePath(QLatin1String(QTest::currentDataTag()) + QLatin1String(".png"))));
    }

    void drawsTheDemo_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::newRow("demo-worst") << QString();
        QTest::newRow("demo-fleet") << QStringLiteral("fleet");
        QTest::newRow("demo-bridge") << QStringLiteral("trop02/bridge/br0");
        QTest::newRow("demo-services") << QStringLiteral("trop02/vm/Eterathiel/service/ft_carolina");
        QTest::newRow("demo-network") << QStringLiteral("trop02/network/default");
    }

    void drawsTheDemo()
    {
        QFETCH(QString, subject);
        const SnapshotPtr snapshot = demo();
        QVERIFY(!snapshot->fleet.hypervisors.isEmpty());
        const auto image = renderView(snapshot, QStringLiteral("fleet"), {1600, 1000}, subject, Theme::Light);
        QVERIFY(image);
        const QString folder = qEnvironmentVariable("TROPOSCOPE_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(image->save(
                QDir(folder).filePath(QLatin1String(QTest::currentDataTag()) + QLatin1String(".png"))));
    }

    /// Finer, not larger: what is laid out is the same.
    void aPictureMayHaveMorePixels()
    {
        const auto snapshot = std::make_shared<const Snapshot>(sample::fleet());
        const auto plain = renderView(snapshot, QStringLiteral("findings"), {1200, 760}, {}, Theme::Light);
        const auto fine =
            renderView(snapshot, QStringLiteral("findings"), {1200, 760}, {}, Theme::Light, {}, 2);
        QVERIFY(plain && fine);
        QCOMPARE(plain->devicePixelRatio(), 1.0);
        QCOMPARE(fine->size(), QSize(2400, 1520));
        QCOMPARE(fine->devicePixelRatio(), 2.0);
        // The letters of the two lie over one another, but for the grid that they are fitted into.
        const QImage small = fine->scaled(60, 38, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        const QImage expected = plain->scaled(60, 38, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        int differing = 0;
        for (int y = 0; y < small.height(); ++y)
            for (int x = 0; x < small.width(); ++x)
                if (qAbs(small.pixelColor(x, y).lightness() - expected.pixelColor(x, y).lightness()) > 24)
                    ++differing;
        QVERIFY2(differing < small.width() * small.height() / 20, qPrintable(QString::number(differing)));
    }

    void aSubjectChangesThePicture()
    {
        const auto snapshot = std::make_shared<const Snapshot>(sample::fleet());
        const auto draw = [&snapshot](const char *subject) {
            return *renderView(snapshot, QStringLiteral("fleet"), {1100, 700}, QString::fromLatin1(subject),
                               Theme::Light);
        };
        QVERIFY(draw("trop02/bridge/br0") != draw("float/float3"));
    }

    void refusesWhatItCannotDraw()
    {
        const auto snapshot = std::make_shared<const Snapshot>(sample::fleet());
        const auto unknown = renderView(snapshot, QStringLiteral("bogus"), {1600, 1000}, {}, Theme::Light);
        QVERIFY(!unknown);
        QCOMPARE(
            unknown.error().text(),
            QStringLiteral("bogus: there is no such view; there are fleet, findings, floats, containers, "
                           "changes, layers"));
        QVERIFY(!renderView(snapshot, QStringLiteral("fleet"), {10, 10}, {}, Theme::Light));
        QVERIFY(!renderView(snapshot, QStringLiteral("fleet"), {100000, 10}, {}, Theme::Light));
        QVERIFY(!renderView({}, QStringLiteral("fleet"), {1600, 1000}, {}, Theme::Light));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestShot test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_shot.moc"
