#include "ssh/libvirt/libvirt_error.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Advice
{
    ErrorKind kind;
    QString text;
};

/// The connection is gone, by libvirt's words: the codes are those of many other troubles.
bool lostConnection(int code, const QString &words)
{
    if (code == VIR_ERR_RPC || code == VIR_ERR_INVALID_CONN)
        return true;
    for (const auto &sign : {"keepalive"_L1, "End of file"_L1, "Connection reset"_L1, "Broken pipe"_L1,
                             "client socket is closed"_L1, "connection closed"_L1})
        if (words.contains(sign, Qt::CaseInsensitive))
            return true;
    return false;
}

Advice adviceFor(int code, const QString &words)
{
    switch (code) {
    case VIR_ERR_AUTH_FAILED:
    case VIR_ERR_AUTH_CANCELLED:
    case VIR_ERR_AUTH_UNAVAILABLE:
    case VIR_ERR_ACCESS_DENIED:
    case VIR_ERR_OPERATION_DENIED:
        return {ErrorKind::Refused,
                u"libvirt refuses this user: add it to the group libvirt on the hypervisor, or name another "
                u"user in the URI (qemu+ssh://USER@HOST/system)"_s};
    case VIR_ERR_NO_CONNECT:
    case VIR_ERR_INVALID_ARG:
        return {ErrorKind::Usage, u"correct the hypervisor's uri in the fleet file"_s};
    case VIR_ERR_NO_SUPPORT:
        return {ErrorKind::Unsupported, u"the hypervisor's libvirt cannot tell this: it is too old for it"_s};
    case VIR_ERR_NO_DOMAIN:
    case VIR_ERR_NO_NETWORK:
    case VIR_ERR_NO_DOMAIN_SNAPSHOT:
    case VIR_ERR_NO_STORAGE_POOL:
    case VIR_ERR_NO_STORAGE_VOL:
        return {ErrorKind::Io, u"it vanished while it was being read: refresh"_s};
    case VIR_ERR_OPERATION_TIMEOUT:
    case VIR_ERR_AGENT_UNRESPONSIVE:
        return {ErrorKind::Timeout, u"refresh when the hypervisor is less busy"_s};
    default:
        break;
    }
    if (lostConnection(code, words))
        return {ErrorKind::Unreachable,
                u"the connection to libvirt was lost: see on the hypervisor whether libvirtd (or virtqemud) "
                u"runs, then refresh"_s};
    if (words.contains("Permission denied"_L1))
        return {ErrorKind::Refused, u"the user may not open libvirt's socket: add it to the group libvirt"_s};
    if (words.contains("No such file"_L1) || words.contains("Connection refused"_L1))
        return {ErrorKind::Unreachable, u"start libvirtd (or virtqemud) on the hypervisor"_s};
    return {ErrorKind::Io, u"see libvirt's log on the hypervisor"_s};
}

} // namespace

Error lastLibvirtError(const QString &where, const QString &what)
{
    const virErrorPtr last = virGetLastError();
    const int code = last ? last->code : VIR_ERR_OK;
    QString words = last && last->message ? QString::fromUtf8(last->message).simplified() : QString();
    constexpr int longest = 300;
    if (words.size() > longest)
        words = words.first(longest) + u'…';
    if (words.isEmpty())
        words = u"no reason given"_s;
    const Advice advice = adviceFor(code, words);
    return {advice.kind, where, u"cannot %1: %2; %3"_s.arg(what, words, advice.text)};
}

bool lastIsUnsupported()
{
    const virErrorPtr last = virGetLastError();
    if (!last)
        return false;
    // libvirt in separate daemons, without the one for storage.
    const QString words = QString::fromUtf8(last->message);
    return last->code == VIR_ERR_NO_SUPPORT ||
           (words.contains("virtstoraged-sock"_L1) && words.contains("No such file"_L1));
}

bool lastIsGone()
{
    const virErrorPtr last = virGetLastError();
    return last && (last->code == VIR_ERR_NO_DOMAIN || last->code == VIR_ERR_NO_DOMAIN_SNAPSHOT ||
                    last->code == VIR_ERR_NO_STORAGE_POOL || last->code == VIR_ERR_NO_STORAGE_VOL);
}

} // namespace tropo
