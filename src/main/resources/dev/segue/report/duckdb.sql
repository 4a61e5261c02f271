-- DuckDB's way from log files to the view that metrics.sql is given. Lines that it cannot read have a null message. What is no
-- event by the rules of dev.segue.event has a null is_last.
-- A listener is its id where all ids are numbers, and otherwise a number made from its id, 63 bits of a hash: comparing texts
-- takes twice as long.

-- part: seen
select distinct unnest(map_keys(experiments)) as experiment
from ${lines}

-- part: columns
describe select * from ${lines}

-- part: texts
select count(*)
from ${lines}
where not regexp_full_match(cast("user" as varchar), '[0-9]{1,18}')

-- part: stored
select
    ${id} as id,
    ${listener} as listener,
    "timestamp" as ts,
    cast(case
        when message is null or message not in ('start', 'next', 'last') or "timestamp" is null or v > ${version} then null
        when (message = 'start') = (track is not null and time is not null) then null
        when track < 0 or recommendation < 0 or time < 0 or time > 1 then null
        when "timestamp" < 0 or session < 0 or seq < 0 or fallback < 0 then null
        when message = 'last' and (recommendation is not null or recommender is not null) then null
        when message = 'last' then 1
        else 0
    end as tinyint) as is_last,
    track,
    time,
    round(coalesce(latency, 0) * 1e9) / 1e9 as latency,
    recommendation,
    cast(coalesce(session, 0) as integer) as session,
    cast(coalesce(seq, 0) as integer) as seq,
    cast(case when recommender is null then null else coalesce(fallback, 0) end as tinyint) as fallback,
    ${arm} as arm,
    cast(${forced} as tinyint) as forced,
    cast(cardinality(experiments) as tinyint) as experiments
from ${lines}

-- part: event
select s.rowid as position, s.*, ${artist} as artist
from stored s ${artists}

-- part: identified
select l.*, coalesce(i.id, cast(l.listener as varchar)) as id
from listener l left join (select listener, min(id) as id from stored where id is not null group by listener) i
    on i.listener = l.listener
order by l.ordinal
