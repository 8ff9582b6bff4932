#include "models/redact/remarks.h"

#include "models/policy/fleet_file.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// TOML 1.0: from a hash outside of strings to the end of the line.
QByteArray withoutComments(QByteArrayView toml)
{
    QByteArray text;
    text.reserve(toml.size());
    char quote = 0; ///< that a string is in; three in a row open it and leave it open
    for (qsizetype i = 0; i < toml.size(); ++i) {
        const char c = toml[i];
        text += c;
        if (quote == 0 && c == '#') {
            while (i + 1 < toml.size() && toml[i + 1] != '\n')
                ++i;
        } else if (quote == '"' && c == '\\' && i + 1 < toml.size()) {
            text += toml[++i];
        } else if (quote == c) {
            quote = 0;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
        }
    }
    return text;
}

/// What stands between <element> and </element>; line ends stay.
QByteArray withoutText(QByteArray xml, const QByteArray &element)
{
    const QByteArray opens = '<' + element + '>';
    const QByteArray closes = "</" + element + '>';
    for (qsizetype i = xml.indexOf(opens); i >= 0; i = xml.indexOf(opens, i)) {
        i += opens.size();
        const qsizetype end = xml.indexOf(closes, i);
        if (end < 0)
            break;
        const QByteArray lines(xml.mid(i, end - i).count('\n'), '\n');
        xml.replace(i, end - i, lines);
    }
    return xml;
}

} // namespace

QByteArray withoutRemarks(const QString &document, QByteArrayView text)
{
    if (document == fleetFileDocument)
        return withoutComments(text);
    if (document.endsWith(u".xml"_s))
        return withoutText(withoutText(text.toByteArray(), "title"), "description");
    return text.toByteArray();
}

} // namespace tropo
