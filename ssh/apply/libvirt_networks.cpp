#include "ssh/apply/libvirt_calls.h"

#include <QStringList>

namespace tropo {

using namespace Qt::Literals::StringLiterals;
using namespace libvirt_calls;

// Networks, by LibvirtControl.

Result<QByteArray> LibvirtControl::networkXml(const QString &name, bool inactive, const std::stop_token &stop)
{
    const unsigned int flags = inactive ? unsigned{VIR_NETWORK_XML_INACTIVE} : noFlags;
    return withNetwork(name, u"describe a network"_s, stop,
                       [flags](virNetworkPtr network, const Place &place) {
                           return textOr(virNetworkGetXMLDesc(network, flags), place);
                       });
}

Result<bool> LibvirtControl::networkActive(const QString &name, const std::stop_token &stop)
{
    return withNetwork(name, u"ask whether a network is active"_s, stop,
                       [](virNetworkPtr network, const Place &place) {
                           const int active = virNetworkIsActive(network);
                           return yesOr(active, active, place);
                       });
}

Result<bool> LibvirtControl::networkAutostart(const QString &name, const std::stop_token &stop)
{
    return withNetwork(name, u"ask whether a network starts by itself"_s, stop,
                       [](virNetworkPtr network, const Place &place) {
                           int on = 0;
                           const int status = virNetworkGetAutostart(network, &on);
                           return yesOr(status, on, place);
                       });
}

Result<void> LibvirtControl::setNetworkActive(const QString &name, bool active, const std::stop_token &stop)
{
    return withNetwork(name, active ? u"start the network"_s : u"stop the network"_s, stop,
                       [active](virNetworkPtr network, const Place &place) {
                           return doneOr(active ? virNetworkCreate(network) : virNetworkDestroy(network),
                                         place);
                       });
}

Result<void> LibvirtControl::setNetworkAutostart(const QString &name, bool on, const std::stop_token &stop)
{
    return withNetwork(name, u"set whether a network starts by itself"_s, stop,
                       [on](virNetworkPtr network, const Place &place) {
                           return doneOr(virNetworkSetAutostart(network, on ? 1 : 0), place);
                       });
}

Result<void> LibvirtControl::defineNetwork(const QByteArray &xml, const std::stop_token &stop)
{
    return with({m_options.hypervisor, u"define the network"_s}, stop,
                [xml](virConnectPtr connection, const Place &place) -> Result<void> {
                    const NetworkHandle network = owned(virNetworkDefineXML(connection, xml.constData()));
                    if (!network)
                        return tl::unexpected(errorAt(place));
                    return {};
                });
}

Result<void> LibvirtControl::undefineNetwork(const QString &name, const std::stop_token &stop)
{
    return withNetwork(name, u"undefine the network"_s, stop, [](virNetworkPtr network, const Place &place) {
        return doneOr(virNetworkUndefine(network), place);
    });
}

Result<QStringList> LibvirtControl::definedNetworks(const std::stop_token &stop)
{
    return with({m_options.hypervisor, u"list the networks"_s}, stop,
                [](virConnectPtr connection, const Place &place) -> Result<QStringList> {
                    virNetworkPtr *all = nullptr;
                    const int count =
                        virConnectListAllNetworks(connection, &all, VIR_CONNECT_LIST_NETWORKS_PERSISTENT);
                    if (count < 0)
                        return tl::unexpected(errorAt(place));
                    QStringList names;
                    for (int i = 0; i < count; ++i)
                        names.append(QString::fromUtf8(virNetworkGetName(owned(all[i]).get())));
                    free(all);
                    return names;
                });
}

Result<void> LibvirtControl::changeReservation(const QString &name, bool add, const QByteArray &hostXml,
                                               const std::stop_token &stop)
{
    return withNetwork(name, u"change the reservation"_s, stop,
                       [add, hostXml](virNetworkPtr network, const Place &place) {
                           unsigned int flags = 0;
                           if (virNetworkIsActive(network) == 1)
                               flags |= VIR_NETWORK_UPDATE_AFFECT_LIVE;
                           if (virNetworkIsPersistent(network) == 1)
                               flags |= VIR_NETWORK_UPDATE_AFFECT_CONFIG;
                           const auto command =
                               add ? VIR_NETWORK_UPDATE_COMMAND_ADD_LAST : VIR_NETWORK_UPDATE_COMMAND_DELETE;
                           return doneOr(virNetworkUpdate(network, command, VIR_NETWORK_SECTION_IP_DHCP_HOST,
                                                          -1, hostXml.constData(), flags),
                                         place);
                       });
}

} // namespace tropo
