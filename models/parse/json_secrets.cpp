#include "models/parse/json_secrets.h"

#include "models/parse/secrets.h"

#include <vector>

namespace tropo {

namespace {

bool holdsSecrets(const QByteArray &key)
{
    const QByteArray name = key.toLower();
    return name == "env" || name == "environment" || name == "jointokens";
}

/// Copies a JSON text token by token; only strings are looked at.
class JsonCopier
{
public:
    explicit JsonCopier(const QByteArray &text) : m_text(text) { m_out.reserve(text.size()); }

    QByteArray copy()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                copyString();
                continue;
            }
            if (c == '{' || c == '[')
                m_levels.push_back({c == '{', secretInside() || holdsSecrets(m_key)});
            else if ((c == '}' || c == ']') && !m_levels.empty())
                m_levels.pop_back();
            if (c == ':')
                m_isValue = true;
            else if (c == ',' || c == '{' || c == '}' || c == '[' || c == ']')
                forgetKey();
            m_out += c;
            ++m_at;
        }
        return m_out;
    }

private:
    struct Level
    {
        bool object = false;
        bool secret = false; ///< every string value inside is withheld
    };

    bool secretInside() const { return !m_levels.empty() && m_levels.back().secret; }

    void forgetKey()
    {
        m_key.clear();
        m_isValue = false;
    }

    /// A string ends at its quote, in a broken text with the line.
    void copyString()
    {
        const qsizetype begin = m_at + 1;
        qsizetype end = begin;
        while (end < m_text.size() && m_text[end] != '"' && m_text[end] != '\n')
            end += m_text[end] == '\\' && end + 1 < m_text.size() && m_text[end + 1] != '\n' ? 2 : 1;
        end = qMin(end, m_text.size());
        const bool closed = end < m_text.size() && m_text[end] == '"';
        const QByteArray content = m_text.sliced(begin, end - begin);
        const bool isKey = !m_levels.empty() && m_levels.back().object && !m_isValue;
        const bool secret =
            !isKey && (secretInside() || holdsSecrets(m_key) || isSecretKey(QString::fromUtf8(m_key)));
        m_out += '"';
        m_out += secret ? QByteArray(withheld.data(), withheld.size()) : content;
        if (closed)
            m_out += '"';
        m_at = closed ? end + 1 : end;
        if (isKey)
            m_key = content.first(qMin(content.size(), qsizetype(256)));
    }

    const QByteArray &m_text;
    QByteArray m_out;
    std::vector<Level> m_levels;
    QByteArray m_key; ///< of the value that follows
    bool m_isValue = false;
    qsizetype m_at = 0;
};

} // namespace

QByteArray withheldJson(const QByteArray &text)
{
    return JsonCopier(text).copy();
}

} // namespace tropo
