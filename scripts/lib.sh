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

# begin_load WORLD: starts an open loop of $RATE requests/s to the server at $port, with the sessions of a world, waits $WARMUP seconds, and
# sets $client.
begin_load() {
  local begin
  java -jar "$jar" simulate --world "$1" --url "http://127.0.0.1:$port" --rate "$RATE/s" --concurrency 64 \
    --sessions 1000000000 --warm-up "$((RATE * WARMUP / 20))" --timeout-ms 60000 --format json \
    >"$work/client.json" 2>"$work/client.err" &
  client=$!
  pids+=("$client")
  begin=$(metric segue_log_events_total)
  await "$client" "$work/client.err" has_logged $((begin + RATE * WARMUP))
}

# end_load FILE: ends the loop, and appends its figures to the file: requests, failed ones, p50, p99 and maximum in µs.
end_load() {
  stop "$client"
  sed -nE 's/^ *"([a-z0-9_.]+)" : ([0-9.E]+),?$/\1 \2/p' "$work/client.json" | awk '
    $1 == "requests" { requests = $2 }
    $1 == "p50_us" { p50 = $2 }
    $1 == "p99_us" { p99 = $2 }
    $1 == "max_us" { max = $2 }
    $1 ~ /^failed_/ { failed += $2 }
    END { if (!requests || p99 == "") exit 1; printf "%d %d %.0f %.0f %.0f\n", requests, failed, p50, p99, max }' >>"$1" ||
    fail "no figures of the client: $(tail -n 5 "$work/client.err")"
}

# metric NAME: prints a metric of the server at $port as an integer.
metric() {
  curl -sSf "http://127.0.0.1:$port/metrics" | awk -v name="$1" '$1 == name { printf "%d", $2 }'
}

has_logged() {
  [ "$(metric segue_log_events_total)" -ge "$1" ]
}

# load_row NAME: prints the sums of requests and failures in $work/NAME, and the medians of latencies in µs, as a row of a table.
load_row() {
  local column
  printf '| %s | %s |' "$1" "$(awk '{ requests += $1; failed += $2 } END { print requests " | " failed }' "$work/$1")"
  for column in 3 4 5; do
    printf ' %s |' "$(cut -d ' ' -f "$column" "$work/$1" | sort -n |
      awk '{ v[NR] = $1 } END { printf "%d (%d–%d)", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, v[1], v[NR] }')"
  done
  echo
}

# compare_p99 WITHOUT WITH FACTOR FLOOR_US: prints the ratio of the medians of p99, and whether the aim is met: at most FACTOR times, or at
# most FLOOR_US.
compare_p99() {
  local without with
  without=$(cut -d ' ' -f 4 "$work/$1" | median_of)
  with=$(cut -d ' ' -f 4 "$work/$2" | median_of)
  awk -v without="$without" -v with="$with" -v factor="$3" -v floor="$4" 'BEGIN {
    bound = factor * without > floor ? factor * without : floor
    printf "p99 %.2f × that without; the aim is at most %d µs, which is %s.\n", with / without, bound, with <= bound ? "met" : "missed" }'
}

# median_of: prints the median of the numbers on standard input.
median_of() {
  sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# make_requests: writes $work/requests.lua for wrk, whose arguments are next, get or post, and the number of tracks. The requests are
# created in advance, so that the client's cost is the same for all servers. wrk prints a line: RESULT, responses, responses/s, p50 and
# p99 in µs, socket errors, refusals.
make_requests() {
  cat >"$work/requests.lua" <<'END'
local requests, next_request = {}, 0

local makers = {
  next = function(user, track, time)
    return "POST", "/next/" .. user, ('{"track":%d,"time":%.2f}'):format(track, time)
  end,
  get = function(user, track, time)
    return "GET", ("/next_track?user=%d&track=%d&time=%.2f"):format(user, track, time)
  end,
  post = function(user, track, time)
    return "POST", "/next_track", ('{"user":%d,"track":%d,"time":%.2f}'):format(user, track, time)
  end,
}

function init(arguments)
  local make, tracks = makers[arguments[1]], tonumber(arguments[2])
  math.randomseed(1)
  for i = 1, 5000 do
    local method, path, body = make(math.random(0, 9999), math.random(0, tracks - 1), math.random(0, 100) / 100)
    local headers = body and { ["Content-Type"] = "application/json" } or {}
    requests[i] = wrk.format(method, path, headers, body)
  end
end

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end

function done(summary, latency)
  local errors = summary.errors
  print("RESULT", summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50),
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.timeout, errors.status)
end
END
}

# newer_jdk: prints the home of a JDK of version 25 or later: NEWER_JAVA_HOME, or one in /usr/lib/jvm. Prints nothing without one.
newer_jdk() {
  local home version
  for home in "${NEWER_JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] || continue
    version=$("$home/bin/javac" -version 2>&1)
    version=${version#javac }
    if [ "${version%%[.-]*}" -ge 25 ]; then
      echo "$home"
      return
    fi
  done
}
