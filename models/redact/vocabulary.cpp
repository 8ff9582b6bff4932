#include "models/redact/vocabulary.h"

#include "models/fixes/planner.h"
#include "models/rules/known_keys.h"
#include "models/rules/rule.h"

namespace tropo {

namespace {

/// formatdomain, formatnetwork, formatstorage of libvirt: elements, attributes, and the values of them that
/// say what a thing is.
constexpr const char *const libvirt =
    "acpi action active address addresses alias apic arch autostart backend backing backingstore "
    "bandwidth blkiotune block boot bridge bus cache capacity cdrom channel checkpoint clock cloudinit "
    "console controller cpu cpus cputune current currentmemory cpuset default defaults description "
    "destroy detect-zeroes dev device devices dhcp dir direct disk disks dns domain domains down driver "
    "dst emulator encryption ethernet expiry features file filter filterref filesystem floppy format "
    "forward forwarder forwarders function graphics group guest guests host hostdev hostname hub hvm "
    "hwaddress hypervisor id ide image inbound inactive index input interface inet inet6 io iothreads ip "
    "ipv4 ipv6 isolated key keymap kvm lease leases link listen live loader local localptr lun mac macs "
    "macvtap machine managed manual match max maxmemory memballoon memory memtune metadata method mode "
    "model mount mtu name nat net netmask network networks nvram offset on off open openvswitch os "
    "outbound pae parent passphrase passthrough path paused pc pci persistent physical pm pmsuspended "
    "pool pools port portgroup ports prefix private protocol ps2 pty q35 qcow qcow2 qemu qed range raw "
    "readonly redirdev redirfilter relabel release resource rng root route router routes rtc running sata "
    "script scsi seclabel secret serial server service shareable shut shutdown slot smbios snapshot "
    "snapshots source spapr spice srv stack startup state static status stp suspend sysinfo system table "
    "tablet tap target team timer tpm transient type unix up usb uuid vcpu vcpus vdi vdpa vepa version "
    "vhost video virtio virtualport vlan vmdk vmport volume volumes vpc vram wwn x86_64 xml";

/// `docker inspect`, `ps`, `info`, `version`, `service`, `node`: keys, and values that are read.
constexpr const char *const docker =
    "accepted aliases api apiversion arch args assigned attachstderr attachstdin attachstdout "
    "availability binds bridge builder build buildtime client cluster cmd command complete completed "
    "components config connected container containers containerspec control controlavailable created "
    "createdat currentstate dead desiredstate details disconnected docker dockerversion domainname down "
    "drain driver driveropts endpointid endpointsettings engine engineversion entrypoint env error "
    "exitcode exited experimental failed finishedat gateway gitcommit global globaljob goversion "
    "graphdriver health healthcheck healthy host hostconfig hostip hostname hostport id image images info "
    "ipaddress ipamconfig ipprefixlen job kernelversion labels leader links localnodestate localvolumes "
    "logpath macaddress managerstatus mode mounts name names network networkid networkmode networks "
    "networksettings no node nodeaddr nodeid nodes oomkilled operatingsystem options orphaned os path "
    "paused pending pid platform portbindings ports preparing process protocol publishedport ready "
    "reachable rejected remotemanagers remove removal removing replica replicas replicated replicatedjob "
    "restartcount restarting restartpolicy root running runningfor server servererrors serverversion "
    "service services shutdown size slot source spec standby started startedat starting state status "
    "swarm target targetport task tasks tasktemplate tcp to tty type udp uid unhealthy unknown "
    "unreachable up updatestatus user version volumes warnings worker workingdir swmtkn jointokens "
    "manager";

/// iproute2's JSON and text, bridge-utils, net-tools, virsh, df, date: what is read of what they print.
constexpr const char *const tools =
    "addr addresses addr_info addrgenmode alias allmulti altname altnames answered answers arp asleep "
    "available bcast blackhole blocks bond bond_slave br0 br- brd bridge_slave broadcast bytes carrier "
    "capacity collisions compressed date default dev dir disabled down dropped dst dynamic enabled encap "
    "errors eth0 ether ethernet exited extern_learn fdb filesystem filtering flags forever forwarding "
    "gateway global group gso_max_size hwaddr ifconfig ifindex ifname incomplete inet inet6 info_data "
    "info_kind info_slave_data info_slave_kind interfaces interrupt iproute kernel label lease link "
    "link-netnsid link_index link_layer link_netnsid link_type linkinfo linkdown lladdr lo local loopback "
    "lower_up mask master message-age metric mngtmpaddr mounted mtu multicast namespace neigh nexthop "
    "nexthops noarp noprefixroute noqueue operstate overruns owner packets permanent persistent physical "
    "pointopoint preferred_life_time prefixlen prefsrc priority prohibit proto protocol qdisc qlen "
    "reachable route running rx scope slave stale state static table tentative timeout tun tunnel tx "
    "txqlen txqueuelen type unicast uninitialized unknown unreachable up used valid_life_time valid_lft "
    "veth via virbr vnet vrf vrf_slave vxlan wireguard ago about active admin all as at auto container "
    "created daemon day days hour hours inspect list mac minute minutes month months never no none of off "
    "ok on once out port ps second seconds starting taken text txt week weeks with yes year years jan feb "
    "mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun am pm utc gmt bst wet west cet "
    "cest eet eest msk sast ist hkt jst kst awst aest aedt nzst nzdt est edt cst cdt mst mdt pst pdt akst "
    "akdt hst";

/// Files for interfaces: ifcfg, /etc/network/interfaces, netplan, NetworkManager's, udev's; and of packages.
constexpr const char *const files =
    "accept-ra access-points activation-mode address1 addresses allow-auto allow-hotplug attr auto "
    "autoconnect bonding_opts bonds bootp bootproto bridge_fd bridge_hw bridge_maxwait bridge_ports "
    "bridge_stp bridge-ports bridges broadcast cloned-mac-address configure conffile connection defroute "
    "delay device dhcp4 dhcp6 dns1 dns2 down ethernets gateway gateway0 gateway4 gateway6 gatewaydev "
    "hotplug hwaddr iface ifcfg inherits install installed interface-name ipaddr ipaddr0 "
    "ipv4_failure_fatal ipv6_autoconf ipv6init macaddr macaddress manual master nameservers netmask "
    "netmask0 netplan networkmanager networks nm nm_controlled nmconnection noregex no-auto-down "
    "no-scripts onboot onparent peerdns post-down post-up pre-down pre-up prefix prefix0 ppp renderer "
    "rename regex repository routes routing-policy search set-name slave slaves source source-dir "
    "source-directory startmode subsystem to trigproc type upgrade uuid vlans wifis wol wpa dnf dpkg "
    "package packages rpm yum erase history update updated "
    "802-3-ethernet 802-11-wireless allow crashed destination disappear end environment expires export false "
    "family idle keyidx mac-address mapping mka-cak parallel passwd password peer pin preshared private-key "
    "privatekey psk purge random shared start team_slave throw token true unlockkey value vf vpn-secrets "
    "wep-key wireless-key withheld";

/// Fleet files, and the documents of a capture (capture-format.md): they are found by these names.
constexpr const char *const ours =
    "accept brctl brctl-show bridge-fdb bridge-link capture command_seconds conf connect_seconds cfg date "
    "declared df dnsmasq document documents domain domains error errors etc expected fleet float floats "
    "format gateway guest guests host hypervisor identify inactive inspect interface interface-pci "
    "interfaces ip-addr ip-neigh ip-route json kernel libvirt limits list mac machine-id macs name "
    "net-list network networks nodes none os-release package-history path ps qemu reachability reason "
    "redhat-release repository reservation_octet rule service-inspect services severity source ssh "
    "ssh-host-keys stale_packages_days subject subnet sudo taken tasks toml took_ms tool tried txt "
    "udev-net until uri user version vm volumes xml yaml";

/// What os-release, redhat-release and `docker version` say, as end-of-life.json and its rules look for it.
constexpr const char *const systems =
    "almalinux alpine amazon amzn centos community coreos debian docker-ce ee el6 el7 el8 el9 engine "
    "enterprise fedora flatcar gentoo gnu hat id id_like leap linux linuxmint manjaro name nixos ol "
    "opensuse oracle photon pretty_name raspbian red release rhel rocky scientific server sles slackware "
    "stream suse tumbleweed ubuntu version version_id amd64 arm64 aarch64 generic";

/// Names that libvirt, QEMU, Docker and cloud-init give, and ours; whole, so that their words are free.
constexpr const char *const constants =
    "agent cidata cloud-init cloudinit com.docker.compose.project com.docker.compose.service "
    "com.docker.stack.namespace com.docker.swarm.node.id com.docker.swarm.service.id "
    "com.docker.swarm.service.name com.docker.swarm.task com.docker.swarm.task.id "
    "com.docker.swarm.task.name com.redhat.spice.0 config-drive configdrive guest_agent host-model "
    "host-passthrough hypervisor if latest localhost nocloud org.qemu.guest_agent.0 "
    "org.libguestfs.channel.0 qemu-guest-agent qemu-system-x86_64 qemu-kvm seed troposcope virtio-net-pci";

/// Whole as they stand in ids, and their words, since reasons and fleet files speak with them.
void addNames(QSet<QByteArray> &words)
{
    QList<QByteArray> names;
    for (const Rule &rule : ruleCatalogue())
        names.append(rule.name);
    for (const PlanKind &plan : planCatalogue())
        names.append(plan.name);
    for (const QByteArray &name : names) {
        words.insert(name);
        for (const QByteArray &word : name.split('-'))
            words.insert(word);
    }
}

/// Where they are keys alone: a machine may be called "zone".
void addIfcfgKeys(QSet<QByteArray> &words)
{
    for (const QString &key : ifcfgKeyNames())
        words.insert(key.toLatin1().toLower() + '=');
}

QSet<QByteArray> wordsOf(std::initializer_list<const char *> texts)
{
    QSet<QByteArray> words;
    for (const char *text : texts)
        for (const QByteArray &word : QByteArray(text).split(' '))
            words.insert(word);
    return words;
}

} // namespace

const QSet<QByteArray> &vocabulary()
{
    static const QSet<QByteArray> words = [] {
        QSet<QByteArray> all = wordsOf({libvirt, docker, tools, files, ours, systems, constants});
        addNames(all);
        addIfcfgKeys(all);
        return all;
    }();
    return words;
}

} // namespace tropo
