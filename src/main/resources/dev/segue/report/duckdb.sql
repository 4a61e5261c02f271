-- DuckDB's way from log files to the view that metrics.sql is given. Lines that it cannot read have a null message.

-- part: seen
select experiments, count(*) as events, count(*) - count(message) as unreadable
from ${lines}
group by experiments

-- part: stored
select
    cast("user" as varchar) as listener,
    "timestamp" as ts,
    cast(case when message = 'last' then 1 else 0 end as tinyint) as is_last,
    track,
    time,
    coalesce(latency, 0) as latency,
    recommendation,
    cast(coalesce(session, 0) as integer) as session,
    cast(coalesce(seq, 0) as integer) as seq,
    cast(case when recommender is null then null else coalesce(fallback, 0) end as tinyint) as fallback,
    ${arm} as arm,
    cast(${forced} as tinyint) as forced
from ${lines}

-- part: event
select s.rowid as position, s.*, ${artist} as artist
from stored s ${artists}
