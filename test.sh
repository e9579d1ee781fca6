#!/usr/bin/env bash
# Installs what the tests need from Debian's packages where it is missing, builds everything, runs every test program and
# ends with one line: N passed, N failed, N skipped. Its exit code is 0 only when nothing failed and nothing was skipped.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

die() { echo "test.sh: $*" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# program:package
missing=()
for need in rabbitmq-server:rabbitmq-server npm:npm chromium:chromium setpriv:util-linux /usr/lib/postgresql/15/bin/postgres:postgresql-15 \
    radosgw:radosgw ceph-mon:ceph-mon ceph-osd:ceph-osd ceph:ceph-common; do
  command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
done
if [ "${#missing[@]}" -gt 0 ]; then
  [ "$(id -u)" = 0 ] || die "these Debian packages are missing: ${missing[*]}. Install them as root: apt-get install ${missing[*]}"
  echo "Installing ${missing[*]} ..."
  # A service that Debian starts by itself would outlive the tests.
  policy=/usr/sbin/policy-rc.d
  [ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; trap 'rm -f '$policy EXIT; }
  # Nor shall Debian make a cluster of its own: the tests make theirs.
  mkdir -p /etc/postgresql-common/createcluster.d && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/tests.conf
  log=$(mktemp)
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 \
    || { tail -n 20 "$log"; die "apt-get could not install ${missing[*]}"; }
  rm -f "$log"
fi
command -v dotnet >/dev/null || die "the .NET 10 SDK is missing (package dotnet-sdk-10.0)"

dotnet build LocalAI.Pipeline.sln -c Release -v quiet -nologo -clp:NoSummary || die "the build failed"

# Every process that a test program starts inherits this mark: what still runs when the program has ended was left behind.
strays() { for environ in /proc/[0-9]*/environ; do
  { grep -qz "^TEST_PROGRAM_MARK=$1\$" "$environ" && echo "${environ//[^0-9]/}"; } 2>/dev/null; done; }

# A program that hangs is ended, and counts as a failure; the longest takes seven minutes on two cores.
limit=${TEST_PROGRAM_LIMIT_SECONDS:-780}
results=$(mktemp -d)

# Runs one test program, says how it went, and leaves "passed failed skipped" in the results.
run() {
  local project=$1; shift
  local name output started mark code left summary total errors bad skip
  local passed=0 failed=0 skipped=0
  name=$(basename "$project")
  output=$results/$name.log
  started=$SECONDS
  mark=$$-$name
  TEST_PROGRAM_MARK=$mark timeout --kill-after=10 "$limit" dotnet "$project/bin/Release/net10.0/LocalAI.Pipeline.$name.dll" -noLogo -noColor "$@" >"$output" 2>&1 </dev/null
  code=$?
  left=$(strays "$mark")
  for _ in 1 2 3 4 5; do [ -n "$left" ] || break; sleep 1; left=$(strays "$mark"); done
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$output" | tail -n 1)
  if [ -z "$summary" ]; then
    cat "$output"
    echo "$name ended without a summary (exit code $code)"
    failed=1
  else
    read -r total errors bad skip < <(sed -E 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/' <<<"$summary")
    [ "$code" = 0 ] || [ $((errors + bad)) -gt 0 ] || { errors=1; echo "$name passed but exited with code $code"; }
    [ $((errors + bad + skip)) = 0 ] || cat "$output"
    passed=$((total - bad - skip)) failed=$((bad + errors)) skipped=$skip
    echo "$name: $total tests, $failed failed, $skip skipped, $((SECONDS - started)) s"
  fi
  if [ -n "$left" ]; then
    echo "$name left processes behind: $(for pid in $left; do tr '\0' ' ' <"/proc/$pid/cmdline" | cut -c1-120; echo; done)"
    kill -9 $left 2>/dev/null
    failed=$((failed + 1))
  fi
  echo "$passed $failed $skipped" >"$results/$name"
}

# Two at a time, the longest in front, so that both lines take as long; the scenarios need the machine for themselves.
long=(tests/Bus.Tests tests/Api.Tests)
{ for project in "${long[@]}"; do run "$project" "$@"; done; } &
for project in tests/*.Tests; do [[ " ${long[*]} " == *" $project "* ]] || run "$project" "$@"; done
wait
run tests/Scenarios "$@"

passed=0 failed=0 skipped=0
for project in tests/*.Tests tests/Scenarios; do
  name=$(basename "$project")
  # A program whose result is missing has not run to its end.
  read -r p f s <"$results/$name" || { echo "$name has no result"; p=0 f=1 s=0; }
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
rm -rf "$results"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$skipped" = 0 ] && [ "$passed" -gt 0 ]
