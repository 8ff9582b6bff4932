#include "models/fixes/files/guest_paths.h"

#include "models/evidence/evidence.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Room
{
    const char16_t *document; ///< folder in the capture
    const char16_t *folder;   ///< on the guest
    const char16_t *prefix;
    const char16_t *suffix;
};

constexpr Room rooms[] = {
    {u"ifcfg", u"/etc/sysconfig/network-scripts/", u"ifcfg-", u""},
    {u"nm", u"/etc/NetworkManager/system-connections/", u"", u".nmconnection"},
    {u"netplan", u"/etc/netplan/", u"", u".yaml"},
};

bool isOdd(QChar c)
{
    return c == u'/' || c.category() == QChar::Other_Control || c == QChar::ReplacementCharacter;
}

/// The version's first number: 7 of "7.9", 0 where there is none.
int majorOf(const OsRelease &os)
{
    return os.version.section(u'.', 0, 0).toInt();
}

std::optional<ConfigFormat> formatOf(const OsRelease &os)
{
    const int major = majorOf(os);
    const auto is = [&os](std::initializer_list<QLatin1StringView> ids) {
        return std::find(ids.begin(), ids.end(), os.id) != ids.end();
    };
    if (is({"debian"_L1, "raspbian"_L1, "devuan"_L1}))
        return ConfigFormat::DebianInterfaces;
    if (major == 0)
        return {};
    if (os.id == "fedora"_L1) // keyfiles are what NetworkManager writes since
        return major < 33 ? ConfigFormat::Ifcfg : ConfigFormat::Keyfile;
    if (is({"rhel"_L1, "centos"_L1, "rocky"_L1, "almalinux"_L1, "ol"_L1, "scientific"_L1}))
        return major < 9 ? ConfigFormat::Ifcfg : ConfigFormat::Keyfile;
    if (os.id == "ubuntu"_L1)
        return major < 18 ? ConfigFormat::DebianInterfaces : ConfigFormat::Netplan;
    return {};
}

} // namespace

Result<QStringList> pathsOnGuest(const QString &document)
{
    const QStringList parts = document.split(u'/');
    const auto refused = [&document](const QString &why) { return failure(ErrorKind::Usage, document, why); };
    if (parts.size() != 5 || parts[1] != u"guests")
        return refused(u"no document of a guest's interface files"_s);
    if (parts[3] == u"guest" && parts[4] == u"interfaces.txt")
        return QStringList{u"/etc/network/interfaces"_s};
    const QString name = unescapedName(parts[4]);
    for (const Room &room : rooms) {
        const QStringView prefix(room.prefix);
        const QStringView suffix(room.suffix);
        if (parts[3] != QStringView(room.document))
            continue;
        if (!name.startsWith(prefix) || !name.endsWith(suffix) ||
            name.size() <= prefix.size() + suffix.size())
            return refused(u"no name that such a file has"_s);
        if (name.startsWith(u'.') || std::any_of(name.begin(), name.end(), &isOdd) ||
            name.toUtf8().size() > 180)
            return refused(u"a name that cannot be written to"_s);
        QStringList paths{QString::fromUtf16(room.folder) + name};
        if (parts[3] == u"nm")
            paths.append(paths.first().chopped(suffix.size()));
        return paths;
    }
    return refused(u"no document of a guest's interface files"_s);
}

QString guestFolder(const QString &hypervisor, const QString &vm)
{
    return escapedName(hypervisor) + u"/guests/"_s + escapedName(vm);
}

std::optional<QString> documentOnGuest(const QString &folder, const QString &path)
{
    if (path == u"/etc/network/interfaces")
        return QString(folder + u"/guest/interfaces.txt"_s);
    for (const Room &room : rooms) {
        const QString home = QString::fromUtf16(room.folder);
        if (!path.startsWith(home))
            continue;
        const QString document = folder + u'/' + QString::fromUtf16(room.document) + u'/' +
                                 escapedName(QStringView(path).sliced(home.size()));
        if (const auto paths = pathsOnGuest(document); paths && paths->contains(path))
            return document;
    }
    return {};
}

std::optional<ConfigFormat> guestFormat(const Guest &guest)
{
    bool ifcfg = false;
    bool keyfile = false;
    bool debian = false;
    for (const InterfaceConfig &config : guest.configs) {
        if (config.device == "lo"_L1)
            continue;
        // It writes the files of whatever else there is.
        if (config.format == ConfigFormat::Netplan)
            return ConfigFormat::Netplan;
        ifcfg = ifcfg || config.format == ConfigFormat::Ifcfg;
        keyfile = keyfile || config.format == ConfigFormat::Keyfile;
        debian = debian || config.format == ConfigFormat::DebianInterfaces;
    }
    const std::optional<ConfigFormat> usual = guest.system.os ? formatOf(*guest.system.os) : std::nullopt;
    if ((usual == ConfigFormat::Ifcfg && ifcfg) || (usual == ConfigFormat::Keyfile && keyfile))
        return usual;
    if (debian)
        return ConfigFormat::DebianInterfaces;
    if (ifcfg)
        return ConfigFormat::Ifcfg;
    if (keyfile)
        return ConfigFormat::Keyfile;
    return guest.configsRead ? usual : std::nullopt;
}

} // namespace tropo
