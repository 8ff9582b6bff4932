#include "models/compare/comparing.h"
#include "models/fleet/subject.h"

#include <QMap>

namespace tropo {

namespace {

/// What a configuration is of: its file, and the interface that it names there.
QString keyOf(const InterfaceConfig &config)
{
    const QString bound = config.hwaddr ? config.hwaddr->value.toString() : QString();
    return config.source.document + u'\n' + (config.device.isEmpty() ? bound : config.device);
}

QString fileOf(const InterfaceConfig &config)
{
    return config.source.document.section(u'/', -1);
}

struct Values
{
    QStringList values; ///< a key may stand several times
    Source source;

    QString text() const { return values.join(QLatin1String(" and ")); }
};

QMap<QString, Values> valuesOf(const InterfaceConfig &config)
{
    QMap<QString, Values> all;
    for (const Setting &setting : config.settings) {
        Values &values = all[setting.key];
        values.values.append(setting.value);
        if (values.source.isNull())
            values.source = setting.source;
    }
    return all;
}

void compareSettings(const InterfaceConfig &before, const InterfaceConfig &after, const QString &place,
                     const QString &title, ChangeLog &log)
{
    const QMap<QString, Values> earlier = valuesOf(before);
    const QMap<QString, Values> later = valuesOf(after);
    QStringList keys = earlier.keys();
    for (const QString &key : later.keys())
        if (!keys.contains(key))
            keys.append(key);
    for (const QString &key : keys) {
        const QString thing = QStringLiteral("%1 in %2 %3").arg(key, fileOf(after), title);
        if (!earlier.contains(key))
            log.added(place, "setting", QStringLiteral("%1 = %2").arg(thing, later[key].text()),
                      later[key].source);
        else if (!later.contains(key))
            log.removed(place, "setting", QStringLiteral("%1 = %2").arg(thing, earlier[key].text()),
                        earlier[key].source);
        else
            log.changed(place, "setting", thing, earlier[key].text(), later[key].text(), earlier[key].source,
                        later[key].source);
    }
}

} // namespace

void compareFiles(const QList<InterfaceConfig> &before, const QList<InterfaceConfig> &after, bool whole,
                  const QString &subject, bool isGuest, const QString &title, ChangeLog &log)
{
    for (const auto &pair : matched(before, after, &keyOf)) {
        const InterfaceConfig &any = pair.after ? *pair.after : *pair.before;
        const QString place =
            isGuest && !any.device.isEmpty() ? subject::interface(subject, any.device) : subject;
        const QString thing =
            any.device.isEmpty()
                ? QStringLiteral("The file %1 %2").arg(fileOf(any), title)
                : QStringLiteral("The configuration of %1 in %2 %3").arg(any.device, fileOf(any), title);
        if (pair.before && pair.after)
            compareSettings(*pair.before, *pair.after, place, title, log);
        else if (!whole)
            log.bothRead(place, fileOf(any), pair.before != nullptr, pair.after != nullptr);
        else if (pair.after)
            log.added(place, "file", thing, any.source);
        else
            log.removed(place, "file", thing, any.source);
    }
}

} // namespace tropo
