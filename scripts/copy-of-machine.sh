# A copy of this machine with a systemd of its own, to be sourced after lib.sh by scripts that install packages. Changes in the
# copy stays in memory and ends with the script. Needs root and Linux namespaces; the copy has no network but its loopback interface.

init=

# boot_copy: starts the copy, and sets $init to the process id of its systemd.
boot_copy() {
  local outer group=$work/cgroup/segue-$$
  mkdir "$work/cgroup" "$work/copy"
  mount -t cgroup2 none "$work/cgroup" || fail "the copy of the machine needs cgroups"
  trap 'end_copy; clean_up' EXIT
  mkdir "$group"
  (
    echo "$BASHPID" >"$group/cgroup.procs"
    exec unshare --mount --pid --fork --uts --ipc --net --cgroup --propagation private --kill-child \
      bash "$root/scripts/copy-of-machine.sh" "$work/copy" </dev/null >"$work/copy.log" 2>&1
  ) &
  outer=$!
  await "$outer" "$work/copy.log" has_init "$outer"
  await "$outer" "$work/copy.log" is_booted
}

has_init() {
  init=$(pgrep -P "$1") && [ "$(cat "/proc/$init/comm")" = systemd ]
}

is_booted() {
  local state
  state=$(in_copy systemctl is-system-running 2>/dev/null)
  [ "$state" = running ] || [ "$state" = degraded ]
}

# in_copy COMMAND...: runs a command in the copy as its root.
in_copy() {
  nsenter -t "$init" -m -p -u -i -n -C -r -w -- env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

# end_copy: kills all processes of the copy, and removes its cgroup.
end_copy() {
  [ -z "$init" ] || kill -9 "$init" 2>/dev/null || true
  wait
  find "$work/cgroup/segue-$$" -depth -type d -exec rmdir {} \;
  umount "$work/cgroup"
}

# become_copy FOLDER: runs in the namespaces of the copy, and becomes its systemd.
become_copy() {
  local folder=$1
  mount -t tmpfs -o size=3g tmpfs "$folder"
  mkdir "$folder/upper" "$folder/work" "$folder/root"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
  cd "$folder/root"
  mount -t proc proc proc
  mount -t sysfs sysfs sys
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  mount -t tmpfs tmpfs run
  mount -t tmpfs tmpfs tmp
  mount --rbind /dev dev
  hostname segue-copy
  # Nothing of this machine starts in the copy.
  rm -rf etc/systemd/system/*.wants
  mkdir run/outside
  pivot_root . run/outside
  umount -l run/outside
  exec chroot . env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=multi-user.target </dev/null
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  become_copy "$1"
fi
