#include "models/fixes/simulation_start.h"

#include "models/assemble/assemble.h"
#include "models/fixes/files/guest_paths.h"
#include "models/fixes/nic_xml.h"
#include "models/fixes/simulation_inside.h"

#include <QUuid>

#include <pugixml.hpp>

#include <sstream>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString libvirtFolder(const QString &hypervisor, const QString &what)
{
    return escapedName(hypervisor) + u"/libvirt/"_s + what + u'/';
}

QByteArray textOf(const Evidence &evidence, const Source &source)
{
    const Document *document = evidence.find(source.document);
    return document ? document->text : QByteArray();
}

void put(Evidence &evidence, const QString &name, const QByteArray &text)
{
    Document &document = evidence.documents[name];
    document.text = text;
    if (!document.taken.isValid())
        document.taken = evidence.taken;
}

QByteArray printed(const pugi::xml_document &document)
{
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    return QByteArray::fromStdString(out.str());
}

/// What a description as libvirt prints it must have.
void completeDomain(pugi::xml_document &document, const Domain &domain, const QByteArray &natNic)
{
    pugi::xml_node root = document.child("domain");
    if (!root) {
        // Elements alone, as xmllint cuts them out: they become the devices.
        pugi::xml_document whole;
        root = whole.append_child("domain");
        pugi::xml_node devices = root.append_child("devices");
        const pugi::xml_node cut =
            document.child("devices") ? document.child("devices") : pugi::xml_node(document);
        for (const pugi::xml_node child : cut.children())
            devices.append_copy(child);
        document.reset(whole);
        root = document.child("domain");
    }
    if (!root.attribute("type"))
        root.append_attribute("type").set_value("kvm");
    while (root.remove_child("uuid")) {
    }
    root.prepend_child("uuid").text().set(domain.uuid.toUtf8().constData());
    if (!root.child("name"))
        root.prepend_child("name").text().set(domain.name.toUtf8().constData());
    pugi::xml_node devices = root.child("devices");
    if (!devices)
        devices = root.append_child("devices");
    if (!devices.find_child_by_attribute("controller", "type", "pci")) {
        pugi::xml_node controller = devices.append_child("controller");
        controller.append_attribute("type").set_value("pci");
        controller.append_attribute("index").set_value("0");
        controller.append_attribute("model").set_value("pci-root");
    }
    pugi::xml_document nic;
    if (!natNic.isEmpty() && nic.load_buffer(natNic.constData(), static_cast<std::size_t>(natNic.size())))
        devices.append_copy(nic.first_child());
}

/// A live description as the next start would have it.
void dropRunningWords(pugi::xml_document &document)
{
    for (pugi::xml_node nic : document.child("domain").child("devices").children("interface")) {
        nic.remove_child("alias");
        nic.remove_child("target");
    }
}

/// Fills in one fleet, hypervisor by hypervisor.
class Assuming
{
public:
    Assuming(const Evidence &evidence, const Policy &policy)
        : m_start{evidence, policy, assemble(evidence, policy), {}}
    {
    }

    SimulationStart take()
    {
        for (const Hypervisor &hypervisor : m_start.fleet.hypervisors)
            assumeNetworks(hypervisor);
        reread();
        for (const Hypervisor &hypervisor : m_start.fleet.hypervisors)
            for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>()))
                assumeDomain(hypervisor, domain);
        reread();
        for (const Hypervisor &hypervisor : m_start.fleet.hypervisors)
            for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>()))
                assumeInside(hypervisor, domain);
        if (!m_start.policy.guestSudo) {
            m_start.policy.guestSudo = true;
            say(u"the fleet file allows changes inside guests ([guests] sudo = true)"_s);
        }
        reread();
        return std::move(m_start);
    }

private:
    void say(const QString &what) { m_start.assumed.append(what); }
    void reread() { m_start.fleet = assemble(m_start.evidence, m_start.policy); }

    void assumeNetworks(const Hypervisor &hypervisor)
    {
        for (const Network &network : hypervisor.networks.value_or(QList<Network>())) {
            if (network.form || !network.declared || network.active != true)
                continue;
            const QByteArray text = textOf(m_start.evidence, network.declared->source);
            if (text.isEmpty())
                continue;
            put(m_start.evidence,
                libvirtFolder(hypervisor.name, u"networks"_s) + escapedName(network.name) + u".xml"_s, text);
            say(u"%1 runs its network %2 as it is declared"_s.arg(hypervisor.name, network.name));
        }
    }

    /// The NIC by which the domain has the address that is reserved under its name; nothing where it has it
    /// already.
    QByteArray natNicOf(const Hypervisor &hypervisor, const Domain &domain) const
    {
        for (const Network &network : hypervisor.networks.value_or(QList<Network>())) {
            const NetworkForm *form = network.known();
            if (!form || form->forward != u"nat")
                continue;
            for (const Reservation &one : form->reservations) {
                if (one.name.compare(domain.name, Qt::CaseInsensitive) != 0 || !one.mac)
                    continue;
                for (const Nic &nic : domain.live ? domain.live->nics : QList<Nic>())
                    if (nic.network == network.name || nic.mac == one.mac)
                        return {};
                return newInterfaceXml(*one.mac, network.name, true, PciAddress{0, 0, 3, 0});
            }
        }
        return {};
    }

    void assumeDomain(const Hypervisor &hypervisor, const Domain &listed)
    {
        const bool isRunning = listed.isRunning();
        const bool lacksLive = isRunning && (!listed.live || listed.live->partial);
        const bool lacksNext =
            listed.persistent.value_or(true) && (!listed.inactive || listed.inactive->partial);
        if (!lacksLive && !lacksNext)
            return;
        Domain domain = listed;
        if (domain.uuid.isEmpty())
            domain.uuid = QUuid::createUuidV5(QUuid(), hypervisor.name + u'/' + domain.name)
                              .toString(QUuid::WithoutBraces);
        const QByteArray known = textOf(m_start.evidence, domain.live       ? domain.live->source
                                                          : domain.inactive ? domain.inactive->source
                                                                            : Source());
        pugi::xml_document document;
        if (!known.isEmpty() &&
            !document.load_buffer(known.constData(), static_cast<std::size_t>(known.size())))
            return;
        completeDomain(document, domain, lacksLive ? natNicOf(hypervisor, domain) : QByteArray());
        const QString base = libvirtFolder(hypervisor.name, u"domains"_s) + escapedName(domain.name);
        if (lacksLive)
            put(m_start.evidence, base + u".xml"_s, printed(document));
        dropRunningWords(document);
        if (lacksNext)
            put(m_start.evidence, base + u".inactive.xml"_s, printed(document));
        say(u"%1 on %2 has %3"_s.arg(domain.name, hypervisor.name,
                                     lacksLive ? u"what its description leaves out: a UUID, a NIC for the "
                                                 u"address that is reserved under its name, and a "
                                                 u"persistent description like the live one"_s
                                               : u"a persistent description like its live one"_s));
    }

    void assumeInside(const Hypervisor &hypervisor, const Domain &domain)
    {
        if (!domain.guest || !domain.live || domain.live->partial)
            return;
        const auto &interfaces = domain.guest->system.interfaces;
        const bool isWhole = interfaces && !interfaces->elided && domain.guest->configsRead;
        const bool isKnown = interfaces || !domain.guest->configs.isEmpty();
        if (isWhole || !isKnown)
            return;
        QMap<MacAddress, Ipv4> reserved;
        for (const Network &network : hypervisor.networks.value_or(QList<Network>()))
            if (const NetworkForm *form = network.known())
                for (const Reservation &one : form->reservations)
                    if (one.mac && one.address)
                        reserved.insert(*one.mac, *one.address);
        const auto assumed = assumedInterfaces(domain, reserved);
        const QString folder = guestFolder(hypervisor.name, domain.name);
        put(m_start.evidence, folder + u"/guest/ip-addr.json"_s, ipAddrText(assumed));
        put(m_start.evidence, folder + u"/interface-pci.txt"_s, interfacePciText(assumed));
        say(u"inside %1 on %2 there are no interfaces and files but those that were read and one for each "
            u"NIC, in the order "
            u"of their slots"_s.arg(domain.name, hypervisor.name));
    }

    SimulationStart m_start;
};

} // namespace

SimulationStart simulationStart(const Evidence &evidence, const Policy &policy)
{
    return Assuming(evidence, policy).take();
}

} // namespace tropo
