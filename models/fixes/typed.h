#pragma once

#include "models/fixes/find.h"

namespace tropo {

// A step as one would type it. Every value goes through the one quoting function.

/// A word of a command line: as it stands where that is safe, else quoted.
QString shellWord(const QString &text);
QString shellLine(const QStringList &words);

/// "virsh -c qemu+ssh://trop02/system WORDS…"
QString virshLine(const Policy &policy, const QString &hypervisor, const QStringList &words);
/// The same, with a text on its standard input; `words` name it as /dev/stdin.
QString virshLineWith(const Policy &policy, const QString &hypervisor, const QStringList &words,
                      const QByteArray &input);
/// "ssh -J trop02 Stevedore@192.168.202.15 'sudo -n COMMAND'"; `command` is a whole shell command already.
QString guestLine(const Policy &policy, const VmView &vm, const QString &command,
                  const QByteArray &input = {});
/// "ssh trop02 'sudo -n sh -c COMMAND'".
QString hostLine(const Policy &policy, const QString &hypervisor, const QString &command,
                 const QByteArray &input = {});
/// How virsh is told which domain: by name where that is plain, else by UUID.
QString domainWord(const VmPlace &vm);

} // namespace tropo
