#include "ssh/collect/declared_repository.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <git2.h>

#include <unistd.h>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString network = u"src/cfg/tropo/trop02/etc/libvirt/qemu/networks/"_s;
const QString interfaces = u"src/cfg/tropo/trop02/etc/network/interfaces"_s;

/// A repository whose one commit holds the given files.
class MadeRepository
{
public:
    explicit MadeRepository(bool bare)
    {
        git_libgit2_init();
        git_repository_init(&m_repository, folder.path().toUtf8().constData(), bare);
        git_repository_index(&m_index, m_repository);
    }
    ~MadeRepository()
    {
        git_index_free(m_index);
        git_repository_free(m_repository);
        git_libgit2_shutdown();
    }
    MadeRepository(const MadeRepository &) = delete;
    MadeRepository &operator=(const MadeRepository &) = delete;

    void add(const QString &path, const QByteArray &text, unsigned int mode = GIT_FILEMODE_BLOB)
    {
        const QByteArray name = path.toUtf8();
        git_index_entry entry{};
        entry.mode = mode;
        entry.path = name.constData();
        git_blob_create_from_buffer(&entry.id, m_repository, text.constData(), std::size_t(text.size()));
        git_index_add(m_index, &entry);
    }

    bool commit()
    {
        git_oid treeId, id;
        git_tree *tree = nullptr;
        git_signature *author = nullptr;
        const bool made = git_index_write_tree_to(&treeId, m_index, m_repository) == 0 &&
                          git_tree_lookup(&tree, m_repository, &treeId) == 0 &&
                          git_signature_new(&author, "Operator", "operator@example.org", 1, 0) == 0 &&
                          git_commit_create(&id, m_repository, "HEAD", author, author, nullptr, "First", tree,
                                            0, nullptr) == 0;
        git_signature_free(author);
        git_tree_free(tree);
        return made;
    }

    DeclaredPlace place() const { return {folder.path(), u"/src/cfg/tropo/{hypervisor}/"_s}; }

    QTemporaryDir folder;

private:
    git_repository *m_repository = nullptr;
    git_index *m_index = nullptr;
};

} // namespace

class TestDeclared : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsHeadOfCloneAndBareRepository_data()
    {
        QTest::addColumn<bool>("bare");
        QTest::newRow("clone") << false;
        QTest::newRow("bare") << true;
    }
    void readsHeadOfCloneAndBareRepository()
    {
        QFETCH(bool, bare);
        MadeRepository repository(bare);
        repository.add(interfaces, "iface br0 inet static\n");
        repository.add(network + u"default.xml"_s, "<network/>");
        repository.add(network + u"a b.xml"_s, "<network/>");
        repository.add(network + u"autostart/default.xml"_s, "not at this place");
        repository.add(network + u"README"_s, "no network");
        QVERIFY(repository.commit());
        const Harvest harvest = readDeclared(u"trop02"_s, repository.place());
        QVERIFY2(harvest.errors.isEmpty(), qPrintable(harvest.errors.value(0).message));
        QVERIFY(harvest.answered);
        QCOMPARE(harvest.folders, QStringList{u"trop02/declared"_s});
        QCOMPARE(harvest.documents.keys(),
                 (QStringList{u"trop02/declared/etc/libvirt/qemu/networks/a%20b.xml"_s,
                              u"trop02/declared/etc/libvirt/qemu/networks/default.xml"_s,
                              u"trop02/declared/etc/network/interfaces"_s}));
        QCOMPARE(harvest.documents.last().text, QByteArray("iface br0 inet static\n"));
    }

    void anotherOwnerDoesNotMatter()
    {
        if (geteuid() != 0)
            return; // only root can give a folder away
        MadeRepository repository(false);
        repository.add(interfaces, "auto br0\n");
        QVERIFY(repository.commit());
        QVERIFY(chown(repository.folder.path().toUtf8().constData(), 65534, 65534) == 0);
        QVERIFY(readDeclared(u"trop02"_s, repository.place()).answered);
    }

    void secretsAreWithheld()
    {
        MadeRepository repository(true);
        repository.add(interfaces, "iface wlan0 inet dhcp\n    wpa-psk opensesame\n");
        QVERIFY(repository.commit());
        const QByteArray text = readDeclared(u"trop02"_s, repository.place()).documents.first().text;
        QVERIFY(!text.contains("opensesame"));
        QVERIFY(text.contains("wpa-psk <withheld>"));
    }

    void linksAndLargeFilesAreNotRead()
    {
        MadeRepository repository(true);
        repository.add(interfaces, "/etc/shadow", GIT_FILEMODE_LINK);
        repository.add(network + u"large.xml"_s, QByteArray((1 << 20) + 1, 'x'));
        repository.add(network + u"most.xml"_s, QByteArray(1 << 20, 'x'));
        QVERIFY(repository.commit());
        const Harvest harvest = readDeclared(u"trop02"_s, repository.place());
        QCOMPARE(harvest.documents.keys(),
                 QStringList{u"trop02/declared/etc/libvirt/qemu/networks/most.xml"_s});
        QCOMPARE(harvest.errors.size(), 2);
        QCOMPARE(harvest.errors[0].source, u"declared/etc/network/interfaces"_s);
        QVERIFY(harvest.errors[0].message.contains(u"links are not followed"_s));
        QVERIFY(harvest.errors[1].message.contains(u"1 MiB"_s));
    }

    void whatIsNotThereIsAnError()
    {
        MadeRepository repository(true);
        const Harvest unborn = readDeclared(u"trop02"_s, repository.place());
        QVERIFY(!unborn.answered);
        QVERIFY(unborn.errors.value(0).message.contains(u"no commit"_s));
        repository.add(interfaces, "auto br0\n");
        QVERIFY(repository.commit());
        const Harvest other = readDeclared(u"../trop02"_s, repository.place());
        QVERIFY(!other.answered);
        QVERIFY(other.errors.value(0).message.contains(u"[declared] path"_s));
        const Harvest nowhere = readDeclared(u"trop02"_s, {u"/nonexistent"_s, {}});
        QCOMPARE(nowhere.errors.value(0).source, u"declared"_s);
        QVERIFY(nowhere.errors.value(0).message.contains(u"[declared] repository"_s));
    }

    void aFolderInsideAnotherRepositoryIsNotSearchedUpwards()
    {
        MadeRepository repository(false);
        repository.add(interfaces, "auto br0\n");
        QVERIFY(repository.commit());
        QVERIFY(QDir(repository.folder.path()).mkdir(u"inner"_s));
        QVERIFY(!readDeclared(u"trop02"_s, {repository.folder.filePath(u"inner"_s), {}}).answered);
    }
};

QTEST_APPLESS_MAIN(TestDeclared)
#include "test_declared.moc"
