#include "models/parse/shell_assignments.h"

#include "models/parse/numbered_lines.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isKeyStart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isKeyPart(QChar c)
{
    return isKeyStart(c) || (c >= u'0' && c <= u'9');
}

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t';
}

/// Reads the assignments of one line.
class LineReader
{
public:
    LineReader(NumberedLine line, ProblemLog &problems)
        : m_text(line.text.trimmed()),
          m_indent(m_text.data() - line.text.data()),
          m_number(line.number),
          m_problems(problems)
    {
    }

    void read(QList<ShellAssignment> &into)
    {
        while (skipBlanks()) {
            const qsizetype begin = m_at;
            const QStringView key = readKey();
            if (key == u"export" && m_at < m_text.size() && isBlank(m_text[m_at]))
                continue;
            if (key.isEmpty() || m_at >= m_text.size() || m_text[m_at] != u'=') {
                m_problems.notUnderstood(m_number, m_text.sliced(begin));
                return;
            }
            ++m_at;
            m_evaluated = false;
            const qsizetype valueBegin = m_at;
            const QString value = readValue();
            if (m_evaluated)
                m_problems.add(
                    m_number,
                    u"%1: what $ or ` stands for is not evaluated, line %2"_s.arg(key).arg(m_number));
            into.append({key.toString(), bounded(value), m_number, m_indent + valueBegin, m_at - valueBegin,
                         m_evaluated});
        }
    }

private:
    /// To the next word; false at the end or a comment.
    bool skipBlanks()
    {
        while (m_at < m_text.size() && (isBlank(m_text[m_at]) || m_text[m_at] == u';'))
            ++m_at;
        return m_at < m_text.size() && m_text[m_at] != u'#';
    }

    QStringView readKey()
    {
        const qsizetype begin = m_at;
        if (m_at < m_text.size() && isKeyStart(m_text[m_at]))
            while (m_at < m_text.size() && isKeyPart(m_text[m_at]))
                ++m_at;
        return m_text.sliced(begin, m_at - begin);
    }

    QString readValue()
    {
        QString value;
        while (m_at < m_text.size() && !isBlank(m_text[m_at]) && m_text[m_at] != u';') {
            const QChar c = m_text[m_at];
            if (c == u'\'' || c == u'"') {
                readQuoted(c, value);
                continue;
            }
            ++m_at;
            if (c == u'\\') {
                if (m_at < m_text.size())
                    value += m_text[m_at++];
                else
                    m_problems.add(
                        m_number,
                        u"a value continued on the next line is not followed, line %1"_s.arg(m_number));
                continue;
            }
            noteEvaluation(c);
            value += c;
        }
        return value;
    }

    void readQuoted(QChar quote, QString &value)
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == quote) {
                ++m_at;
                return;
            }
            if (quote == u'"' && c == u'\\' && m_at + 1 < m_text.size() &&
                QStringView(u"\"\\$`").contains(m_text[m_at + 1])) {
                value += m_text[++m_at];
                continue;
            }
            if (quote == u'"')
                noteEvaluation(c);
            value += c;
        }
        m_problems.add(m_number, u"a quote is not closed, line %1"_s.arg(m_number));
    }

    void noteEvaluation(QChar c) { m_evaluated = m_evaluated || c == u'$' || c == u'`'; }

    QStringView m_text;
    qsizetype m_indent;
    int m_number;
    ProblemLog &m_problems;
    qsizetype m_at = 0;
    bool m_evaluated = false;
};

} // namespace

QList<ShellAssignment> shellAssignments(const QByteArray &text, ProblemLog &problems)
{
    QList<ShellAssignment> assignments;
    const QString decoded = decodedText(text);
    for (const NumberedLine &line : numberedLines(decoded))
        LineReader(line, problems).read(assignments);
    return assignments;
}

} // namespace tropo
