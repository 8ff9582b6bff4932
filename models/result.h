#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace tropo {

/// What sort of thing went wrong; decides what an operator can do about it, not how it reads.
enum class ErrorKind {
    Usage,       ///< the caller asked for something that cannot be (exit status 2)
    Io,          ///< a local file could not be read or written
    Format,      ///< text that is not in the form it claims
    Unsupported, ///< a newer format, an unknown version
    Limit,       ///< larger than the bound that the message names
    Unreachable, ///< no answer: name, route, port, a frozen peer
    Refused,     ///< the peer answered and said no: key, permission, policy
    Timeout,     ///< a deadline passed
    Cancelled,   ///< the operator stopped it
};

/// An error as a value. `where` is a file, document or machine; `message` is a sentence that says what to do.
struct Error
{
    ErrorKind kind = ErrorKind::Io;
    QString where;
    QString message;

    bool operator==(const Error &) const = default;

    /// "where: message", or the message alone where there is no place.
    QString text() const
    {
        return where.isEmpty() ? message : QString(where + QLatin1String(": ") + message);
    }
};

template <typename T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorKind kind, QString where, QString message)
{
    return tl::unexpected<Error>(Error{kind, std::move(where), std::move(message)});
}

} // namespace tropo
