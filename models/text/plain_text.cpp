#include "models/text/plain_text.h"

namespace tropo {

QString visibleText(const QString &text, qsizetype most)
{
    QString shown;
    shown.reserve(qMin(text.size(), most));
    for (QChar c : text) {
        if (shown.size() >= most) {
            shown += QChar(0x2026);
            break;
        }
        const char16_t u = c.unicode();
        const bool turnsDirection =
            (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f;
        if (u < 0x20)
            shown += QChar(0x2400 + u); // the control pictures of Unicode
        else if (u == 0x7f)
            shown += QChar(0x2421);
        else if ((u >= 0x80 && u < 0xa0) || turnsDirection || u == 0x2028 || u == 0x2029)
            shown += QChar(0xfffd);
        else
            shown += c;
    }
    return shown;
}

} // namespace tropo
