#include "ssh/libvirt/storage_xml.h"

#include <pugixml.hpp>

namespace tropo {

namespace {

QString textOf(pugi::xml_node node)
{
    return QString::fromUtf8(node.text().get()).trimmed();
}

/// The element that a whole text is; none where it is another, or not well-formed.
pugi::xml_node rootOf(pugi::xml_document &document, const char *xml, const char *name)
{
    return document.load_string(xml) ? document.child(name) : pugi::xml_node();
}

} // namespace

std::optional<VolumeParts> volumeParts(const char *xml)
{
    pugi::xml_document document;
    const pugi::xml_node volume = rootOf(document, xml, "volume");
    if (!volume)
        return {};
    const pugi::xml_node target = volume.child("target");
    return VolumeParts{textOf(target.child("path")),
                       QString::fromUtf8(target.child("format").attribute("type").value()),
                       textOf(volume.child("backingStore").child("path"))};
}

QString poolType(const char *xml)
{
    pugi::xml_document document;
    return QString::fromUtf8(rootOf(document, xml, "pool").attribute("type").value());
}

std::optional<qint64> creationTime(const char *xml)
{
    pugi::xml_document document;
    const qint64 seconds = rootOf(document, xml, "domainsnapshot").child("creationTime").text().as_llong(0);
    return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

} // namespace tropo
