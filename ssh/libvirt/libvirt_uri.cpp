#include "ssh/libvirt/libvirt_uri.h"

#include <QUrl>
#include <QUrlQuery>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The monolithic daemon first, which virtproxyd also answers for; then the modular one for QEMU, which
/// passes on what is another daemon's. The read-only sockets are open to every user of the hypervisor.
QStringList usualSockets(const QString &driver)
{
    const QString modular = u"/var/run/libvirt/virt%1d-sock"_s.arg(driver);
    return {u"/var/run/libvirt/libvirt-sock-ro"_s, u"/var/run/libvirt/libvirt-sock"_s, modular + u"-ro",
            modular};
}

bool isPlainWord(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
    });
}

/// user@host, or with a port the URI form, which leaves an IPv6 address its brackets.
QString destinationOf(const QUrl &url)
{
    const QString user = url.userName(QUrl::FullyDecoded);
    QString host = url.host(QUrl::FullyDecoded);
    if (url.port() > 0 && host.contains(u':'))
        host = u'[' + host + u']';
    QString destination = user.isEmpty() ? host : QString(user + u'@' + host);
    if (url.port() > 0)
        destination += u':' + QString::number(url.port());
    return destination;
}

} // namespace

Result<std::optional<SshLibvirtUri>> sshLibvirtUri(const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    const QString scheme = url.scheme();
    const qsizetype plus = scheme.indexOf(u'+');
    if (!url.isValid() || plus <= 0 || QStringView(scheme).sliced(plus + 1) != "ssh"_L1 ||
        url.path() == "/session"_L1)
        return std::optional<SshLibvirtUri>();
    SshLibvirtUri parts;
    parts.driver = scheme.first(plus);
    if (!isPlainWord(parts.driver))
        return failure(ErrorKind::Usage, uri, u"the driver before +ssh is not one of libvirt's"_s);
    if (url.host().isEmpty())
        return failure(ErrorKind::Usage, uri, u"names no host: write it as qemu+ssh://HOST/system"_s);
    parts.destination = destinationOf(url);
    parts.path = url.path().isEmpty() ? u"/system"_s : url.path(QUrl::FullyDecoded);
    const QString socket = QUrlQuery(url).queryItemValue(u"socket"_s, QUrl::FullyDecoded);
    if (socket.isEmpty())
        parts.sockets = usualSockets(parts.driver);
    else if (socket.startsWith(u'/') && !socket.contains(QChar(0)))
        parts.sockets = {socket};
    else
        return failure(ErrorKind::Usage, uri, u"socket= must be an absolute path on the hypervisor"_s);
    return std::optional(parts);
}

QString forwardedUri(const SshLibvirtUri &uri, const QString &localSocket)
{
    QUrl url;
    url.setScheme(uri.driver + u"+unix");
    url.setPath(uri.path);
    QString query = u"socket="_s + QString::fromLatin1(QUrl::toPercentEncoding(localSocket, "/"));
    url.setQuery(query);
    // An empty authority: "qemu+unix:///system", never "qemu+unix:/system".
    url.setHost(u""_s);
    return url.toString(QUrl::FullyEncoded);
}

} // namespace tropo
