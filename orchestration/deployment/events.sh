#!/bin/sh
# `events` with the server's settings and as the server's user; installed as /usr/local/sbin/events.
set -a
. /etc/events/environment
HOME=/tmp
exec runuser -u events -- /opt/events/.venv/bin/events "$@"
