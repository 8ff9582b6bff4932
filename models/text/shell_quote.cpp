#include "models/text/shell_quote.h"

namespace tropo {

Result<QByteArray> shellQuoted(const QString &value)
{
    QByteArray text = value.toUtf8();
    if (text.contains('\0'))
        return failure(ErrorKind::Usage, {},
                       QStringLiteral("a value with a NUL in it cannot be passed to a machine"));
    text.replace("'", "'\\''");
    return QByteArray('\'' + text + '\'');
}

} // namespace tropo
