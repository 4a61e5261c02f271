-- DuckDB's way from log files to the view that metrics.sql is given. Lines that it cannot read have a null message.

-- part: seen
select distinct unnest(map_keys(experiments)) as experiment
from ${lines}

-- part: stored
select
    cast("user" as varchar) as listener,
    "timestamp" as ts,
    cast(case when message is null then null when message = 'last' then 1 else 0 end as tinyint) as is_last,
    track,
    time,
    round(greatest(coalesce(latency, 0), 0) * 1e9) / 1e9 as latency, -- below zero where a clock was set back
    recommendation,
    cast(coalesce(session, 0) as integer) as session,
    cast(coalesce(seq, 0) as integer) as seq,
    cast(case when recommender is null then null else coalesce(fallback, 0) end as tinyint) as fallback,
    ${arm} as arm,
    cast(${forced} as tinyint) as forced,
    cast(coalesce(cardinality(experiments), 0) as tinyint) as experiments
from ${lines}

-- part: event
select s.rowid as position, s.*, ${artist} as artist
from stored s ${artists}
