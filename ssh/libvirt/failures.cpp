#include "ssh/libvirt/failures.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

void Failures::add(const QString &message)
{
    const std::lock_guard lock(m_mutex);
    if (m_count++ == 0)
        m_first = message;
}

void Failures::tell(Reading &reading, const QString &path) const
{
    const std::lock_guard lock(m_mutex);
    if (m_count == 1)
        reading.fail(path, m_first);
    else if (m_count > 1)
        reading.fail(path, u"%1 (and %2 more)"_s.arg(m_first).arg(m_count - 1));
}

} // namespace tropo
