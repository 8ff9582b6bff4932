#pragma once

#include <QList>
#include <QString>

#include <random>

namespace tropo::generator {

/// Random choices that are the same everywhere: the engine's numbers are fixed by the C++ standard, its
/// distributions are not, so they are made here.
class Dice
{
public:
    explicit Dice(quint64 seed) : m_engine(seed) {}

    /// 0 to count - 1; count must be positive.
    int below(qsizetype count) { return static_cast<int>(m_engine() % static_cast<quint64>(count)); }
    int between(int first, int last) { return first + below(last - first + 1); }
    bool chance(int percent) { return below(100) < percent; }
    template <typename T> const T &of(const QList<T> &list) { return list[below(list.size())]; }
    template <typename T> T take(QList<T> &list) { return list.takeAt(below(list.size())); }
    template <typename T> void shuffle(QList<T> &list)
    {
        for (qsizetype i = list.size() - 1; i > 0; --i)
            list.swapItemsAt(i, below(i + 1));
    }
    QString digits(int count, const char *alphabet);
    QString hex(int count) { return digits(count, "0123456789abcdef"); }
    /// Ids of Swarm's objects: 25 of 36 characters.
    QString swarmId() { return digits(25, "0123456789abcdefghijklmnopqrstuvwxyz"); }
    QString uuid();
    /// A made-up name, as the notes name their machines.
    QString name();

private:
    std::mt19937_64 m_engine;
};

} // namespace tropo::generator
