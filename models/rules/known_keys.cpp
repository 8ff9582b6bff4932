#include "models/rules/known_keys.h"

#include "models/text/near_word.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

struct KeyList
{
    QStringList words;
    QSet<QString> set;

    explicit KeyList(const char *text)
        : words(QString::fromLatin1(text).simplified().split(u' ')), set(words.begin(), words.end())
    {
    }
};

/// initscripts' sysconfig.txt and scripts, NetworkManager's ifcfg-rh plugin, ifcfg(5) of SUSE, cloud-init.
const KeyList &ifcfgKeys()
{
    static const KeyList keys(R"(
        ACCEPT_ALL_MAC_ADDRESSES ACD_TIMEOUT ADDRESS ALLMULTI AP_ISOLATION ARP ARPCHECK ARPING_WAIT ARPUPDATE
        AUTH_RETRIES AUTOCONNECT_PRIORITY AUTOCONNECT_RETRIES AUTOCONNECT_SLAVES BAND BONDING_MASTER
        BONDING_MODULE_OPTS BONDING_OPTS BONDING_SLAVE BOND_PORT_PRIO BOND_PORT_QUEUE_ID BOOTPROTO BRIDGE
        BRIDGE_AGEINGTIME BRIDGE_FORWARDDELAY BRIDGE_HELLOTIME BRIDGE_MACADDR BRIDGE_MAXAGE BRIDGE_PORTS
        BRIDGE_PORT_VLANS BRIDGE_PRIORITY BRIDGE_STP BRIDGE_UUID BRIDGE_VLANS BRIDGING_OPTS BROADCAST
        BROWSER_ONLY BSSID CHANNEL CIPHER_GROUP CIPHER_PAIRWISE CONNECTED_MODE CONNECTION_METERED CTCPROT DCB
        DEFAULTKEY DEFROUTE DELAY DEMAND DEVICE DEVICETYPE DEVTIMEOUT DHCLIENT6_MODE DHCLIENTARGS
        DHCLIENT_IGNORE_GATEWAY DHCLIENT_SET_DEFAULT_ROUTE DHCPRELEASE DHCPV6C DHCPV6C_OPTIONS DHCPV6_DUID
        DHCPV6_HOSTNAME DHCPV6_HOSTNAME_FLAGS DHCPV6_IAID DHCPV6_PD_HINT DHCPV6_SEND_HOSTNAME DHCPv6_DUID
        DHCPv6_IAID DHCP_CLIENT_ID DHCP_FQDN DHCP_HOSTNAME DHCP_HOSTNAME_FLAGS DHCP_IAID DHCP_REJECT_SERVERS
        DHCP_SEND_HOSTNAME DHCP_VENDOR_CLASS_IDENTIFIER DNS DNS_OVER_TLS DOMAIN ESSID ETHERDEVICE ETHTOOL_OPTIONS
        ETHTOOL_OPTS ETHTOOL_WAKE_ON_LAN EXTRA_ROUTE_OPTS FILS FILTER FREQ FIREWALL GATEWAY GATEWAYDEV
        GATEWAY_PING_TIMEOUT GENERATE_MAC_ADDRESS_MASK GVRP HOSTNAME HOSTNAME_FROM_DHCP HOSTNAME_FROM_DNS_LOOKUP
        HOSTNAME_ONLY_FROM_DEFAULT HOSTNAME_PRIORITY HOTPLUG HWADDR HWADDR_BLACKLIST INTERFACETYPE IPADDR
        IPADDR_END IPADDR_START CLONENUM_START NO_ALIASROUTING IPV4_AUTO_ROUTE_EXT_GW IPV4_DHCP_TIMEOUT
        IPV4_DNS_PRIORITY IPV4_FAILURE_FATAL IPV4_LINK_LOCAL IPV4_REPLACE_LOCAL_RULE IPV4_REQUIRED_TIMEOUT
        IPV4_ROUTE_METRIC IPV4_ROUTE_TABLE IPV6ADDR IPV6ADDR_SECONDARIES IPV6FORWARDING IPV6INIT IPV6TO4INIT
        IPV6TO4_IPV4ADDR IPV6TO4_MTU IPV6TO4_RELAY IPV6TO4_RADVD_PIDFILE IPV6TO4_ROUTING IPV6TUNNELIPV4
        IPV6TUNNELIPV4LOCAL IPV6_ADDR_GEN_MODE IPV6_AUTOCONF IPV6_AUTO_ROUTE_EXT_GW IPV6_AUTOTUNNEL
        IPV6_CONTROL_RADVD IPV6_DEFAULTDEV IPV6_DEFAULTGW IPV6_DEFROUTE IPV6_DHCP_TIMEOUT IPV6_DISABLED
        IPV6_DNS_PRIORITY IPV6_DOMAIN IPV6_FAILURE_FATAL IPV6_FORCE_ACCEPT_RA IPV6_MTU IPV6_PEERDNS
        IPV6_PEERROUTES IPV6_PRIVACY IPV6_PRIVACY_PREFER_PUBLIC_IP IPV6_RADVD_PIDFILE IPV6_RADVD_TRIGGER_ACTION
        IPV6_RA_TIMEOUT IPV6_REPLACE_LOCAL_RULE IPV6_REQUIRED_TIMEOUT IPV6_RES_OPTIONS IPV6_ROUTER
        IPV6_ROUTE_METRIC IPV6_ROUTE_TABLE IPV6_SET_SYSCTLS IPV6_TOKEN ISALIAS KEY KEYING KEY_MGMT KEY_PASSPHRASE
        KEY_TYPE LABEL LINKDELAY LINKSTATUS LINK_REQUIRED LINK_READY_WAIT LLADDR LLDP LLMNR MACADDR MACVLAN_DEVICE
        MACVLAN_MODE MAC_ADDRESS_RANDOMIZATION MASTER MASTER_UUID MATCH_DRIVER MATCH_INTERFACE_NAME
        MATCH_KERNEL_COMMAND_LINE MATCH_PATH MDNS METRIC MODE MPTCP_FLAGS MRU MTU MUD_URL MULTI_CONNECT MVRP
        MY_INNER_IPADDR MY_INNER_IPV6ADDR MY_OUTER_IPADDR NAME NETMASK NETTYPE NETWORK NETWORKING NICKNAME
        NM_CONTROLLED NOZEROCONF NO_DHCP_HOSTNAME NWID ONBOOT ONHOTPLUG ONPARENT OPTIONS OWNER PAC_SCRIPT
        PAC_URL PEERDNS PEERROUTES PEER_INNER_IPADDR PEER_OUTER_IPADDR PEER_OUTER_IPV6ADDR PERSISTENT_DHCLIENT
        PHYSDEV PKEY PKEY_ID PKEY_ID_NM PMF PORTNAME POST_DOWN_SCRIPT POST_UP_SCRIPT POWERSAVE PREFIX PREFIXLEN
        PRE_DOWN_SCRIPT PRE_UP_SCRIPT PRIVACY PROMISC PROXY_METHOD QDISC RATE REALDEVICE REMIP REMOTE_IPADDR
        REORDER_HDR RES_OPTIONS RX_CSUM SCOPE SEARCH SECONDARY_UUIDS SECURITYMODE SENS SLAVE SLAVE_DEVICE SRCADDR
        SRIOV_AUTOPROBE_DRIVERS SRIOV_TOTAL_VFS SRIOV_VF SSID_HIDDEN STABLE_ID STARTMODE STP SUBCHANNELS
        SUBNETTYPE TC_COMMIT TTL TUNNEL TXQUEUELEN TYPE USERCTL USERCONTROL USERS UUID VLAN
        VLAN_EGRESS_PRIORITY_MAP VLAN_FLAGS VLAN_ID VLAN_INGRESS_PRIORITY_MAP VLAN_NAME_TYPE VLAN_PROTOCOL VRF
        VRF_UUID WAIT_ACTIVATION_DELAY WEP_KEY_FLAGS WINDOW WPA WPS_METHOD ZONE)");
    return keys;
}

/// Families of keys with endings of their own.
constexpr const char *ifcfgFamilies[] = {
    "DCB_",      "IEEE_8021X_", "NM_USER_", "TEAM_",     "OVS_",    "OVSDHCP", "OVSBOOT", "ROUTING_RULE",
    "WIRELESS_", "WPA_",        "BOND_",    "BONDING_",  "BRIDGE_", "PPP",     "IKE_",    "ESP_",
    "AH_",       "AESP_",       "KEY_",     "SPI_",      "MYID_",   "TUNNEL_", "VXLAN_",  "BATMAN_",
    "IPOIB_",    "DIAL",        "CHARGE",   "DHCLIENT_", "DHCP6_",  "S390",    "TC_",     "VRF_"};

/// What stands in /etc/network/interfaces, by ifupdown, ifupdown2 and the scripts of Debian's packages. As
/// ifupdown does, '_' is taken for '-'.
const KeyList &debianKeys()
{
    static const KeyList keys(R"(
        iface inherits address netmask network broadcast gateway metric pointopoint hwaddress mtu scope up down
        pre-up post-up pre-down post-down client hostname leasehours leasetime vendor client-id bootfile server
        hwaddr media accept-ra autoconf privext dad-attempts dad-interval preferred-lifetime request-prefix
        ll-attempts ll-interval label description alias provider unit options endpoint dstaddr local ttl mode
        tunnel-physdev vrf vrf-table
        dns-nameserver dns-nameservers dns-search dns-domain dns-options dns-sortlist dns-priority
        bridge-ports bridge-ageing bridge-bridgeprio bridge-fd bridge-gcint bridge-hello bridge-hw bridge-maxage
        bridge-maxwait bridge-pathcost bridge-portprio bridge-stp bridge-waitport bridge-vlan-aware bridge-vids
        bridge-pvid bridge-access bridge-allow-untagged bridge-mcsnoop bridge-mcquerier bridge-learning
        bridge-disabled bridge-unconfigured
        bond-slaves slaves bond-mode bond-miimon bond-master bond-primary bond-downdelay bond-updelay
        bond-xmit-hash-policy bond-lacp-rate bond-min-links bond-arp-interval bond-arp-ip-target
        bond-arp-validate bond-ad-select bond-fail-over-mac bond-give-a-chance bond-use-carrier
        bond-primary-reselect bond-num-grat-arp bond-num-unsol-na bond-lacp-bypass-allow
        vlan-raw-device vlan-id vlan-protocol vlan-bridge-binding
        wpa-conf wpa-ssid wpa-psk wpa-driver wpa-roam wpa-iface wpa-key-mgmt wpa-bridge wpa-debug-level
        wireless-essid wireless-mode wireless-key wireless-channel wireless-nick wireless-rate
        link-speed link-duplex link-autoneg link-fec ethernet-wol ethernet-port ethernet-autoneg
        hardware-irq-coalesce-adaptive-rx hardware-irq-coalesce-adaptive-tx hardware-dma-ring-rx
        hardware-dma-ring-tx offload-rx offload-tx offload-sg offload-tso offload-ufo offload-gso offload-gro
        offload-lro offload-rxvlan offload-txvlan driver-message-level
        vxlan-id vxlan-local-tunnelip vxlan-remoteip vxlan-svcnodeip vxlan-physdev vxlan-learning vxlan-ageing
        mstpctl-stp mstpctl-ports ovs-type ovs-bridge ovs-ports ovs-options ovs-extra ovs-bonds ovs-mtu
        openvpn hostapd macvlan-mode tunnel-mode)");
    return keys;
}

/// netplan's reference of the YAML format: what stands right below an interface.
const KeyList &netplanKeys()
{
    static const KeyList keys(R"(
        match set-name wakeonlan wakeonwlan emit-lldp receive-checksum-offload transmit-checksum-offload
        tcp-segmentation-offload tcp6-segmentation-offload generic-segmentation-offload generic-receive-offload
        large-receive-offload openvswitch renderer dhcp4 dhcp6 ipv6-mtu ipv6-privacy link-local ignore-carrier
        critical dhcp-identifier dhcp4-overrides dhcp6-overrides ra-overrides accept-ra addresses
        ipv6-address-generation ipv6-address-token gateway4 gateway6 nameservers macaddress mtu optional
        optional-addresses activation-mode routes routing-policy neigh-suppress auth link
        virtual-function-count embedded-switch-mode delay-virtual-functions-rebind infiniband-mode apn auto-config
        device-id network-id number password pin sim-id sim-operator-id username access-points regulatory-domain
        interfaces parameters mode local remote ttl key keys mark peers peer port id ageing limit
        type-of-service table hairpin port-mac-learning mac-learning arp-proxy notifications short-circuit
        checksums extensions flow-label do-not-fragment port-range networkmanager)");
    return keys;
}

/// The mappings of netplan whose own keys are few and known.
const KeyList *netplanKeysBelow(const QString &mapping)
{
    static const QHash<QString, KeyList> keys{
        {QStringLiteral("match"), KeyList("name macaddress driver")},
        {QStringLiteral("nameservers"), KeyList("addresses search")},
        {QStringLiteral("routes"),
         KeyList(
             "from to via on-link metric type scope table mtu congestion-window advertised-receive-window "
             "advmss")},
        {QStringLiteral("routing-policy"), KeyList("from to table priority mark type-of-service fwmark")},
        {QStringLiteral("dhcp4-overrides"),
         KeyList("use-dns use-ntp send-hostname use-hostname use-mtu hostname use-routes route-metric "
                 "use-domains")},
        {QStringLiteral("dhcp6-overrides"),
         KeyList("use-dns use-ntp send-hostname use-hostname use-mtu hostname use-routes route-metric "
                 "use-domains")}};
    const auto found = keys.constFind(mapping);
    return found == keys.cend() ? nullptr : &*found;
}

/// NetworkManager's settings of the sections that an address depends on (nm-settings-keyfile).
const KeyList *keyfileKeys(const QString &section)
{
    static const char *const ethernet =
        "mac-address cloned-mac-address generate-mac-address-mask mac-address-blacklist mac-address-denylist "
        "mtu port speed duplex auto-negotiate wake-on-lan wake-on-lan-password s390-subchannels s390-nettype "
        "s390-options accept-all-mac-addresses assigned-mac-address";
    static const char *const ip =
        "method dns dns-search dns-options dns-priority address addresses gateway route routes route-metric "
        "route-table routing-rule ignore-auto-routes ignore-auto-dns dhcp-client-id dhcp-iaid dhcp-dscp "
        "dhcp-timeout dhcp-send-hostname dhcp-send-hostname-v2 dhcp-hostname dhcp-hostname-flags dhcp-fqdn "
        "dhcp-vendor-class-identifier dhcp-reject-servers dhcp-send-release dhcp-ipv6-only-preferred "
        "never-default may-fail required-timeout dad-timeout link-local replace-local-rule auto-route-ext-gw "
        "shared-dhcp-range shared-dhcp-lease-time forwarding routed-dns ip6-privacy addr-gen-mode ra-timeout "
        "mtu dhcp-duid dhcp-pd-hint token temp-valid-lifetime temp-preferred-lifetime";
    static const QHash<QString, KeyList> keys{
        {QStringLiteral("connection"),
         KeyList("id uuid stable-id type interface-name autoconnect autoconnect-priority autoconnect-retries "
                 "autoconnect-slaves autoconnect-ports multi-connect auth-retries timestamp read-only "
                 "permissions zone master controller slave-type port-type secondaries gateway-ping-timeout "
                 "ip-ping-timeout ip-ping-addresses metered lldp mdns llmnr dns-over-tls dnssec mptcp-flags "
                 "wait-device-timeout wait-activation-delay mud-url down-on-poweroff")},
        {QStringLiteral("ipv4"), KeyList(ip)},
        {QStringLiteral("ipv6"), KeyList(ip)},
        {QStringLiteral("ethernet"), KeyList(ethernet)},
        {QStringLiteral("802-3-ethernet"), KeyList(ethernet)}};
    const auto found = keys.constFind(section);
    return found == keys.cend() ? nullptr : &*found;
}

QString withoutNumber(QString key)
{
    while (!key.isEmpty() && key.back().isDigit())
        key.chop(1);
    return key;
}

/// Longer keys cannot be taken for one another as easily as short ones. None of three letters is a typo.
int slipsAllowed(const QString &key)
{
    return key.size() < 4 ? 0 : key.size() < 7 ? 1 : 2;
}

QString typoOf(const KeyList &keys, const QString &key)
{
    return key.size() > 64 ? QString() : nearestWord(keys.words, key, slipsAllowed(key));
}

std::optional<UnknownKey> judgedIfcfg(const Setting &setting)
{
    const KeyList &keys = ifcfgKeys();
    const QString &key = setting.key;
    const auto starts = [&key](const char *family) { return key.startsWith(QLatin1String(family)); };
    const bool alias = key.contains(u'_') && keys.set.contains(key.section(u'_', 0, 0)); // SUSE's IPADDR_1
    if (keys.set.contains(key) || keys.set.contains(withoutNumber(key)) ||
        std::any_of(std::begin(ifcfgFamilies), std::end(ifcfgFamilies), starts) ||
        (alias && key.section(u'_', 1) == key.section(u'_', -1) && key.back().isDigit()))
        return {};
    return UnknownKey{&setting, typoOf(keys, key)};
}

std::optional<UnknownKey> judgedAsTypo(const KeyList &keys, const Setting &setting, const QString &key,
                                       const QString &before = {})
{
    if (keys.set.contains(key) || keys.set.contains(withoutNumber(key)))
        return {};
    const QString nearest = typoOf(keys, key);
    return nearest.isEmpty() ? std::nullopt : std::optional(UnknownKey{&setting, before + nearest});
}

std::optional<UnknownKey> judgedNetplan(const Setting &setting)
{
    const QString first = setting.key.section(u'.', 0, 0);
    if (const auto unknown = judgedAsTypo(netplanKeys(), setting, first))
        return unknown;
    const KeyList *below = netplanKeysBelow(first);
    const QString second = setting.key.section(u'.', 1, 1);
    return below && !second.isEmpty() ? judgedAsTypo(*below, setting, second, first + u'.') : std::nullopt;
}

std::optional<UnknownKey> judgedKeyfile(const Setting &setting)
{
    const QString section = setting.key.section(u'.', 0, 0);
    QString key = setting.key.section(u'.', 1);
    if (key.endsWith(QLatin1String("_options"))) // route1_options
        key.chop(8);
    const KeyList *keys = keyfileKeys(section);
    return keys ? judgedAsTypo(*keys, setting, key, section + u'.') : std::nullopt;
}

std::optional<UnknownKey> judged(ConfigFormat format, const Setting &setting)
{
    switch (format) {
    case ConfigFormat::Ifcfg:
        return judgedIfcfg(setting);
    case ConfigFormat::Keyfile:
        return judgedKeyfile(setting);
    case ConfigFormat::Netplan:
        return judgedNetplan(setting);
    case ConfigFormat::DebianInterfaces:
        return judgedAsTypo(debianKeys(), setting, QString(setting.key).replace(u'_', u'-'));
    }
    return {};
}

// What a hostile file can make of a message, and of the time that looking takes.
constexpr qsizetype mostUnknown = 20;
constexpr qsizetype mostKeys = 1000;

} // namespace

QStringList ifcfgKeyNames()
{
    return ifcfgKeys().words;
}

QList<UnknownKey> unknownKeys(const InterfaceConfig &config)
{
    QList<UnknownKey> unknown;
    QSet<QString> seen;
    for (const Setting &setting : config.settings) {
        if (unknown.size() >= mostUnknown || seen.size() >= mostKeys)
            break;
        if (seen.contains(setting.key))
            continue;
        seen.insert(setting.key);
        if (const auto one = judged(config.format, setting))
            unknown.append(*one);
    }
    return unknown;
}

} // namespace tropo
