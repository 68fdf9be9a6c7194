#!/bin/bash
# The first process of a node: `unshare` has given it process ids, mounts, network, host name and IPC of its own. It lays out what a
# kubelet expects of a machine, says so, then only reaps orphans. When it is killed, the kernel ends every process of the node and takes
# its mounts, interfaces and firewall rules with them: nothing is left to clean up.
set -euo pipefail
directory=$1
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p "$directory/log" "$directory/kubelet" /var/lib/kubelet
mount --bind "$directory/log" /var/log
mount --bind "$directory/kubelet" /var/lib/kubelet
mount --make-rshared /
hostname "$2"
ip link set lo up
# Pods reach services through this node's rules; a node port answers on 127.0.0.1, too.
sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.route_localnet=1
sysctl -qw net.bridge.bridge-nf-call-iptables=1 2>/dev/null || true
touch "$directory/ready"
trap 'exit 0' TERM
while :; do
  sleep 3600 &
  wait $!
done
