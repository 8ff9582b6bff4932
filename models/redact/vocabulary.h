#pragma once

#include <QByteArray>
#include <QSet>

namespace tropo {

/// Words that belong to the forms of documents, in lower case: elements, attributes and constants of libvirt,
/// keys of Docker's and iproute2's JSON, of files for interfaces and of fleet files, the names of a capture's
/// own documents, and what tools print that is read; and to what is judged by: ids of distributions, the
/// names of rules and plans. Some are joined by signs, and stay as a whole: "addr_info", "zone=". A name that
/// is one of them cannot be replaced without breaking the documents. What merely stands in a document is none
/// of them, wherever it stands: keys and variables may be named after machines and people.
const QSet<QByteArray> &vocabulary();

} // namespace tropo
