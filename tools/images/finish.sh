#!/bin/sh
# The last step of building an image, in /app: makes its commands, and takes out what production does not need.
# Usage: finish.sh NODE COMMAND:FILE…   NODE is where the image has Node, FILE what a command runs, below /app.
set -eu

# Kernel and Node find the commands here, without a shell in the image.
mkdir bin
ln -s "$1" bin/node
shift
for command in "$@"; do
  printf '#!/app/bin/node\nimport "/app/%s";\n' "${command#*:}" >"bin/${command%%:*}"
done

# Programs for developers' machines, a compiler that is there as a peer only, types and maps, and the links that led to them.
cd node_modules/.pnpm
rm -rf typescript@* @types+* node-linux-* @gaubee+*
find . -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -name '*.md' \) -delete
cd /app
find . -xtype l ! -path ./bin/node -delete
# What pnpm notes of its own run differs from run to run.
rm -rf node_modules/.modules.yaml node_modules/.pnpm-workspace-state*.json node_modules/.pnpm/lock.yaml pnpm-*.yaml
find . -type d -empty -delete

chmod -R u=rwX,go=rX .
chmod 755 bin/*
