#include "models/fixes/pci_slots.h"
#include "models/fixes/simulated_fleet.h"
#include "models/fixes/simulated_xml.h"
#include "models/fixes/simulation.h"
#include "models/parse/domain_xml.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

std::optional<DomainForm> Domain::*formOf(NicForm form)
{
    return form == NicForm::Live ? &Domain::live : &Domain::inactive;
}

const Nic *nicAt(const Domain &domain, const NicPlace &place)
{
    const auto &form = domain.*formOf(place.form);
    if (!form)
        return nullptr;
    const auto found = std::find_if(form->nics.begin(), form->nics.end(), [&](const Nic &nic) {
        return nic.mac == place.mac && nic.pci == place.pci;
    });
    return found == form->nics.end() ? nullptr : &*found;
}

Result<QByteArray> SimulatedFleet::descriptionOf(const NicPlace &nic) const
{
    const Domain *domain = domainOf(nic.vm);
    const auto &form = domain ? domain->*formOf(nic.form) : std::optional<DomainForm>();
    const Document *document = form ? m_evidence.find(form->source.document) : nullptr;
    if (!document)
        return simulatedRefusal(nic.vm.subject(),
                                u"there is no such domain, or its description was not read"_s);
    return document->text;
}

Result<void> SimulatedFleet::describe(const NicPlace &nic, const Result<QByteArray> &xml)
{
    if (!xml)
        return simulatedRefusal(nic.vm.subject(), xml.error().message);
    auto &form = domainOf(nic.vm)->*formOf(nic.form);
    const QString document = form->source.document;
    auto read = parseDomainXml(*xml, document).value;
    if (!read)
        return simulatedRefusal(nic.vm.subject(), u"the description cannot be read"_s);
    m_evidence.documents[document].text = *xml;
    form = *std::move(read);
    return {};
}

Result<void> SimulatedFleet::act(const DetachNic &action)
{
    const auto xml = descriptionOf(action.nic);
    if (!xml)
        return tl::unexpected(xml.error());
    Domain *domain = domainOf(action.nic.vm);
    const Nic *found = nicAt(*domain, action.nic);
    if (!found)
        return simulatedRefusal(action.nic.vm.subject(), u"no device matching MAC and address was found"_s);
    if (action.nic.form == NicForm::Live) {
        if (domain->state != DomainState::Running)
            return {}; // "Device detached successfully", and it is still there
        unplugInside(*hypervisorOf(action.nic.vm.hypervisor), *domain, Nic(*found));
    }
    return describe(action.nic, withoutInterface(*xml, action.nic.mac, action.nic.pci));
}

Result<void> SimulatedFleet::act(const AttachNic &action)
{
    const auto xml = descriptionOf(action.nic);
    if (!xml)
        return tl::unexpected(xml.error());
    Domain *domain = domainOf(action.nic.vm);
    const auto slots = pciSlotsOf(*xml);
    if (slots && slots->taken.contains(action.nic.pci))
        return simulatedRefusal(action.nic.vm.subject(), u"the PCI slot is taken"_s);
    if (action.nic.form == NicForm::Persistent)
        return describe(action.nic, withInterface(*xml, action.xml));
    const QByteArray plugged = pluggedXml(action.xml, pluggedWords(action));
    if (auto made = describe(action.nic, withInterface(*xml, plugged)); !made)
        return made;
    if (const Nic *nic = nicAt(*domain, action.nic))
        plugInside(*hypervisorOf(action.nic.vm.hypervisor), *domain, Nic(*nic));
    return {};
}

Result<void> SimulatedFleet::act(const SetNicLink &action)
{
    const auto xml = descriptionOf(action.nic);
    if (!xml)
        return tl::unexpected(xml.error());
    Domain *domain = domainOf(action.nic.vm);
    if (domain->state != DomainState::Running)
        return simulatedRefusal(action.nic.vm.subject(), u"the domain is not running"_s);
    if (auto set = describe(action.nic, withInterfaceLink(*xml, action.nic.mac, action.nic.pci, action.up));
        !set)
        return set;
    if (Interface *inside = interfaceInside(*domain, action.nic.pci))
        inside->carrier = action.up && inside->up.value_or(true); // what is down tells none
    return {};
}

Result<void> SimulatedFleet::act(const SetDomainAutostart &action)
{
    Domain *domain = domainOf(action.vm);
    if (!domain)
        return simulatedRefusal(action.vm.subject(), u"there is no such domain"_s);
    domain->autostart = action.on;
    return {};
}

} // namespace tropo
