#include "models/evidence/evidence.h"

#include <QSet>

#include <algorithm>

namespace tropo {

const Document *Evidence::find(const QString &path) const
{
    const auto it = documents.constFind(path);
    return it == documents.constEnd() ? nullptr : &*it;
}

QStringList Evidence::hypervisors() const
{
    static const QStringList rooms{QStringLiteral("host"), QStringLiteral("libvirt"),
                                   QStringLiteral("declared"), QStringLiteral("guests")};
    QSet<QString> names;
    for (auto it = documents.keyBegin(); it != documents.keyEnd(); ++it)
        if (it->count(u'/') >= 2 && rooms.contains(it->section(u'/', 1, 1)))
            names.insert(unescapedName(it->section(u'/', 0, 0)));
    for (const SourceError &error : errors)
        names.insert(error.hypervisor);
    QStringList sorted(names.cbegin(), names.cend());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

QStringList Evidence::below(const QString &folder) const
{
    const QString prefix = folder + u'/';
    QStringList paths;
    for (auto it = documents.lowerBound(prefix); it != documents.constEnd() && it.key().startsWith(prefix);
         ++it)
        paths.append(it.key());
    return paths;
}

QString escapedName(QStringView name)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    QString part;
    const QByteArray bytes = name.toUtf8();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto c = static_cast<unsigned char>(bytes[i]);
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                           c == '_' || c == '-' || (c == '.' && i > 0);
        if (plain) {
            part += QLatin1Char(static_cast<char>(c));
        } else {
            part += u'%';
            part += QLatin1Char(hex[c >> 4]);
            part += QLatin1Char(hex[c & 15]);
        }
    }
    return part;
}

QString unescapedName(QStringView part)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(part.toUtf8()));
}

} // namespace tropo
