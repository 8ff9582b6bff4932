#include "views/findings/filter_bar.h"

#include "models/fleet/subject.h"
#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/presentation.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace tropo {

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent),
      m_errors(severityButton(Severity::Error, tr("Errors"))),
      m_warnings(severityButton(Severity::Warning, tr("Warnings"))),
      m_infos(severityButton(Severity::Info, tr("Notes"))),
      m_hypervisor(new QComboBox(this)),
      m_family(new QComboBox(this)),
      m_text(new QLineEdit(this)),
      m_accepted(new QCheckBox(this)),
      m_byCause(new QCheckBox(tr("By cause"), this))
{
    setObjectName(QStringLiteral("filterBar"));
    m_hypervisor->setObjectName(QStringLiteral("hypervisorFilter"));
    m_hypervisor->setAccessibleName(tr("Hypervisor"));
    m_hypervisor->addItem(tr("All hypervisors"), QString());
    m_family->setObjectName(QStringLiteral("familyFilter"));
    m_family->setAccessibleName(tr("Family of rules"));
    m_family->addItem(tr("All families"), QString());
    for (QComboBox *box : {m_hypervisor, m_family}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->view()->setAccessibleName(box->accessibleName());
    }
    m_text->setObjectName(QStringLiteral("textFilter"));
    m_text->setAccessibleName(tr("Text in a finding"));
    m_text->setPlaceholderText(tr("Text in rule, subject or message"));
    m_text->setClearButtonEnabled(true);
    m_accepted->setObjectName(QStringLiteral("acceptedFilter"));
    m_byCause->setObjectName(QStringLiteral("groupByCause"));
    m_byCause->setChecked(true);
    m_byCause->setToolTip(plainTip(tr("Findings that share a cause stand below their story")));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_errors);
    row->addWidget(m_warnings);
    row->addWidget(m_infos);
    row->addWidget(m_hypervisor);
    row->addWidget(m_family);
    row->addWidget(m_text, 1);
    row->addWidget(m_accepted);
    row->addWidget(m_byCause);
    const auto announce = [this] { Q_EMIT filterChanged(filter()); };
    for (QPushButton *button : {m_errors, m_warnings, m_infos})
        connect(button, &QPushButton::toggled, this, announce);
    for (QComboBox *box : {m_hypervisor, m_family})
        connect(box, &QComboBox::currentIndexChanged, this, announce);
    connect(m_text, &QLineEdit::textChanged, this, announce);
    connect(m_accepted, &QCheckBox::toggled, this, announce);
    connect(m_byCause, &QCheckBox::toggled, this, &FilterBar::groupingChanged);
    showIcons();
    offer({});
}

QPushButton *FilterBar::severityButton(Severity severity, const QString &name)
{
    auto *button = new QPushButton(this);
    button->setObjectName(severityName(severity) + QLatin1String("Filter"));
    button->setText(name);
    button->setAccessibleName(name);
    button->setCheckable(true);
    button->setChecked(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void FilterBar::showIcons()
{
    m_errors->setIcon(themedIcon(iconName(Severity::Error), palette()));
    m_warnings->setIcon(themedIcon(iconName(Severity::Warning), palette()));
    m_infos->setIcon(themedIcon(iconName(Severity::Info), palette()));
}

void FilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcons();
    QWidget::changeEvent(event);
}

void FilterBar::offerIn(QComboBox *box, const QStringList &names)
{
    const QString chosen = box->currentData().toString();
    const QSignalBlocker quiet(box);
    while (box->count() > 1)
        box->removeItem(1);
    for (const QString &name : names)
        box->addItem(visibleText(name, 60), name);
    if (!chosen.isEmpty() && !names.contains(chosen))
        box->addItem(visibleText(chosen, 60), chosen);
    box->setCurrentIndex(qMax(0, box->findData(chosen)));
}

void FilterBar::offer(const QList<Finding> &findings)
{
    QSet<QString> hypervisors;
    QSet<QString> families;
    qsizetype accepted = 0;
    int counts[3] = {0, 0, 0};
    for (const Finding &finding : findings) {
        families.insert(familyOf(finding));
        if (const QString name = subject::hypervisorOf(finding.subject); !name.isEmpty())
            hypervisors.insert(name);
        accepted += finding.accepted ? 1 : 0;
        counts[static_cast<int>(finding.severity)] += finding.accepted ? 0 : 1;
    }
    const auto sorted = [](const QSet<QString> &set) {
        QStringList list(set.begin(), set.end());
        list.sort();
        return list;
    };
    offerIn(m_hypervisor, sorted(hypervisors));
    offerIn(m_family, sorted(families));
    m_errors->setText(tr("Errors %1").arg(counts[static_cast<int>(Severity::Error)]));
    m_warnings->setText(tr("Warnings %1").arg(counts[static_cast<int>(Severity::Warning)]));
    m_infos->setText(tr("Notes %1").arg(counts[static_cast<int>(Severity::Info)]));
    m_accepted->setText(tr("Show accepted (%1)").arg(accepted));
    m_accepted->setVisible(accepted > 0);
}

FindingFilter FilterBar::filter() const
{
    FindingFilter filter;
    filter.errors = m_errors->isChecked();
    filter.warnings = m_warnings->isChecked();
    filter.infos = m_infos->isChecked();
    filter.accepted = m_accepted->isChecked();
    filter.hypervisor = m_hypervisor->currentData().toString();
    filter.family = m_family->currentData().toString();
    filter.text = m_text->text();
    return filter;
}

void FilterBar::setFilter(const FindingFilter &filter)
{
    m_errors->setChecked(filter.errors);
    m_warnings->setChecked(filter.warnings);
    m_infos->setChecked(filter.infos);
    m_accepted->setChecked(filter.accepted);
    m_hypervisor->setCurrentIndex(qMax(0, m_hypervisor->findData(filter.hypervisor)));
    m_family->setCurrentIndex(qMax(0, m_family->findData(filter.family)));
    m_text->setText(filter.text);
}

void FilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

} // namespace tropo
