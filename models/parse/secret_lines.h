#pragma once

#include <QByteArray>

namespace tropo {

enum class SecretForm {
    Assignments, ///< KEY=value, as in ifcfg files, keyfiles and other configuration
    Yaml,        ///< key: value, also in flow mappings and block scalars
    Options,     ///< key value, as in interfaces(5)
};

/// A configuration text with the values of secret keys withheld, also in comments, and line by line where a
/// value goes on. Bytes that are not UTF-8 stay.
QByteArray withheldLines(const QByteArray &text, SecretForm form);

} // namespace tropo
