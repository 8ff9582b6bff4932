#pragma once

#include "ssh/libvirt/reading.h"

namespace tropo {

/// What went wrong with the many calls that make one document: told once, not once a call. Thread-safe.
class Failures
{
public:
    void add(const QString &message);
    /// As one error of the document `path`; none where nothing went wrong.
    void tell(Reading &reading, const QString &path) const;

private:
    mutable std::mutex m_mutex;
    QString m_first;
    int m_count = 0;
};

} // namespace tropo
