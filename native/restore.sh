#!/bin/sh
# Restores one prebuilt engine: native/restore.sh llama-linux-x64-cpu
# Does nothing when the lock file has not changed since the last time. Two builds at once wait for each other. Whatever goes
# wrong is told in one line on stderr.
set -u
name=$1
cd "$(dirname "$0")/$name" 2>/dev/null || {
  echo "there is no prebuilt engine called '$name'; these exist: $(cd "$(dirname "$0")" && ls -d llama-* | tr '\n' ' ')" >&2
  exit 1
}
stamp=node_modules/.restored

if command -v flock >/dev/null; then
  exec 9>.lock
  # A restore that takes longer than ten minutes is stuck.
  flock -w 600 9 || { echo "another build has been restoring native/$name for ten minutes; end it and build again" >&2; exit 1; }
fi
[ -e "$stamp" ] && [ ! package-lock.json -nt "$stamp" ] && exit 0

command -v npm >/dev/null || {
  echo "npm is missing; it fetches the prebuilt llama.cpp. Install Node.js 20 or newer (with npm) and build again" >&2
  exit 1
}
# The lock file, which carries the hashes, decides what is installed; nothing of a package is run.
output=$(npm ci --ignore-scripts --no-audit --no-fund --loglevel=error 2>&1) || {
  echo "npm could not restore native/$name: $(printf %s "$output" | grep -v -e 'complete log' -e '^npm error *at ' | tr '\n' ' ' | cut -c1-600). Check the network and npm's registry setting, then build again" >&2
  exit 1
}
touch "$stamp"
