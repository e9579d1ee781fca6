#!/usr/bin/env bash
# Restores, builds and starts the standalone host. Further arguments go to it, for example:
#   ./run.sh --urls http://0.0.0.0:8080 --Access:Keys:0:Key=secret
set -euo pipefail
cd "$(dirname "$0")"

command -v dotnet >/dev/null || { echo "run.sh: the .NET 10 SDK is missing. Install it (package dotnet-sdk-10.0) and start again." >&2; exit 1; }
command -v npm >/dev/null || { echo "run.sh: npm is missing; it brings the prebuilt llama.cpp. Install Node.js 20 or newer and start again." >&2; exit 1; }

host=src/Standalone/bin/Release/net10.0/LocalAI.Pipeline.Standalone.dll

# A build that has nothing to do still takes seconds: it is skipped while no source is newer than the last build.
newer=$([ -e "$host.built" ] && find src native models Directory.*.props global.json -newer "$host.built" -type f \
  -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -print -quit || echo new)
if [ -n "$newer" ]; then
  echo "Building (the first time takes a minute or two) ..."
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  dotnet build src/Standalone -c Release -v quiet -nologo -clp:NoSummary >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  touch "$host.built"
fi

exec dotnet "$host" "$@"
