#include "ssh/apply/libvirt_control.h"

#include "ssh/apply/libvirt_calls.h"
#include "ssh/libvirt/event_loop.h"
#include "ssh/libvirt/libvirt_uri.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;
using namespace libvirt_calls;

LibvirtControl::LibvirtControl(Options options, std::shared_ptr<RemoteMachine> link)
    : m_options(std::move(options)), m_link(std::move(link))
{
}

LibvirtControl::~LibvirtControl() = default;

void LibvirtControl::setLink(std::shared_ptr<RemoteMachine> link)
{
    m_link = std::move(link);
    m_connection.reset();
}

namespace {

/// Without those that only read.
QStringList writableSockets(const QStringList &sockets)
{
    QStringList writable;
    for (const QString &socket : sockets)
        if (!socket.endsWith("-ro"_L1))
            writable.append(socket);
    return writable;
}

} // namespace

Result<std::shared_ptr<LibvirtControl::Connection>> LibvirtControl::connection(const std::stop_token &stop)
{
    if (m_connection && !m_connection->spent && virConnectIsAlive(m_connection->handle.get()) == 1)
        return m_connection;
    m_connection.reset();
    startLibvirtEvents();
    const auto overSsh = sshLibvirtUri(m_options.uri);
    if (!overSsh)
        return tl::unexpected(overSsh.error());
    Error last{ErrorKind::Unreachable, m_options.hypervisor, u"libvirt has no socket that could be opened"_s};
    const QStringList sockets = *overSsh ? writableSockets((*overSsh)->sockets) : QStringList{QString()};
    for (const QString &socket : sockets) {
        const auto made = std::make_shared<Connection>();
        QString uri = m_options.uri;
        if (*overSsh) {
            if (!m_link)
                return failure(ErrorKind::Unreachable, m_options.hypervisor,
                               u"there is no connection to it"_s);
            auto forward = m_link->forward(socket, stop);
            if (!forward) {
                last = forward.error();
                continue;
            }
            made->forward = *std::move(forward);
            uri = forwardedUri(**overSsh, made->forward->localPath());
        }
        const Error late{ErrorKind::Timeout, m_options.hypervisor,
                         u"libvirt did not answer; see whether libvirtd hangs there"_s};
        const auto opened = bounded<bool>(
            [made, uri, where = m_options.hypervisor]() -> Result<bool> {
                made->handle.reset(virConnectOpen(uri.toUtf8().constData()));
                if (!made->handle)
                    return tl::unexpected(lastLibvirtError(where, u"open libvirt for writing"_s));
                constexpr int pingSeconds = 3;
                constexpr unsigned int pings = 3;
                virConnectSetKeepAlive(made->handle.get(), pingSeconds, pings);
                return true;
            },
            [made] { made->cut(); }, m_options.limit, stop, late);
        if (opened) {
            m_connection = made;
            return made;
        }
        last = opened.error();
        if (stop.stop_requested())
            break;
    }
    return tl::unexpected(last);
}

Result<QList<LibvirtControl::DomainListing>> LibvirtControl::domains(const std::stop_token &stop)
{
    return with(
        {m_options.hypervisor, u"list the domains"_s}, stop,
        [](virConnectPtr connection, const Place &place) -> Result<QList<DomainListing>> {
            virDomainPtr *all = nullptr;
            const int count = virConnectListAllDomains(connection, &all, noFlags);
            if (count < 0)
                return tl::unexpected(errorAt(place));
            QList<DomainListing> listed;
            for (int i = 0; i < count; ++i) {
                const DomainHandle domain = owned(all[i]);
                char uuid[VIR_UUID_STRING_BUFLEN] = {};
                virDomainGetUUIDString(domain.get(), uuid);
                listed.append({QString::fromUtf8(virDomainGetName(domain.get())), QString::fromLatin1(uuid)});
            }
            free(all);
            return listed;
        });
}

Result<QByteArray> LibvirtControl::domainXml(const QString &uuid, bool inactive, const std::stop_token &stop)
{
    return withDomain(uuid, u"describe a domain"_s, stop,
                      [inactive](virDomainPtr domain, const Place &place) -> Result<QByteArray> {
                          if (!inactive && virDomainIsActive(domain) == 0)
                              return QByteArray(); // libvirt would give the persistent one
                          const unsigned int flags = inactive ? unsigned{VIR_DOMAIN_XML_INACTIVE} : noFlags;
                          return textOr(virDomainGetXMLDesc(domain, flags), place);
                      });
}

Result<int> LibvirtControl::domainState(const QString &uuid, const std::stop_token &stop)
{
    return withDomain(uuid, u"ask for a domain's state"_s, stop,
                      [](virDomainPtr domain, const Place &place) -> Result<int> {
                          int state = 0;
                          if (virDomainGetState(domain, &state, nullptr, noFlags) < 0)
                              return tl::unexpected(errorAt(place));
                          return state;
                      });
}

Result<void> LibvirtControl::changeDevice(const QString &uuid, Device how, bool persistent,
                                          const QByteArray &xml, const std::stop_token &stop)
{
    const unsigned int flags =
        persistent ? unsigned{VIR_DOMAIN_AFFECT_CONFIG} : unsigned{VIR_DOMAIN_AFFECT_LIVE};
    const QString what = how == Device::Attach   ? u"attach the NIC"_s
                         : how == Device::Detach ? u"detach the NIC"_s
                                                 : u"set the NIC's link"_s;
    return withDomain(uuid, what, stop, [how, flags, xml](virDomainPtr domain, const Place &place) {
        const auto change = how == Device::Attach   ? &virDomainAttachDeviceFlags
                            : how == Device::Detach ? &virDomainDetachDeviceFlags
                                                    : &virDomainUpdateDeviceFlags;
        return doneOr(change(domain, xml.constData(), flags), place);
    });
}

Result<bool> LibvirtControl::domainAutostart(const QString &uuid, const std::stop_token &stop)
{
    return withDomain(uuid, u"ask whether a domain starts by itself"_s, stop,
                      [](virDomainPtr domain, const Place &place) {
                          int on = 0;
                          const int status = virDomainGetAutostart(domain, &on);
                          return yesOr(status, on, place);
                      });
}

Result<void> LibvirtControl::setDomainAutostart(const QString &uuid, bool on, const std::stop_token &stop)
{
    return withDomain(uuid, u"set whether a domain starts by itself"_s, stop,
                      [on](virDomainPtr domain, const Place &place) {
                          return doneOr(virDomainSetAutostart(domain, on ? 1 : 0), place);
                      });
}

} // namespace tropo
