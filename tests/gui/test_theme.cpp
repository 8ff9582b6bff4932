#include "views/presentation.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QRegularExpression>
#include <QTest>

using namespace tropo;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyTextIsLegible_data()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << static_cast<int>(Theme::Light);
        QTest::newRow("dark") << static_cast<int>(Theme::Dark);
    }

    void everyTextIsLegible()
    {
        QFETCH(int, theme);
        const QPalette p = paletteOf(static_cast<Theme>(theme));
        QCOMPARE(isDark(p), static_cast<Theme>(theme) == Theme::Dark);
        const Ink ink = inkOf(p);
        const QList<QColor> grounds{p.color(QPalette::Base), p.color(QPalette::AlternateBase),
                                    p.color(QPalette::Window), ink.panel};
        const QList<QColor> inks{ink.error,
                                 ink.warning,
                                 ink.info,
                                 ink.muted,
                                 p.color(QPalette::Text),
                                 p.color(QPalette::WindowText),
                                 p.color(QPalette::Link)};
        for (const QColor &ground : grounds)
            for (const QColor &text : inks)
                QVERIFY2(contrastOf(text, ground) >= 4.5,
                         qPrintable(text.name() + QLatin1String(" on ") + ground.name() + QLatin1Char(' ') +
                                    QString::number(contrastOf(text, ground))));
        QVERIFY(contrastOf(p.color(QPalette::HighlightedText), p.color(QPalette::Highlight)) >= 4.5);
        QVERIFY(contrastOf(p.color(QPalette::Text), ink.marked) >= 4.5);
        QVERIFY(contrastOf(p.color(QPalette::ButtonText), p.color(QPalette::Button)) >= 4.5);
        QVERIFY(contrastOf(p.color(QPalette::ToolTipText), p.color(QPalette::ToolTipBase)) >= 4.5);
        QVERIFY(contrastOf(p.color(QPalette::PlaceholderText), p.color(QPalette::Base)) >= 4.5);
    }

    void everyMeaningHasAnIcon()
    {
        for (Theme theme : {Theme::Light, Theme::Dark}) {
            const QPalette palette = paletteOf(theme);
            for (int kind = 0; kind <= static_cast<int>(NodeKind::NotKnown); ++kind)
                for (int state = 0; state <= static_cast<int>(NodeState::Unreachable); ++state) {
                    const QString name = iconName(static_cast<NodeKind>(kind), static_cast<NodeState>(state));
                    if (static_cast<NodeKind>(kind) != NodeKind::Group)
                        QVERIFY2(!themedIcon(name, palette).pixmap(16).isNull(), qPrintable(name));
                }
            for (const char *name : {"app", "refresh", "cancel", "identify", "copy", "open", "capture",
                                     "welcome", "stale", "finding-none", "finding-error", "finding-warning",
                                     "finding-info", "agrees", "disagrees", "absent", "done", "accepted"})
                QVERIFY2(!themedIcon(QLatin1String(name), palette).pixmap(16).isNull(), name);
        }
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
