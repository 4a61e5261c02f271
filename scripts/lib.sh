# Common functions of the scripts, to be sourced. Creates a temporary folder $work. At exit, stops the processes in $pids and
# removes the folder; a script that sets keep=1 keeps the folder after a failure.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/segue-bench.XXXXXX")
pids=()
keep=

clean_up() {
  local status=$?
  stop ${pids[@]+"${pids[@]}"}
  if [ "$status" != 0 ] && [ -n "$keep" ]; then
    echo "$(basename "$0"): ended with exit code $status; its files are in $work" >&2
  else
    rm -rf "$work"
  fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# need COMMAND PACKAGE: fails if the command is missing.
need() {
  command -v "$1" >/dev/null || fail "$1 is missing: apt-get install $2"
}

# stop PID...: terminates child processes of this shell, waits for them, and removes them from $pids, since the system reuses
# process ids.
stop() {
  local pid other left
  for pid; do kill "$pid" 2>/dev/null || true; done
  for pid; do
    wait "$pid" 2>/dev/null || true
    left=()
    for other in ${pids[@]+"${pids[@]}"}; do [ "$other" = "$pid" ] || left+=("$other"); done
    pids=(${left[@]+"${left[@]}"})
  done
}

# need_jar: sets $jar, and builds it if it is missing.
need_jar() {
  jar=$root/target/segue.jar
  [ -f "$jar" ] || (cd "$root" && ./mvnw -B -q package -DskipTests) || fail "the build failed"
}

# test_class_path: compiles, and prints the class path of the tests.
test_class_path() {
  cd "$root"
  ./mvnw -B -q test-compile dependency:build-classpath -Dmdep.includeScope=test \
    -Dmdep.outputFile=target/test-class-path >&2 || fail "the build failed"
  echo "$root/target/test-classes:$root/target/classes:$(<target/test-class-path)"
}

# free_port: prints a port without a listener.
free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)) && is_open "$port"; do :; done
  echo "$port"
}

is_open() {
  (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# await PID LOG COMMAND...: waits until the command succeeds. Fails with the end of the log after AWAIT_SECONDS
# (default 60), or if the process ends.
await() {
  local process=$1 log=$2 until=$((SECONDS + ${AWAIT_SECONDS:-60}))
  shift 2
  while ! "$@"; do
    kill -0 "$process" 2>/dev/null || { tail -n 20 "$log" >&2; fail "the process ended, see the lines above"; }
    [ "$SECONDS" -lt "$until" ] || { tail -n 20 "$log" >&2; fail "not ready after ${AWAIT_SECONDS:-60} seconds, see the lines above"; }
    sleep 0.1
  done
}

# await_port PORT PID LOG: waits until the process accepts connections.
await_port() {
  await "$2" "$3" is_open "$1"
}

# await_segue PORT PID LOG: waits until Segue is ready for requests.
await_segue() {
  await "$2" "$3" is_ready "$1"
}

is_ready() {
  local line
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  read -r -t 10 line <&3 || line=
  exec 3>&-
  [[ $line == "HTTP/1.1 200"* ]]
}

# make_catalog FILE STEP: writes a catalog of 50,000 tracks by 5,000 artists, each with 50 neighbours spread over the catalog.
make_catalog() {
  awk -v step="$2" 'BEGIN {
    tracks = 50000
    for (track = 0; track < tracks; track++) {
      line = "{\"track\":" track ",\"artist\":\"Artist " track % 5000 "\",\"title\":\"Title " track "\",\"recommendations\":["
      for (i = 1; i <= 50; i++) line = line (i > 1 ? "," : "") (track + i * step) % tracks
      print line "]}"
    }
  }' >"$1"
}

# make_config: writes two catalogs of 50,000 tracks, top tracks, and $work/config.json.
make_config() {
  make_catalog "$work/tracks.json" 997
  make_catalog "$work/tracks_nn.json" 4999
  echo "[$(seq -s , 0 499 49999)]" >"$work/top.json"
  cat >"$work/config.json" <<END
{
  "TRACKS_CATALOG": "tracks.json",
  "TRACKS_CATALOG_NN": "tracks_nn.json",
  "TOP_TRACKS_CATALOG": "top.json",
  "DATA_LOG_FILE": "log/data.json"
}
END
}
