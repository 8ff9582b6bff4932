#pragma once

#include <QByteArray>
#include <QString>

namespace tropo {

/// A document without what people wrote for people, in which no name can be told from other words: comments
/// of the fleet file, titles and descriptions of libvirt's XML. Nothing is judged by them. Lines stay lines,
/// since evidence is quoted by their numbers.
QByteArray withoutRemarks(const QString &document, QByteArrayView text);

} // namespace tropo
