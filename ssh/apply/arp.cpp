#include "ssh/apply/arp.h"

#include "models/text/plain_text.h"
#include "ssh/apply/quoted_line.h"

#include <QRegularExpression>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Arguments: bridge, address. All requests go to everybody (-b), so that a second holder is heard too. A
/// bridge without an address of its own asks as one who has none yet (-D); then the first answer ends it.
/// Such a request, and one from the hypervisor's true address, changes nobody's table for the worse.
constexpr const char *asking = R"sh(
PATH=$PATH:/usr/sbin:/sbin
heard() { case $out in *ARPING*) printf '%s\n' "$out"; exit 0 ;; esac; }
if command -v arping >/dev/null; then
    case $(arping --help 2>&1; arping -h 2>&1) in
        *Habets*|*'-S <'*|*'-S addr'*)
            out=$(arping -c 3 -i "$1" "$2" 2>&1); heard
            out=$(arping -0 -c 3 -i "$1" "$2" 2>&1); heard
            printf '%s\n' "$out" >&2; exit 2 ;;
    esac
    tool=arping
elif busybox arping --help 2>&1 | grep -q 'Usage: arping'; then
    tool='busybox arping'
else
    exit 127
fi
out=$($tool -b -c 3 -w 3 -I "$1" "$2" 2>&1); heard
out=$($tool -D -c 3 -w 3 -I "$1" "$2" 2>&1); heard
printf '%s\n' "$out" >&2
exit 2
)sh";

} // namespace

QStringList macsOfArping(const QByteArray &out)
{
    // "Unicast reply from 192.0.2.1 [52:54:00:00:01:00]  0.7ms", "60 bytes from 52:54:00:00:01:00
    // (192.0.2.1): …"
    static const QRegularExpression answered(
        u"(?:\\[|bytes from )([0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5})(?:\\]| \\()"_s);
    QStringList macs;
    auto it = answered.globalMatch(QString::fromUtf8(out));
    while (it.hasNext()) {
        QStringList octets = it.next().captured(1).toLower().split(u':');
        for (QString &octet : octets)
            octet = octet.rightJustified(2, u'0');
        const QString mac = octets.join(u':');
        if (!macs.contains(mac))
            macs.append(mac);
    }
    macs.sort();
    return macs;
}

Result<QStringList> arpAnswers(LiveExecutor::Reach &reach, const QString &hypervisor, const QString &bridge,
                               Ipv4 address, const std::stop_token &stop)
{
    const auto line = scriptLine(asking, {bridge, address.toString()});
    if (!line)
        return tl::unexpected(line.error());
    const auto output = reach.onHost(hypervisor, *line, stop);
    if (!output)
        return tl::unexpected(output.error());
    constexpr int noTool = 127;
    if (output->status == noTool)
        return failure(
            ErrorKind::Refused, hypervisor,
            u"it has no arping, so nobody can be asked on the wire: install iputils-arping there"_s);
    if (output->status != 0)
        return failure(
            ErrorKind::Refused, hypervisor,
            u"nobody could be asked for %1 on %2: %3"_s.arg(
                address.toString(), bridge, visibleText(QString::fromUtf8(output->error).trimmed(), 300)));
    return macsOfArping(output->out);
}

} // namespace tropo
