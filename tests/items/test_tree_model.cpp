#include "models/items/fleet_model.h"
#include "models/items/key_merge.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace tropo;

namespace {

/// Fleets at random, from a fixed seed: names appear, vanish, change, change places and change parents.
class Dice
{
public:
    explicit Dice(unsigned seed) : m_engine(seed) {}
    int below(int bound) { return static_cast<int>(m_engine() % static_cast<unsigned>(bound)); }

    std::vector<TreeNode> children(const QString &parent, int depth)
    {
        std::vector<TreeNode> nodes;
        if (depth == 0)
            return nodes;
        for (int i = 0; i < 5; ++i) {
            if (below(3) == 0)
                continue;
            TreeNode node;
            node.key = parent + u'/' + QString::number(i);
            node.label = QString::number(below(4));
            node.counts.errors = below(2);
            node.children = children(node.key, depth - 1);
            nodes.push_back(std::move(node));
        }
        if (below(3) == 0)
            std::shuffle(nodes.begin(), nodes.end(), m_engine);
        return nodes;
    }

    TreeNode tree()
    {
        TreeNode root;
        root.key = QStringLiteral("fleet");
        root.children = children(QStringLiteral("f"), 3);
        // A thing that hangs now here, now there, as a container that Swarm moves.
        if (!root.children.empty()) {
            TreeNode guest;
            guest.key = QStringLiteral("wanderer");
            root.children[static_cast<std::size_t>(below(static_cast<int>(root.children.size())))]
                .children.push_back(guest);
        }
        return root;
    }

private:
    std::mt19937 m_engine;
};

void compare(const FleetModel &model, const QModelIndex &index, const TreeNode &expected)
{
    QVERIFY(index.isValid());
    QVERIFY2(sameRow(*model.node(index), expected), qPrintable(expected.key));
    QCOMPARE(model.indexOf(expected.key), index);
    QCOMPARE(model.rowCount(index), static_cast<int>(expected.children.size()));
    for (int i = 0; i < model.rowCount(index); ++i)
        compare(model, model.index(i, 0, index), expected.children[static_cast<std::size_t>(i)]);
}

void collect(const QAbstractItemModel &model, const QModelIndex &parent,
             QHash<QString, QPersistentModelIndex> &held)
{
    for (int i = 0; i < model.rowCount(parent); ++i) {
        const QModelIndex index = model.index(i, 0, parent);
        held.insert(index.data(FleetModel::KeyRole).toString(), index);
        collect(model, index, held);
    }
}

QList<QString> keys(std::initializer_list<const char *> names)
{
    QList<QString> list;
    for (const char *name : names)
        list.append(QString::fromLatin1(name));
    return list;
}

} // namespace

class TestTreeModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void persistentIndexesKeepTheirKey()
    {
        Dice dice(20230718);
        FleetModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (int turn = 0; turn < 400; ++turn) {
            QHash<QString, QPersistentModelIndex> held;
            collect(model, {}, held);
            const TreeNode tree = dice.tree();
            model.setTree(tree);
            compare(model, model.index(0, 0), tree);
            if (QTest::currentTestFailed())
                return;
            for (auto it = held.begin(); it != held.end(); ++it) {
                if (it->isValid())
                    QCOMPARE(it->data(FleetModel::KeyRole).toString(), it.key());
                else if (it.key() != QLatin1String("wanderer"))
                    QVERIFY2(!model.indexOf(it.key()).isValid() || it.key().count(u'/') > 1,
                             qPrintable(it.key()));
            }
        }
    }

    void whatStaysUnderItsParentKeepsItsIndex()
    {
        FleetModel model;
        const auto tree = [](const QList<QString> &names) {
            TreeNode root;
            root.key = QStringLiteral("fleet");
            for (const QString &name : names) {
                TreeNode node;
                node.key = name;
                root.children.push_back(node);
            }
            return root;
        };
        model.setTree(tree(keys({"a", "b", "c", "d"})));
        const QPersistentModelIndex c = model.indexOf(QStringLiteral("c"));
        model.setTree(tree(keys({"d", "x", "c", "y", "a"})));
        QVERIFY(c.isValid());
        QCOMPARE(c.row(), 2);
        QCOMPARE(c.data(FleetModel::KeyRole).toString(), QStringLiteral("c"));
    }

    void changesAreFew()
    {
        QVERIFY(keyMerge(keys({"a", "b"}), keys({"a", "b"})).isEmpty());
        QCOMPARE(keyMerge(keys({"a", "b", "c", "d"}), keys({"b", "c", "d", "a"})).size(), 1);
        QCOMPARE(keyMerge(keys({"a", "b", "c", "d"}), keys({"d", "a", "b", "c"})).size(), 1);
        QCOMPARE(keyMerge({}, keys({"a", "b", "c"})), (QList<RowChange>{{RowChange::What::Insert, 0, 2, 0}}));
        QCOMPARE(keyMerge(keys({"a", "b", "c"}), {}), (QList<RowChange>{{RowChange::What::Remove, 0, 2, 0}}));
    }

    void oneRangeSaysWhatChanged()
    {
        FleetModel model;
        TreeNode root;
        root.key = QStringLiteral("fleet");
        for (int i = 0; i < 100; ++i) {
            TreeNode node;
            node.key = QString::number(i);
            root.children.push_back(node);
        }
        model.setTree(root);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.setTree(root);
        QCOMPARE(changed.size(), 0);
        root.children[10].label = root.children[40].label = QStringLiteral("new");
        model.setTree(root);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 10);
        QCOMPARE(changed.first().at(1).toModelIndex().row(), 40);
        QCOMPARE(removed.size(), 0);
    }

    void hostileTextIsShownNotObeyed()
    {
        FleetModel model;
        TreeNode root;
        root.key = QStringLiteral("fleet");
        root.label = QStringLiteral("<b>x</b>\u202e\n") + QString(500, u'a');
        model.setTree(root);
        const QString shown = model.index(0, 0).data().toString();
        QVERIFY(shown.startsWith(QStringLiteral("<b>x</b><U+202E>\u240a")));
        QVERIFY(shown.size() < 140);
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QLatin1String("&lt;b&gt;")));
    }
};

QTEST_GUILESS_MAIN(TestTreeModel)
#include "test_tree_model.moc"
