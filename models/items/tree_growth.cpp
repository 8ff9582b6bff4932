#include "models/items/tree_growth.h"

namespace tropo {

Growth::Growth(const Snapshot &snapshot, QString factsFor)
    : m_snapshot(snapshot), m_factsFor(std::move(factsFor))
{
    for (const SourceError &error : snapshot.evidence.errors)
        m_errors[error.hypervisor].append(error);
}

bool Growth::skips(const QString &branch) const
{
    return !m_factsFor.isEmpty() && m_factsFor != branch && !m_factsFor.startsWith(branch + u'/');
}

TreeNode Growth::node(NodeKind kind, const QString &key, const QString &label,
                      const QList<Source> &sources) const
{
    TreeNode node;
    node.key = key;
    node.kind = kind;
    node.label = label;
    for (const Source &source : sources) {
        if (source.isNull() || node.sources.contains(source))
            continue;
        node.sources.append(source);
        const Document *document = m_snapshot.evidence.find(source.document);
        if (!document)
            continue;
        if (document->taken.isValid() && (!node.taken.isValid() || document->taken < node.taken))
            node.taken = document->taken;
        auto known = m_errorOf.constFind(source.document);
        if (known == m_errorOf.constEnd())
            known = m_errorOf.insert(source.document, errorFor(source.document));
        const SourceError *error = *known;
        if (error && (!error->taken.isValid() || error->taken > document->taken)) {
            node.stale = true;
            node.staleReason = error->message;
        }
    }
    return node;
}

TreeNode Growth::group(const QString &key, const QString &label) const
{
    return node(NodeKind::Group, key, label);
}

TreeNode Growth::notRead(const QString &parent, const QString &what, const QString &why) const
{
    TreeNode row = node(NodeKind::NotKnown, parent + QLatin1String("/not-read/") + what, what);
    row.state = NodeState::NotKnown;
    row.detail = TreeWords::tr("not read: %1").arg(why);
    if (wants(row.key))
        row.facts = Facts().add(TreeWords::tr("Not read"), what).add(TreeWords::tr("Why"), why).list();
    return row;
}

QString Growth::whyNot(const QString &hypervisor, const QString &source, const QString &otherwise) const
{
    for (const SourceError &error : m_errors.value(hypervisor))
        if (error.source == source)
            return error.message;
    return otherwise;
}

const SourceError *Growth::errorFor(const QString &document) const
{
    const qsizetype slash = document.indexOf(u'/');
    if (slash < 0)
        return nullptr;
    const auto errors = m_errors.constFind(unescapedName(QStringView(document).first(slash)));
    if (errors == m_errors.constEnd())
        return nullptr;
    const QStringView path = QStringView(document).sliced(slash + 1);
    for (const SourceError &error : *errors) {
        const QStringView source(error.source);
        if (path == source)
            return &error;
        if (source == QLatin1String("libvirt") && path.startsWith(QLatin1String("libvirt/")))
            return &error;
        if (source == QLatin1String("host") &&
            (path.startsWith(QLatin1String("host/")) || path.startsWith(QLatin1String("declared/"))))
            return &error;
        if (source.startsWith(QLatin1String("guest ")) &&
            path.startsWith(QString(QLatin1String("guests/") + escapedName(source.sliced(6)) + u'/')))
            return &error;
    }
    return nullptr;
}

Facts &Facts::add(const QString &name, const QString &value)
{
    if (!value.isEmpty())
        m_facts.append({name, value});
    return *this;
}

Facts &Facts::known(const QString &name, const QString &value)
{
    m_facts.append({name, value.isEmpty() ? TreeWords::tr("not read") : value});
    return *this;
}

Facts &Facts::flag(const QString &name, const std::optional<bool> &value)
{
    return known(name, !value ? QString() : *value ? TreeWords::tr("yes") : TreeWords::tr("no"));
}

QString macText(const std::optional<MacAddress> &mac)
{
    return mac ? mac->toString() : QString();
}

QString addressesText(const Interface &interface)
{
    constexpr qsizetype most = 8;
    QStringList texts;
    for (const InterfaceAddress &address : interface.addresses)
        texts.append(address.toString());
    for (const InterfaceAddress6 &address : interface.addresses6)
        texts.append(address.toString());
    const qsizetype all = texts.size();
    if (all > most) {
        texts = texts.first(most);
        texts.append(TreeWords::tr("and %1 more").arg(all - most));
    }
    return texts.join(QLatin1String(", "));
}

QString joined(const QStringList &parts)
{
    QStringList kept;
    for (const QString &part : parts)
        if (!part.isEmpty())
            kept.append(part);
    return kept.join(QStringLiteral(" \u00b7 "));
}

} // namespace tropo
