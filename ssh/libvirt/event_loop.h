#pragma once

namespace tropo {

/// Starts libvirt's event loop, once a process: one thread with poll(). Without a running loop keepalive does
/// nothing, and a frozen peer blocks its caller for ever.
///
/// It is a loop of our own, not libvirt's default one: that runs GLib's default context, which Qt's main
/// thread runs as well, and whichever of the two comes first would dispatch the other's events.
///
/// Also silences libvirt's habit of printing every error to stderr. Safe from any thread; must come before
/// the first connection.
void startLibvirtEvents();

} // namespace tropo
