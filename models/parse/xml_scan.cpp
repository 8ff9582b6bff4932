#include "models/parse/xml_scan.h"

#include "models/parse/elision.h"
#include "models/parse/numbered_lines.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

class Scanner
{
public:
    Scanner(const QByteArray &text, ProblemLog &problems) : m_text(text), m_problems(problems) {}

    XmlScan scan()
    {
        if (m_text.startsWith("\xef\xbb\xbf"))
            m_at = 3;
        while (m_at < m_text.size() && m_good)
            m_text[m_at] == '<' ? markup() : words();
        if (m_good && !m_open.empty())
            refuse(m_spans[m_open.back()].first, u"<%1> is not closed"_s.arg(nameAt(m_open.back())));
        return {std::move(m_spans), m_good, m_elided};
    }

private:
    void refuse(int line, const QString &what)
    {
        m_problems.add(
            line,
            u"not well-formed XML: %1, line %2. Nothing was read from this document"_s.arg(what).arg(line));
        m_good = false;
    }

    bool startsWith(QByteArrayView mark) const
    {
        return QByteArrayView(m_text).sliced(m_at).startsWith(mark);
    }

    void words()
    {
        const qsizetype begin = m_at;
        const int first = m_line;
        bool blank = true;
        for (; m_at < m_text.size() && m_text[m_at] != '<'; ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n')
                ++m_line;
            else if (c == '\0')
                return refuse(m_line, u"a NUL byte"_s);
            else if (c != ' ' && c != '\t' && c != '\r')
                blank = false;
        }
        if (blank || (!m_open.empty() && m_at - begin > 64 * 1024))
            return;
        const QString text =
            QString::fromUtf8(QByteArray::fromRawData(m_text.constData() + begin, m_at - begin));
        for (const NumberedLine &line : numberedLines(text)) {
            if (isElision(line.text))
                m_elided = true;
            else if (m_open.empty() && !line.text.trimmed().isEmpty())
                m_problems.notUnderstood(first + line.number - 1, line.text);
        }
    }

    void markup()
    {
        if (startsWith("<!--"))
            skipPast(4, "-->", u"a comment"_s);
        else if (startsWith("<![CDATA["))
            skipPast(9, "]]>", u"a CDATA section"_s);
        else if (startsWith("<?"))
            skipPast(2, "?>", u"a processing instruction"_s);
        else if (startsWith("<!"))
            refuse(m_line, u"document types are not read"_s);
        else if (startsWith("</"))
            close();
        else
            open();
    }

    /// The closing mark may not overlap the opening one: "<!-->" is no comment.
    void skipPast(qsizetype opening, QByteArrayView mark, const QString &what)
    {
        const int first = m_line;
        const qsizetype end = m_text.indexOf(mark, m_at + opening);
        if (end < 0)
            return refuse(first, what + u" is not closed"_s);
        m_line += static_cast<int>(QByteArrayView(m_text).sliced(m_at, end - m_at).count('\n'));
        m_at = end + mark.size();
    }

    qsizetype nameEnd(qsizetype at) const
    {
        while (at < m_text.size() && !QByteArrayView(" \t\r\n/><=\"'").contains(m_text[at]))
            ++at;
        return at;
    }

    QString nameAt(std::size_t span) const
    {
        const qsizetype begin = m_spans[span].name;
        return QString::fromUtf8(m_text.sliced(begin, qMin(nameEnd(begin) - begin, qsizetype(80))));
    }

    /// From the name's end to behind the '>'; whether it ended at all.
    bool skipTag()
    {
        char quote = 0;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n')
                ++m_line;
            if (c == '<' || c == '\0')
                return false;
            if (quote)
                quote = c == quote ? char(0) : quote;
            else if (c == '"' || c == '\'')
                quote = c;
            else if (c == '>') {
                ++m_at;
                return true;
            }
        }
        return false;
    }

    void open()
    {
        const int first = m_line;
        const qsizetype name = m_at + 1;
        m_at = nameEnd(name);
        if (m_at == name)
            return refuse(first, u"a < without a name"_s);
        if (m_spans.size() >= XmlText::most)
            return refuse(first, u"more than %1 elements"_s.arg(XmlText::most));
        m_spans.push_back({name, first, first});
        const std::size_t span = m_spans.size() - 1;
        if (!skipTag())
            return refuse(first, u"the tag <%1 does not end"_s.arg(nameAt(span)));
        m_spans.back().last = m_line;
        if (m_text[m_at - 2] == '/')
            return;
        m_open.push_back(span);
        if (m_open.size() > std::size_t(XmlText::deepest))
            refuse(first, u"more than %1 elements inside each other"_s.arg(XmlText::deepest));
    }

    void close()
    {
        const qsizetype name = m_at + 2;
        m_at = nameEnd(name);
        const QByteArrayView closed = QByteArrayView(m_text).sliced(name, m_at - name);
        const int line = m_line;
        if (!skipTag() || m_open.empty())
            return refuse(line, u"</%1> closes nothing"_s.arg(
                                    QString::fromUtf8(closed.first(qMin(closed.size(), qsizetype(80))))));
        XmlSpan &span = m_spans[m_open.back()];
        if (QByteArrayView(m_text).sliced(span.name, nameEnd(span.name) - span.name) != closed)
            return refuse(span.first, u"<%1> is not closed"_s.arg(nameAt(m_open.back())));
        span.last = m_line;
        m_open.pop_back();
    }

    const QByteArray &m_text;
    ProblemLog &m_problems;
    std::vector<XmlSpan> m_spans;
    std::vector<std::size_t> m_open;
    qsizetype m_at = 0;
    int m_line = 1;
    bool m_good = true;
    bool m_elided = false;
};

} // namespace

XmlScan scanXml(const QByteArray &text, ProblemLog &problems)
{
    return Scanner(text, problems).scan();
}

} // namespace tropo
