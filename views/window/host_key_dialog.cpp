#include "views/window/host_key_dialog.h"

#include "models/items/visible_text.h"
#include "views/parts/plain.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QPushButton>

namespace tropo {

HostKeyDialog::HostKeyDialog(const HostKeyQuestion &question, QWidget *parent)
    : QDialog(parent), m_question(question)
{
    setObjectName(QStringLiteral("hostKeyDialog"));
    setWindowTitle(tr("Unknown host key"));
    setAttribute(Qt::WA_DeleteOnClose);
    QLabel *title =
        plainLabel(tr("%1 shows a key that is not known yet").arg(visibleText(question.machine, 120)), this);
    setPointScale(title, 1.15, true);
    QLabel *text = plainLabel(
        tr("Compare the fingerprint with one that you got another way, from the machine's console or from "
           "whoever runs it. If they differ, somebody may stand between you and the machine."),
        this);
    for (QLabel *label : {title, text})
        label->setWordWrap(true);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    const auto add = [this, form](const QString &name, const QString &value, const char *object) {
        QLabel *label = selectableLabel(visibleText(value, 400), this);
        label->setObjectName(QLatin1String(object));
        label->setAccessibleName(name);
        form->addRow(name, label);
        return label;
    };
    add(tr("Host"), question.host, "hostKeyHost");
    add(tr("Key type"), question.keyType, "hostKeyType");
    add(tr("Fingerprint"), question.fingerprint, "hostKeyFingerprint")
        ->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    add(tr("To be kept in"), question.file, "hostKeyFile");
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *refuse = buttons->addButton(tr("&Refuse"), QDialogButtonBox::RejectRole);
    QPushButton *once = buttons->addButton(tr("&Accept once"), QDialogButtonBox::AcceptRole);
    QPushButton *remember = buttons->addButton(tr("Accept and re&member"), QDialogButtonBox::AcceptRole);
    refuse->setObjectName(QStringLiteral("refuseKey"));
    once->setObjectName(QStringLiteral("acceptKeyOnce"));
    remember->setObjectName(QStringLiteral("rememberKey"));
    // A careless Enter must not trust a machine.
    for (QPushButton *button : {once, remember})
        button->setAutoDefault(false);
    refuse->setDefault(true);
    refuse->setFocus();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(14);
    column->addWidget(title);
    column->addWidget(text);
    column->addLayout(form);
    column->addWidget(buttons);
    connect(refuse, &QPushButton::clicked, this, &QDialog::reject);
    connect(once, &QPushButton::clicked, this, [this] { answer(HostKeyAnswer::Once); });
    connect(remember, &QPushButton::clicked, this, [this] { answer(HostKeyAnswer::Remember); });
    connect(this, &QDialog::rejected, this, [this] { Q_EMIT answered(m_question, HostKeyAnswer::Refuse); });
    setMinimumWidth(560);
}

void HostKeyDialog::answer(HostKeyAnswer answer)
{
    Q_EMIT answered(m_question, answer);
    accept();
}

} // namespace tropo
