#include "models/note/safe_markdown.h"

#include <QRegularExpression>

#include <md4c-html.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

void collect(const MD_CHAR *text, MD_SIZE size, void *into)
{
    static_cast<QByteArray *>(into)->append(text, static_cast<qsizetype>(size));
}

/// What the renderer writes for pictures and links, made harmless.
QString harmless(QString html)
{
    static const QRegularExpression picture(u"<img [^>]*?alt=\"([^\"]*)\"[^>]*>"_s);
    static const QRegularExpression link(u"<a href=\"(?!https?:|mailto:|#)[^\"]*\""_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return html.replace(picture, u"\\1"_s).replace(link, u"<a href=\"#\""_s);
}

} // namespace

QString markdownHtml(const QString &markdown)
{
    const QByteArray text = markdown.toUtf8();
    QByteArray html;
    const unsigned flags = MD_DIALECT_COMMONMARK | MD_FLAG_TABLES | MD_FLAG_NOHTML;
    const int status = md_html(text.constData(), static_cast<MD_SIZE>(text.size()), &collect, &html, flags,
                               MD_HTML_FLAG_XHTML);
    return status == 0 ? harmless(QString::fromUtf8(html)) : u"<pre>%1</pre>"_s.arg(markdown.toHtmlEscaped());
}

} // namespace tropo
