#include "ssh/collect/kept_links.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

template <typename Make> Result<KeptLinks::Link> KeptLinks::kept(const QString &key, const Make &make)
{
    std::shared_ptr<Entry> entry;
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<Entry> &known = m_entries[key];
        if (!known)
            known = std::make_shared<Entry>();
        entry = known;
    }
    const std::lock_guard making(entry->making);
    if (entry->link && entry->link->isAlive())
        return entry->link;
    entry->link.reset();
    Result<Link> made = make();
    if (made)
        entry->link = *made;
    return made;
}

Result<KeptLinks::Link> KeptLinks::to(const QString &destination, const std::stop_token &stop)
{
    return kept(destination, [&] { return m_connect(destination, stop); });
}

Result<KeptLinks::Link> KeptLinks::into(const RemoteGuest &guest, const Link &hub,
                                        const std::stop_token &stop)
{
    // A name cannot hold a newline that an address or user also holds: libvirt refuses it.
    const QString key = guest.name + u'\n' + guest.address + u'\n' + guest.user;
    return kept(key, [&] { return hub->jump(guest, stop); });
}

void KeptLinks::drop(const Link &link)
{
    std::vector<std::shared_ptr<Entry>> entries;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[key, entry] : m_entries)
            entries.push_back(entry);
    }
    for (const std::shared_ptr<Entry> &entry : entries)
        if (const std::unique_lock making(entry->making, std::try_to_lock);
            making.owns_lock() && entry->link == link)
            entry->link.reset();
}

void KeptLinks::clear()
{
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
}

} // namespace tropo
