#include "models/redact/vocabulary.h"

namespace tropo {

namespace {

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

void add(QSet<QByteArray> &words, QByteArrayView word)
{
    if (word.isEmpty() || word.size() > 64)
        return;
    const QByteArray lower = word.toByteArray().toLower();
    if (words.contains(lower))
        return;
    words.insert(lower);
    // Its parts as well: a name is found at any border.
    QByteArray part;
    for (const char c : QByteArray(lower + '-')) {
        if (c != '-' && c != '_') {
            part += c;
            continue;
        }
        words.insert(part);
        part.clear();
    }
}

/// The word that begins at `i`.
QByteArrayView wordAt(QByteArrayView text, qsizetype i)
{
    qsizetype end = i;
    while (end < text.size() && isWord(text[end]))
        ++end;
    return text.sliced(i, end - i);
}

/// Elements, attributes and keys: what stands behind '<' and "</", before '=' and between '"' and "\":".
void addFrom(QSet<QByteArray> &words, QByteArrayView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '<') {
            add(words, wordAt(text, i + (i + 1 < text.size() && text[i + 1] == '/' ? 2 : 1)));
        } else if (text[i] == '=') {
            qsizetype begin = i;
            while (begin > 0 && isWord(text[begin - 1]))
                --begin;
            add(words, text.sliced(begin, i - begin));
        } else if (text[i] == '"') {
            const QByteArrayView word = wordAt(text, i + 1);
            const qsizetype end = i + 1 + word.size();
            if (end + 1 < text.size() && text[end] == '"' && text[end + 1] == ':')
                add(words, word);
        }
    }
}

/// What the tools of a fleet print around names, in the documents' own paths and in fleet files.
constexpr const char *const printed = "ago about active admin all arp auto autostart backup br0 bridge "
                                      "broadcast config container containers created daemon "
                                      "days default devices dhcp disabled docker domain domains down drain "
                                      "enabled encap eth0 ether exited fdb fleet float "
                                      "floats forever global guest guests health healthy host hosts hour "
                                      "hours hypervisor ifconfig image images inactive inet "
                                      "inet6 info inspect interface interfaces ip json leader lease leases "
                                      "libvirt link lo local manager mac mask minutes "
                                      "month months name nat nat0 netmask netplan network networks no nodes "
                                      "none off ok on paused persistent physical port "
                                      "ports ps ready reachable replicated root route running scope seconds "
                                      "service services shut shutdown slot starting "
                                      "state static status system taken task tasks tcp text toml txt udp "
                                      "unhealthy unknown up user version vm volume volumes "
                                      "weeks worker xml yes";

} // namespace

QSet<QByteArray> vocabularyOf(const Evidence &evidence)
{
    QSet<QByteArray> words;
    for (const QByteArray &word : QByteArray(printed).split(' '))
        words.insert(word);
    for (auto it = evidence.documents.begin(); it != evidence.documents.end(); ++it)
        addFrom(words, it->text);
    return words;
}

} // namespace tropo
