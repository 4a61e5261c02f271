-- What each listener did in one experiment, from events to sums. Plain SELECTs of standard SQL; an engine makes a table of
-- each part, in this order, under the part's name.
--
-- It is given the view
--   event (position, listener, ts, is_last, track, time, latency, recommendation, session, seq, fallback, artist, arm, forced)
-- one row an event: position tells the order of lines; ts is in ms since 1970, latency in seconds; session and seq are 0 where
-- a log has none (Botify's); fallback is null where a log does not tell how deep the answer's fallback was; artist is null where
-- it is not known; arm is the listener's in the experiment, null if in none; forced is 1 if it was set by hand.
-- ${from} is when the experiment began, and ${window} how long a listener is watched, both in ms; a track heard for less than
-- ${skip_time} of its length was skipped; ${artists} counts distinct artists, or is 0 where they are not known.

-- part: counted
-- Botify's sessions are what a listener did in the order of time up to and including the last event: -1, -2, ...; a sum of
-- doubles is exact as far as one can count, and takes two thirds of the time.
select listener, ts, is_last, track, time, latency, recommendation, fallback, artist, arm, forced,
    cast(-1 - coalesce(sum(cast(is_last as double)) over (partition by listener order by ts, position
        rows between unbounded preceding and 1 preceding), 0) as integer) as number,
    cast(row_number() over (partition by listener order by ts, position) as integer) as place,
    lag(case when is_last = 0 then recommendation end) over (partition by listener order by ts, position)
        as recommended_before
from event
where session = 0

-- part: told
-- Segue's sessions are numbered in the log.
select listener, ts, is_last, track, time, latency, recommendation, fallback, artist, arm, forced,
    session as number, seq as place
from event
where session > 0

-- part: told_apart
-- The same where numbers begin anew, as they do in the logs of several servers or of one that lost its history.
select listener, ts, is_last, track, time, latency, recommendation, fallback, artist, arm, forced,
    1000000 * cast(session as bigint) + sum(case when seq = 1 then 1 else 0 end) over (
        partition by listener, session order by ts, position rows unbounded preceding) as number,
    seq as place
from event
where session > 0

-- part: begun_anew
select count(*)
from (select listener from event where session > 0 and seq = 1 group by listener, session having count(*) > 1) as anew

-- part: numbered
select listener, ts, is_last, track, time, latency, recommendation, fallback, artist, arm, forced, number, place
from told
union all
select listener, ts, is_last, track, time, latency, recommendation, fallback, artist, arm, forced, number, place
from counted

-- part: session
-- The first event says in whose arm the session is; its track, if any, was chosen by the listener.
select listener, number, begun, ended, closed, tracks, time, requests, latency, answers, fallbacks, artists, forced,
    case when first_time < 0 then 0 else 1 end as chosen_tracks,
    case when first_time < 0 then 0 else first_time end as chosen_time,
    short_tracks - case when first_time >= 0 and first_time < ${skip_time} then 1 else 0 end as skips,
    case when begun < ${from} then '' else arm end as arm,
    case when begun < ${from} then arm else '' end as early_arm
from (
    select listener, number,
        min_by(ts, place) as begun,
        max_by(ts, place) as ended,
        max(is_last) as closed,
        count(track) as tracks,
        coalesce(sum(time), 0) as time,
        count(*) as requests,
        sum(latency) as latency,
        count(case when time < ${skip_time} then 1 end) as short_tracks,
        count(case when is_last = 0 then fallback end) as answers,
        count(case when is_last = 0 and fallback > 0 then 1 end) as fallbacks,
        ${artists} as artists,
        min_by(coalesce(time, -1), place) as first_time,
        min_by(coalesce(arm, ''), place) as arm,
        min_by(forced, place) as forced
    from numbered
    group by listener, number) as sums

-- part: exposed
-- A forced session exposes nobody, but its listener is left out.
select listener,
    min_by(arm, begun) as arm,
    count(distinct case when forced = 0 then arm end) as arms,
    max(forced) as forced,
    min(begun) as arrived
from session
where arm <> ''
group by listener

-- part: listener
select e.listener, e.arm, e.arrived,
    row_number() over (order by e.arrived, e.listener) - 1 as ordinal,
    max(case when s.arm <> '' and s.closed = 1 and s.begun < e.arrived + ${window} then s.ended else e.arrived end)
        as window_end,
${totals}
from exposed e join session s on s.listener = e.listener
where e.arms = 1 and e.forced = 0
group by e.listener, e.arm, e.arrived

-- part: heard
select l.ordinal, n.latency
from numbered n
join session s on s.listener = n.listener and s.number = n.number
join listener l on l.listener = n.listener
where s.closed = 1 and s.arm <> ''

-- part: recommended
-- Whoever was in the arm.
select distinct s.arm, n.recommendation
from numbered n join session s on s.listener = n.listener and s.number = n.number
where s.closed = 1 and s.arm <> '' and s.forced = 0 and n.recommendation is not null

-- part: oddities
-- Events whose track is not the one recommended just before, and events with an earlier time than the one before; Botify's are
-- in the order of time.
select
    coalesce(sum(case when track is not null and track <> recommended_before then 1 else 0 end), 0) as unexpected,
    coalesce(sum(case when ts < ts_before then 1 else 0 end), 0) as backwards
from (
    select track, ts,
        lag(recommendation) over (partition by listener, number order by place) as recommended_before,
        lag(ts) over (partition by listener, number order by place) as ts_before
    from told
    union all
    select track, ts, recommended_before, ts from counted) as pairs
