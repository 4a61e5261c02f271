-- What each listener did in one experiment, from events to sums. Plain SELECTs of standard SQL; an engine makes a table of
-- each part, in this order, under the part's name.
--
-- It is given the view
--   event (position, listener, ts, is_last, track, time, latency, recommendation, session, seq, fallback, artist, arm, forced)
-- one row an event: position tells the order of lines; ts is in ms since 1970, latency in seconds; session and seq are 0 where
-- a log has none (Botify's); fallback is null where a log does not tell how deep the answer's fallback was; artist is null where
-- it is not known; arm is the listener's in the experiment, null if in none; forced is 1 if it was set by hand.
-- ${from} is when the experiment began, and ${window} how long a listener is watched, both in ms; ${skip_time} makes a skip.

-- part: numbered
-- Botify's sessions are what a listener did in the order of time up to and including the last event.
select position, listener, ts, is_last, track, time, latency, recommendation, fallback, artist, arm, forced,
    1 as has_number, session as number, seq as place
from event
where session > 0
union all
select position, listener, ts, is_last, track, time, latency, recommendation, fallback, artist, arm, forced,
    0 as has_number,
    1 + coalesce(sum(is_last) over (partition by listener order by ts, position
        rows between unbounded preceding and 1 preceding), 0) as number,
    row_number() over (partition by listener order by ts, position) as place
from event
where session = 0

-- part: session
select listener, has_number, number,
    min_by(ts, place) as begun,
    max_by(ts, place) as ended,
    max(is_last) as closed,
    count(track) as tracks,
    sum(coalesce(time, 0)) as time,
    count(*) as requests,
    sum(latency) as latency,
    min_by(case when track is null then 0 else 1 end, place) as chosen_tracks,
    min_by(coalesce(time, 0), place) as chosen_time,
    sum(case when time < ${skip_time} then 1 else 0 end)
        - min_by(case when time < ${skip_time} then 1 else 0 end, place) as skips,
    sum(case when is_last = 0 and fallback is not null then 1 else 0 end) as answers,
    sum(case when is_last = 0 and fallback > 0 then 1 else 0 end) as fallbacks,
    count(distinct artist) as artists,
    min_by(case when ts < ${from} then '' else coalesce(arm, '') end, place) as arm,
    min_by(forced, place) as forced
from numbered
group by listener, has_number, number

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
select l.ordinal, l.arm, n.latency, n.recommendation
from numbered n
join session s on s.listener = n.listener and s.has_number = n.has_number and s.number = n.number
join listener l on l.listener = n.listener
where s.closed = 1 and s.arm <> ''

-- part: oddities
-- Events whose track is not the one recommended just before, and events with an earlier time than the one before.
select
    coalesce(sum(case when track is not null and track <> recommended_before then 1 else 0 end), 0) as unexpected,
    coalesce(sum(case when ts < ts_before then 1 else 0 end), 0) as backwards
from (
    select track, ts,
        lag(recommendation) over (partition by listener, has_number, number order by place) as recommended_before,
        lag(ts) over (partition by listener, has_number, number order by place) as ts_before
    from numbered) as pairs
