#pragma once

#include "models/fleet/nic.h"
#include "models/parse/xml_lines.h"

namespace tropo {

/// An <interface> of a domain. What is wrong in it is a problem and left out.
Nic nicOf(const XmlText &xml, pugi::xml_node element, ProblemLog &problems);
/// A <disk> of a domain with its backing chain.
Disk diskOf(const XmlText &xml, pugi::xml_node element);
/// Whether a <channel> is the guest agent's.
bool isAgentChannel(pugi::xml_node element);
/// Whether the agent answers behind its channel; nothing where libvirt does not say (in a persistent form).
std::optional<bool> agentConnected(pugi::xml_node channel);
/// mac="…" of an element; nothing, with a problem, where it is none.
std::optional<MacAddress> xmlMac(const XmlText &xml, pugi::xml_node element, const char *attribute,
                                 ProblemLog &problems);

} // namespace tropo
