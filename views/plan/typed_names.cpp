#include "views/plan/typed_names.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"

#include <QFormLayout>
#include <QLineEdit>

#include <algorithm>

namespace tropo {

TypedNames::TypedNames(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("typedNames"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(16, 6, 16, 0);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    hide();
}

void TypedNames::ask(const QStringList &names)
{
    auto *form = static_cast<QFormLayout *>(layout());
    while (form->rowCount() > 0)
        form->removeRow(0);
    m_edits.clear();
    for (const QString &name : names) {
        const QString shown = visibleText(name, 80);
        QLabel *label = plainLabel(tr("This cuts off what %1 serves. Type %1 to confirm:").arg(shown), this);
        auto *edit = new QLineEdit(this);
        edit->setObjectName(QStringLiteral("confirm-") + name);
        edit->setAccessibleName(tr("Type %1 to confirm").arg(shown));
        edit->setProperty("wanted", name);
        edit->setMinimumWidth(fontMetrics().averageCharWidth() * 28);
        label->setBuddy(edit);
        connect(edit, &QLineEdit::textChanged, this, &TypedNames::changed);
        form->addRow(label, edit);
        m_edits.append(edit);
    }
    Q_EMIT changed();
}

bool TypedNames::isConfirmed() const
{
    return std::all_of(m_edits.begin(), m_edits.end(), [](const QLineEdit *edit) {
        return edit->text() == edit->property("wanted").toString();
    });
}

} // namespace tropo
