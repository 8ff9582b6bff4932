#include "models/fixes/files/format_edit.h"

namespace tropo {

QByteArray inTheLettersOf(QByteArrayView before, MacAddress mac)
{
    bool small = false;
    bool capital = false;
    for (const char c : before) {
        small = small || (c >= 'a' && c <= 'f');
        capital = capital || (c >= 'A' && c <= 'F');
    }
    const QByteArray text = mac.toString().toLatin1();
    return capital && !small ? text.toUpper() : text;
}

QByteArray byteWise(const QByteArray &text)
{
    return QString::fromLatin1(text).toUtf8();
}

} // namespace tropo
