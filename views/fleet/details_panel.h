#pragma once

#include "models/forecast/forecast.h"
#include "models/items/tree_node.h"
#include "models/snapshot.h"

#include <QTextBrowser>

namespace tropo {

/// The facts of one node and its findings, as text that can be selected and copied.
class DetailsPanel final : public QTextBrowser
{
    Q_OBJECT
public:
    explicit DetailsPanel(QWidget *parent = nullptr);

    struct Content
    {
        std::optional<TreeNode> node;     ///< nothing: nothing is selected
        QList<Finding> own;               ///< findings about the node itself
        QList<Finding> concerning;        ///< about something else, but this too
        QList<Finding> below;             ///< about what is under it
        std::optional<Forecast> forecast; ///< of a hypervisor or VM
        QStringList notRead;              ///< of the node and below it, a line each
        QString empty;                    ///< what to say where there is no node

        bool operator==(const Content &) const = default;
    };
    void show(const Content &content);

Q_SIGNALS:
    void findingChosen(const QString &id);
    /// An item of the forecast; its place in the list.
    void forecastChosen(int item);

protected:
    void changeEvent(QEvent *event) override;

private:
    void write();
    void writePage();
    void followLink(const QUrl &url);

    Content m_content;
};

} // namespace tropo
