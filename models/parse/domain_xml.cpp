#include "models/parse/domain_xml.h"

#include "models/parse/domain_devices.h"

#include <string_view>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isDevice(std::string_view name)
{
    return name == "interface" || name == "disk" || name == "channel";
}

/// One channel that answers is enough.
void addAgent(pugi::xml_node channel, DomainForm &form)
{
    const auto connected = agentConnected(channel);
    form.agentChannel = true;
    if (!form.agentConnected || connected == true)
        form.agentConnected = connected;
}

void addDevice(const XmlText &xml, pugi::xml_node element, DomainForm &form, ProblemLog &problems)
{
    const std::string_view name = element.name();
    if (name == "interface")
        form.nics.append(nicOf(xml, element, problems));
    else if (name == "disk")
        form.disks.append(diskOf(xml, element));
    else if (name == "channel" && isAgentChannel(element))
        addAgent(element, form);
}

DomainForm wholeForm(const XmlText &xml, pugi::xml_node domain, ProblemLog &problems)
{
    DomainForm form;
    form.name = xmlValue(domain.child("name"));
    form.uuid = xmlValue(domain.child("uuid"));
    form.type = xmlAttribute(domain, "type");
    form.source = xml.source(domain);
    form.partial = form.uuid.isEmpty() || xml.elided();
    for (pugi::xml_node devices : domain.children("devices"))
        for (pugi::xml_node element : devices.children())
            addDevice(xml, element, form, problems);
    return form;
}

/// Of elements without a <domain> around them.
std::optional<DomainForm> partialForm(const XmlText &xml, ProblemLog &problems)
{
    DomainForm form;
    form.partial = true;
    bool any = false;
    for (pugi::xml_node element : xml.root().children()) {
        if (element.type() != pugi::node_element)
            continue;
        const std::string_view name = element.name();
        const Source source = xml.source(element);
        if (!isDevice(name) && name != "devices") {
            problems.add(source.first, u"<%1>: not part of a domain, line %2"_s
                                           .arg(bounded(QString::fromUtf8(element.name()), 80))
                                           .arg(source.first));
            continue;
        }
        if (!any)
            form.source = source;
        form.source.last = source.last;
        any = true;
        if (isDevice(name))
            addDevice(xml, element, form, problems);
        for (pugi::xml_node inner : name == "devices" ? element.children() : pugi::xml_node().children())
            addDevice(xml, inner, form, problems);
    }
    if (!any)
        return {};
    return form;
}

} // namespace

Parsed<std::optional<DomainForm>> parseDomainXml(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    const auto xml = XmlText::parse(text, problems);
    if (!xml)
        return {std::nullopt, problems.take()};
    const pugi::xml_node domain = xml->root().child("domain");
    if (!domain) {
        auto form = partialForm(*xml, problems);
        return {std::move(form), problems.take()};
    }
    for (pugi::xml_node other : xml->root().children())
        if (other.type() == pugi::node_element && other != domain)
            problems.add(xml->line(other),
                         u"more than one domain: only the first is read, line %1"_s.arg(xml->line(other)));
    DomainForm form = wholeForm(*xml, domain, problems);
    if (form.name.isEmpty())
        problems.add(form.source.first, u"a domain without a name, line %1"_s.arg(form.source.first));
    return {std::move(form), problems.take()};
}

} // namespace tropo
