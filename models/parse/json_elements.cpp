#include "models/parse/json_elements.h"

#include <QJsonDocument>

#include <cstring>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArray withoutMark(const QByteArray &text)
{
    return text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text;
}

void appendParsed(const QByteArray &slice, const Source &source, ProblemLog &problems,
                  QList<JsonElement> &into)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(slice, &error);
    if (document.isObject())
        into.append({document.object(), source});
    else
        problems.add(source.first, u"not a JSON object (%1), line %2"_s
                                       .arg(document.isNull() ? error.errorString() : u"another value"_s)
                                       .arg(source.first));
}

/// Finds the objects directly below the arrays of a text, without understanding what is inside them.
class ArrayScanner
{
public:
    ArrayScanner(const QByteArray &text, ProblemLog &problems) : m_text(text), m_problems(problems) {}

    QList<JsonElement> scan()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\n')
                ++m_line;
            if (c == '{')
                takeObject();
            else if (isBlank(c) || c == '[' || c == ']' || c == ',')
                ++m_at;
            else
                refuseLine();
        }
        return m_elements;
    }

private:
    void takeObject()
    {
        const qsizetype begin = m_at;
        const int first = m_line;
        if (skipObject()) {
            appendParsed(QByteArray::fromRawData(m_text.constData() + begin, m_at - begin),
                         m_problems.at(first, m_line), m_problems, m_elements);
            return;
        }
        m_problems.add(first, u"an object is not closed, line %1"_s.arg(first));
        m_at = m_text.size();
    }

    bool skipObject()
    {
        int depth = 0;
        bool inString = false;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n')
                ++m_line;
            if (inString) {
                if (c == '\\')
                    ++m_at;
                else if (c == '"')
                    inString = false;
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                ++m_at;
                return true;
            }
        }
        return false;
    }

    void refuseLine()
    {
        qsizetype end = m_text.indexOf('\n', m_at);
        if (end < 0)
            end = m_text.size();
        m_problems.notUnderstood(m_line,
                                 QString::fromUtf8(m_text.sliced(m_at, qMin(end - m_at, qsizetype(200)))));
        m_at = end;
    }

    const QByteArray &m_text;
    ProblemLog &m_problems;
    QList<JsonElement> m_elements;
    qsizetype m_at = 0;
    int m_line = 1;
};

} // namespace

QList<JsonElement> jsonElements(const QByteArray &marked, ProblemLog &problems)
{
    const QByteArray text = withoutMark(marked);
    qsizetype start = 0;
    while (start < text.size() && isBlank(text[start]))
        ++start;
    // An object whose first line is its brace is printed over many lines.
    const bool manyLines =
        start < text.size() &&
        (text[start] == '[' || (text[start] == '{' && start + 1 < text.size() && isBlank(text[start + 1])));
    if (manyLines)
        return ArrayScanner(text, problems).scan();
    QList<JsonElement> elements;
    int number = 0;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = text.indexOf('\n', begin);
        if (end < 0)
            end = text.size();
        ++number;
        const QByteArray line = QByteArray::fromRawData(text.constData() + begin, end - begin).trimmed();
        if (!line.isEmpty())
            appendParsed(line, problems.at(number), problems, elements);
        begin = end + 1;
    }
    return elements;
}

std::optional<JsonElement> jsonObject(const QByteArray &marked, ProblemLog &problems)
{
    const QByteArray text = withoutMark(marked);
    const int lines = static_cast<int>(text.trimmed().count('\n')) + 1;
    QList<JsonElement> found;
    appendParsed(text, problems.at(1, lines), problems, found);
    if (found.isEmpty())
        return {};
    return found.first();
}

} // namespace tropo
