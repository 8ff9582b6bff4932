#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

void ProblemLog::add(int line, const QString &message)
{
    if (m_problems.size() < limit)
        m_problems.append({m_document, line, message});
    else
        ++m_more;
}

void ProblemLog::notUnderstood(int line, QStringView text)
{
    if (m_problems.size() < limit)
        add(line, u"%1: not understood, line %2"_s.arg(quoted(text)).arg(line));
    else
        ++m_more;
}

QList<Problem> ProblemLog::take()
{
    if (m_more > 0)
        m_problems.append({m_document, 0, u"… and %1 more"_s.arg(m_more)});
    m_more = 0;
    return std::exchange(m_problems, {});
}

QString quoted(QStringView text)
{
    constexpr qsizetype most = 80;
    const QStringView trimmed = text.trimmed();
    QString shown = trimmed.first(qMin(trimmed.size(), most)).toString();
    for (QChar &c : shown)
        if (c.category() == QChar::Other_Control)
            c = u' ';
    if (trimmed.size() > most)
        shown += u'…';
    return u'“' % shown % u'”';
}

QString bounded(QStringView text, qsizetype most)
{
    return text.size() <= most ? text.toString() : QString(text.first(most) % u"…");
}

} // namespace tropo
