#pragma once

#include <QByteArray>

namespace tropo {

/// Text put together anew in which the columns of tables stay where they were: what a stand-in is longer or
/// shorter than the value before it is taken from or given to the next gap of two blanks or more on the line.
/// Readers of `docker ps` or `virsh list` go by the columns.
class KeptColumns
{
public:
    explicit KeptColumns(qsizetype size) { m_text.reserve(size); }

    /// What stays; a byte, or an escape.
    void keep(QByteArrayView bytes);
    void replace(QByteArrayView real, QByteArrayView shown);
    QByteArray text();

private:
    void closeGap();

    QByteArray m_text;
    qsizetype m_blanks = 0; ///< of the gap that is being read
    qsizetype m_longer = 0; ///< letters that the line has more than it had
};

} // namespace tropo
