#include "tests/support/report_bytes.h"

#include "models/evidence/capture.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QtEndian>

#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>

namespace tropo::test {

using namespace Qt::Literals::StringLiterals;

namespace {

using Found = QMap<QString, QByteArray>;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

/// The chunks of a PNG that hold words: all but the picture itself; compressed ones unpacked.
QByteArray wordsOfPng(const QByteArray &png)
{
    QByteArray words;
    for (qsizetype at = 8; at + 12 <= png.size();) {
        const auto size = static_cast<qsizetype>(qFromBigEndian<quint32>(png.constData() + at));
        const QByteArray type = png.mid(at + 4, 4);
        const QByteArray data = png.mid(at + 8, size);
        if (type != "IDAT" && type != "PLTE")
            words += type + '\n' + data + '\n';
        if (type == "zTXt") {
            const QByteArray packed = data.mid(data.indexOf('\0') + 2);
            QByteArray sized(4, '\0');
            qToBigEndian<quint32>(1 << 20, sized.data());
            words += qUncompress(sized + packed) + '\n';
        }
        at += size + 12;
    }
    return words;
}

/// The strings of a PDF's objects, as they read.
void stringsOf(QPDFObjectHandle object, QByteArray &strings)
{
    if (object.isIndirect() && !strings.isEmpty())
        return;
    if (object.isString()) {
        strings += QByteArray::fromStdString(object.getUTF8Value()) + '\n';
    } else if (object.isArray()) {
        for (QPDFObjectHandle &one : object.getArrayAsVector())
            stringsOf(one, strings += ' ');
    } else if (object.isDictionary()) {
        for (auto &[key, one] : object.getDictAsMap()) {
            strings += QByteArray::fromStdString(key) + ' ';
            stringsOf(one, strings);
        }
    }
}

QByteArray wordsOfPdf(const QByteArray &bytes)
{
    QPDF pdf;
    pdf.processMemoryFile("report.pdf", bytes.constData(), static_cast<size_t>(bytes.size()));
    QByteArray words;
    for (QPDFObjectHandle &object : pdf.getAllObjects()) {
        QByteArray strings;
        stringsOf(object.isStream() ? object.getDict() : object, strings);
        words += strings + '\n';
        const bool isPicture =
            object.isStream() && object.getDict().getKey("/Subtype").isNameAndEquals("/Image");
        if (!object.isStream() || isPicture)
            continue;
        const auto stream = object.getStreamData(qpdf_dl_all);
        words += QByteArray(reinterpret_cast<const char *>(stream->getBuffer()),
                            static_cast<qsizetype>(stream->getSize())) +
                 '\n';
    }
    return words;
}

void readHtml(const QString &name, const QByteArray &bytes, Found &found)
{
    static const QRegularExpression picture(u"data:image/png;base64,([A-Za-z0-9+/=]+)"_s);
    QString html = QString::fromUtf8(bytes);
    int number = 0;
    for (auto match = picture.globalMatch(html); match.hasNext();)
        found.insert(u"%1, picture %2"_s.arg(name).arg(++number),
                     wordsOfPng(QByteArray::fromBase64(match.next().captured(1).toLatin1())));
    found.insert(name, html.remove(picture).toUtf8());
}

void readFile(const QString &path, Found &found)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    const QByteArray bytes = file.readAll();
    if (name.endsWith(u".html")) {
        readHtml(name, bytes, found);
    } else if (name.endsWith(u".pdf")) {
        found.insert(name, wordsOfPdf(bytes));
    } else if (name.endsWith(u".png")) {
        found.insert(name, wordsOfPng(bytes));
    } else if (name.endsWith(u".tar.gz") || name.endsWith(u".zip")) {
        const auto evidence = readCapture(path);
        if (!evidence)
            qFatal("%s", qPrintable(evidence.error().text()));
        for (auto it = evidence->documents.begin(); it != evidence->documents.end(); ++it)
            found.insert(name + u'/' + it.key(), it->text);
        for (const SourceError &error : evidence->errors)
            found[name + u" errors"_s] += (error.hypervisor + error.source + error.message + u'\n').toUtf8();
    } else {
        found.insert(name, bytes);
    }
}

} // namespace

QMap<QString, QByteArray> everythingIn(const QString &path)
{
    Found found;
    if (!QFileInfo(path).isDir()) {
        readFile(path, found);
        return found;
    }
    for (QDirIterator it(path, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        readFile(it.next(), found);
    return found;
}

bool hasWord(const QByteArray &text, const QByteArray &value)
{
    const QByteArray lowerText = text.toLower();
    const QByteArray lower = value.toLower();
    for (qsizetype i = lowerText.indexOf(lower); i >= 0; i = lowerText.indexOf(lower, i + 1)) {
        const qsizetype end = i + lower.size();
        const bool begins = i == 0 || !isWordByte(lowerText[i - 1]);
        if (begins && (end == lowerText.size() || !isWordByte(lowerText[end])))
            return true;
    }
    return false;
}

} // namespace tropo::test
