#include "models/redact/met_names.h"

#include "models/address/ip_address.h"
#include "models/redact/plain_spelling.h"

#include <QRegularExpression>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What a name with dots ends in where it is a file's or a unit's, not a host's.
bool isEndingOfFiles(QByteArrayView last)
{
    static const QSet<QByteArray> endings{"conf",   "img",     "inactive", "iso",   "json",   "leases",
                                          "local",  "log",     "md",       "mount", "qcow",   "raw",
                                          "scope",  "service", "slice",    "slot",  "socket", "tar",
                                          "target", "timer",   "toml",     "txt",   "xml",    "yaml"};
    return endings.contains(last.toByteArray().toLower());
}

/// What every system has, and cloud images before anybody has touched them: nobody's name, and nothing to
/// warn of.
bool isNobody(const QString &name)
{
    static const QStringList names{u"root"_s,        u"nobody"_s,     u"daemon"_s,  u"localhost"_s,
                                   u"localdomain"_s, u"debian"_s,     u"ubuntu"_s,  u"centos"_s,
                                   u"fedora"_s,      u"rocky"_s,      u"alpine"_s,  u"core"_s,
                                   u"almalinux"_s,   u"cloud-user"_s, u"ec2-user"_s};
    return names.contains(name, Qt::CaseInsensitive);
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isHostByte(char c)
{
    return (isNameByte(c) && !(c & 0x80)) || c == '-' || c == '.';
}

/// Letters after a dot at the end, as a host has in the whole DNS.
bool isQualified(QByteArrayView name)
{
    const qsizetype dot = name.lastIndexOf('.');
    const QByteArrayView last = name.sliced(dot + 1);
    return dot > 0 && last.size() > 1 && std::all_of(last.begin(), last.end(), &isLetter) &&
           !isEndingOfFiles(last);
}

/// Of people's names; '+' is in mail addresses.
bool isPersonByte(char c)
{
    return isNameByte(c) || QByteArrayView("-._+").contains(c);
}

/// What stands behind "image@", where a login would have its host.
bool isHash(QByteArrayView name)
{
    return name == "sha256" || name == "sha512";
}

QByteArrayView hostAt(QByteArrayView text, qsizetype i)
{
    qsizetype end = i;
    while (end < text.size() && isHostByte(text[end]))
        ++end;
    QByteArrayView name = text.sliced(i, end - i);
    while (name.endsWith('.') || name.endsWith('-'))
        name.chop(1);
    return name;
}

/// What configures interfaces, and with them where names are looked for.
bool isInterfaceFile(const QString &document)
{
    static const QStringList rooms{u"/ifcfg/"_s, u"/nm/"_s, u"/netplan/"_s, u"/interfaces.txt"_s,
                                   u"/etc/network/"_s};
    return std::any_of(rooms.begin(), rooms.end(),
                       [&document](const QString &room) { return document.contains(room); });
}

class Meeting
{
public:
    explicit Meeting(NameMasks &names, bool isSaid = false) : m_names(names), m_isSaid(isSaid) {}

    void host(const QString &name, const QString &stem, bool isOwn = false)
    {
        // An address is hidden as one.
        if ((isOwn || !isNobody(name)) && !Ipv4::fromString(name) && !Ipv6::fromString(name))
            m_names.meet(RedactedKind::Host, name, stem, isOwn);
    }
    void person(const QString &name)
    {
        if (!isNobody(name))
            m_names.meet(RedactedKind::Person, name, u"person"_s);
    }

    /// "web1.example.org": the host, and the domain that it is in.
    void machine(const QString &hostname, const QString &stem)
    {
        host(hostname.section(u'.', 0, 0), stem);
        host(hostname.section(u'.', 1), u"domain"_s);
    }

    /// "arthur@trop02:22"
    void login(const QString &text)
    {
        host(text.section(u'@', -1).section(u':', 0, 0), u"host"_s);
        if (text.contains(u'@'))
            person(text.section(u'@', 0, 0));
    }

    /// "registry.example.org:5000/firethorn/apache:2.1@sha256:…": all but tag and digest, and its parts,
    /// since services and containers are named after them.
    void image(QString name)
    {
        name = name.section(u'@', 0, 0);
        const qsizetype tag = name.indexOf(u':', qMax<qsizetype>(name.lastIndexOf(u'/'), 0));
        if (tag > 0)
            name.truncate(tag);
        if (isHexId(name))
            return;
        m_names.meet(RedactedKind::Image, name, u"image"_s);
        const QStringList parts = name.split(u'/');
        const bool hasRegistry = parts.size() > 1 && (parts[0].contains(u'.') || parts[0].contains(u':'));
        if (hasRegistry)
            host(parts[0].section(u':', 0, 0), u"registry"_s);
        for (qsizetype i = hasRegistry ? 1 : 0; parts.size() > 1 && i < parts.size(); ++i)
            m_names.meet(RedactedKind::Image, parts[i], u"image"_s);
    }

    void fleet(const Fleet &fleet);
    void policy(const Policy &policy);
    void network(const Network &network);
    void engine(const Engine &engine);
    void text(QByteArrayView text);
    /// Domains that names are looked for in: what follows DOMAIN=, "search:", "dns-search" and their like.
    void searched(QByteArrayView text);
    /// A network's own domain, and the hosts that it tells its guests of (libvirt's formatnetwork).
    void elements(QByteArrayView text);

private:
    static bool isHexId(const QString &name)
    {
        return name.startsWith(u"sha256:") || ((name.size() == 12 || name.size() == 64) &&
                                               std::all_of(name.begin(), name.end(), [](QChar c) {
                                                   return c.isDigit() || (c >= u'a' && c <= u'f');
                                               }));
    }
    void homes(QByteArrayView text);
    void logins(QByteArrayView text);
    void domains(QByteArrayView text);

    NameMasks &m_names;
    const bool m_isSaid; ///< by the author, rather than by a machine
};

void Meeting::engine(const Engine &engine)
{
    for (const SwarmNode &node : engine.nodes.value_or(QList<SwarmNode>()))
        machine(node.hostname, u"vm"_s);
    for (const Container &container : engine.containers.value_or(QList<Container>()))
        image(container.image);
    for (const Service &service : engine.services.value_or(QList<Service>()))
        image(service.image);
}

void Meeting::network(const Network &network)
{
    for (const NetworkForm *form :
         {network.form ? &*network.form : nullptr, network.declared ? &*network.declared : nullptr})
        for (const Reservation &one : form ? form->reservations : QList<Reservation>())
            machine(one.name, u"vm"_s);
    for (const Lease &lease : network.leases.value_or(QList<Lease>()))
        machine(lease.hostname, u"vm"_s);
}

void Meeting::fleet(const Fleet &fleet)
{
    const auto system = [this](const Machine &one, const QString &stem) {
        if (one.hostname)
            machine(one.hostname->value, stem);
    };
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        host(hypervisor.name, u"host"_s, true);
        system(hypervisor.host, u"host"_s);
    }
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>())) {
            host(domain.name, u"vm"_s, true);
            if (!domain.guest)
                continue;
            system(domain.guest->system, u"vm"_s);
            engine(domain.guest->engine);
        }
        for (const Network &one : hypervisor.networks.value_or(QList<Network>()))
            network(one);
    }
    host(fleet.name, u"fleet"_s);
}

void Meeting::policy(const Policy &policy)
{
    for (const HypervisorPolicy &one : policy.hypervisors) {
        host(one.name, u"host"_s, true);
        login(one.ssh);
    }
    for (const GuestPolicy &guest : policy.guests) {
        host(guest.name.section(u'/', -1), u"vm"_s, true);
        person(guest.user);
    }
    person(policy.guestUser);
    for (const FloatPolicy &one : policy.floats)
        host(one.name, u"float"_s);
    host(policy.name, u"fleet"_s);
}

void Meeting::homes(QByteArrayView text)
{
    for (const QByteArrayView home : {QByteArrayView("/home/"), QByteArrayView("/Users/")})
        for (qsizetype i = text.indexOf(home); i >= 0; i = text.indexOf(home, i + 1)) {
            qsizetype end = i + home.size();
            while (end < text.size() && isPersonByte(text[end]))
                ++end;
            // What a sentence puts behind it.
            while (text[end - 1] == '.' || text[end - 1] == '-')
                --end;
            person(QString::fromUtf8(text.sliced(i + home.size(), end - i - home.size())));
        }
}

/// NAME@HOST, where the host is one that is known, or has a whole name, or the author says so.
void Meeting::logins(QByteArrayView text)
{
    for (qsizetype at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
        qsizetype begin = at;
        while (begin > 0 && isPersonByte(text[begin - 1]))
            --begin;
        const QString who = QString::fromUtf8(text.sliced(begin, at - begin));
        const QByteArrayView where = hostAt(text, at + 1);
        const QString name = QString::fromUtf8(where);
        const bool isSaid = m_isSaid && !where.isEmpty() && isLetter(where.front()) && !isHash(where) &&
                            !isEndingOfFiles(where.sliced(where.lastIndexOf('.') + 1));
        const bool isHost = isQualified(where) || m_names.has(name) || Ipv4::fromString(name) || isSaid;
        if (who.isEmpty() || !(isLetter(text[begin]) || (text[begin] & 0x80)) || !isHost)
            continue;
        person(who);
        // "agnes+lists@…"
        person(who.section(u'+', 0, 0));
        if (!m_names.has(name.section(u'.', 0, 0)))
            host(name, u"domain"_s);
    }
}

/// What follows a known name: ".int.example.org".
void Meeting::domains(QByteArrayView text)
{
    for (qsizetype dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
        if (dot == 0 || !isNameByte(text[dot - 1]) || dot + 1 >= text.size() || !isLetter(text[dot + 1]))
            continue;
        const QByteArrayView rest = hostAt(text, dot + 1);
        if (!rest.contains('.') || !isQualified(rest))
            continue;
        qsizetype begin = dot;
        while (begin > 0 && isHostByte(text[begin - 1]) && text[begin - 1] != '.')
            --begin;
        if (m_names.has(QString::fromUtf8(text.sliced(begin, dot - begin))))
            host(QString::fromUtf8(rest), u"domain"_s);
    }
}

void Meeting::searched(QByteArrayView text)
{
    static const QRegularExpression keys(
        u"(?:^|[\\s;\\[{])(?:DOMAIN|SEARCH|dns-search|dns-domain|search|domain)\\s*(?:=|:|\\s)"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QString all = QString::fromLatin1(text); // so that places are the bytes'
    for (auto match = keys.globalMatch(all); match.hasNext();) {
        qsizetype at = match.next().capturedEnd();
        while (true) {
            while (at < text.size() && QByteArrayView(" \t\n,;[]\"'-").contains(text[at]))
                ++at;
            const QByteArrayView domain = hostAt(text, at);
            if (!isQualified(domain))
                break;
            host(QString::fromLatin1(domain), u"domain"_s);
            at += domain.size();
        }
    }
}

void Meeting::elements(QByteArrayView text)
{
    const auto each = [&text](QByteArrayView before, char end, auto act) {
        for (qsizetype i = text.indexOf(before); i >= 0; i = text.indexOf(before, i + 1)) {
            const qsizetype begin = i + before.size();
            const qsizetype stop = text.indexOf(end, begin);
            if (stop > begin && stop - begin < 256)
                act(QString::fromUtf8(text.sliced(begin, stop - begin)));
        }
    };
    each("<domain name='", '\'', [this](const QString &name) { host(name, u"domain"_s); });
    each("<domain name=\"", '"', [this](const QString &name) { host(name, u"domain"_s); });
    each("<hostname>", '<', [this](const QString &name) { machine(name, u"vm"_s); });
}

void Meeting::text(QByteArrayView text)
{
    homes(text);
    logins(text);
    domains(text);
}

} // namespace

void meetNames(NameMasks &names, const Snapshot &snapshot, const QList<QByteArray> &errors)
{
    Meeting meeting(names);
    meeting.policy(snapshot.policy);
    meeting.fleet(snapshot.fleet);
    for (auto it = snapshot.evidence.documents.begin(); it != snapshot.evidence.documents.end(); ++it) {
        const PlainSpelling plain(it->text);
        // Who made a key stands behind it, on whatever machine that was.
        if (it.key().endsWith(u"/ssh-host-keys.txt"_s))
            Meeting(names, true).text(plain.text());
        else
            meeting.text(plain.text());
        if (isInterfaceFile(it.key()))
            meeting.searched(plain.text());
        if (it.key().contains(u"/networks/"_s))
            meeting.elements(plain.text());
    }
    for (const QByteArray &error : errors)
        meeting.text(PlainSpelling(error).text());
}

void meetNamesSaid(NameMasks &names, QByteArrayView said)
{
    Meeting(names, true).text(PlainSpelling(said).text());
}

} // namespace tropo
