#include "models/parse/secret_lines.h"

#include "models/parse/secrets.h"

#include <QStringList>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isKeyPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

qsizetype indentOf(QStringView line)
{
    qsizetype at = 0;
    while (at < line.size() && line[at].isSpace())
        ++at;
    return at;
}

/// The quote that a value opens and does not close.
QChar openQuote(QStringView value)
{
    QChar quote;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const QChar c = value[i];
        if (c == u'\\' && quote != u'\'')
            ++i;
        else if (quote.isNull() && (c == u'"' || c == u'\''))
            quote = c;
        else if (c == quote)
            quote = QChar();
    }
    return quote;
}

class SecretLines
{
public:
    explicit SecretLines(SecretForm form) : m_form(form) {}

    QString withheldLine(const QString &line)
    {
        if (goesOn(line))
            return line.trimmed().isEmpty() ? line : QString(line.first(indentOf(line)) % withheld);
        if (m_form == SecretForm::Options)
            return options(line);
        const QString trimmed = line.trimmed();
        if (m_form == SecretForm::Assignments && trimmed.startsWith(u'[') && trimmed.endsWith(u']'))
            m_section = trimmed.sliced(1, trimmed.size() - 2);
        return keysOf(line);
    }

private:
    /// Whether the line belongs to the secret value before it.
    bool goesOn(const QString &line)
    {
        if (!m_quote.isNull()) {
            if (line.contains(m_quote))
                m_quote = QChar();
            return true;
        }
        if (m_continued) {
            m_continued = line.trimmed().endsWith(u'\\');
            return true;
        }
        if (m_keyColumn >= 0 && (line.trimmed().isEmpty() || indentOf(line) > m_keyColumn))
            return true;
        m_keyColumn = -1;
        return false;
    }

    QString options(const QString &line)
    {
        qsizetype at = indentOf(line);
        while (at < line.size() && (line[at] == u'#' || line[at].isSpace()))
            ++at;
        qsizetype end = at;
        while (end < line.size() && !line[end].isSpace())
            ++end;
        const QStringView value = QStringView(line).sliced(end).trimmed();
        const QStringView key = QStringView(line).sliced(at, end - at);
        // A comment of prose may begin with a word such as "private"; options have a dash.
        const bool prose = at > indentOf(line) && !key.contains(u'-') && !key.contains(u'_');
        if (value.isEmpty() || prose || !isSecretKey(key))
            return line;
        m_continued = value.endsWith(u'\\');
        return line.first(end) % u' ' % withheld;
    }

    /// Finds `key=` or `key:`; the value of the first secret one is withheld, in a YAML flow mapping of all.
    QString keysOf(const QString &line)
    {
        const QChar mark = m_form == SecretForm::Yaml ? u':' : u'=';
        QString out;
        qsizetype copied = 0;
        for (qsizetype at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
            qsizetype end = at;
            while (end > copied &&
                   (line[end - 1].isSpace() || line[end - 1] == u'"' || line[end - 1] == u'\''))
                --end;
            qsizetype begin = end;
            while (begin > copied && isKeyPart(line[begin - 1]))
                --begin;
            const QStringView value = QStringView(line).sliced(at + 1);
            if (begin == end || !isSecretKey(QStringView(line).sliced(begin, end - begin), m_section))
                continue;
            const QStringView before = QStringView(line).first(begin);
            const bool inFlow =
                m_form == SecretForm::Yaml && (before.contains(u'{') || before.contains(u','));
            const qsizetype length = inFlow ? flowLength(value) : value.size();
            out += line.sliced(copied, at + 1 - copied) % (mark == u':' ? " "_L1 : ""_L1);
            if (!value.first(length).trimmed().isEmpty())
                out += withheld;
            copied = at + 1 + length;
            noteContinuation(value.first(length), begin, inFlow);
            if (copied >= line.size())
                break;
            at = copied - 1;
        }
        return copied == 0 ? line : QString(out % line.sliced(copied));
    }

    static qsizetype flowLength(QStringView value)
    {
        QChar quote;
        for (qsizetype i = 0; i < value.size(); ++i) {
            const QChar c = value[i];
            if (quote == u'"' && c == u'\\')
                ++i;
            else if (!quote.isNull())
                quote = c == quote ? QChar() : quote;
            else if (c == u'"' || c == u'\'')
                quote = c;
            else if (c == u',' || c == u'}' || c == u']')
                return i;
        }
        return value.size();
    }

    void noteContinuation(QStringView value, qsizetype keyColumn, bool inFlow)
    {
        const QStringView trimmed = value.trimmed();
        if (m_form == SecretForm::Yaml && !inFlow)
            m_keyColumn = keyColumn;
        else if (trimmed.startsWith(u'"') || trimmed.startsWith(u'\''))
            m_quote = openQuote(trimmed);
        m_continued = m_form == SecretForm::Assignments && trimmed.endsWith(u'\\');
    }

    SecretForm m_form;
    QString m_section;
    QChar m_quote;              ///< the value goes on until it
    bool m_continued = false;   ///< the value goes on on the next line
    qsizetype m_keyColumn = -1; ///< YAML: lines indented deeper belong to the value
};

} // namespace

QByteArray withheldLines(const QByteArray &text, SecretForm form)
{
    SecretLines secrets(form);
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype begin = 0; begin <= text.size();) {
        const qsizetype newline = text.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? text.size() : newline;
        // Latin-1 there and back keeps every byte.
        out += secrets.withheldLine(QString::fromLatin1(text.constData() + begin, end - begin)).toLatin1();
        if (newline < 0)
            break;
        out += '\n';
        begin = newline + 1;
    }
    return out;
}

} // namespace tropo
