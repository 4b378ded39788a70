-- Each row is a document that lies in the reports folder.
create or replace temp view present_document as
select
    document.*,
    report.report_key,
    coalesce(report.is_current, false) as is_current
from raw.document as document
left join marts.dim_report as report on report.source_sha256 = document.document_sha256
where document.document_sha256 in (select document_sha256 from raw.source_file where is_present);

-- Each row is an event row of a present document, with the keys that the marts give it.
create or replace temp view present_row as
select
    report_row.*,
    document.report_key,
    document.is_current,
    event.municipality_key,
    event.event_key
from raw.report_row as report_row
inner join present_document as document using (document_sha256)
left join (
    select report_key, source_table, source_row, min(municipality_key) as municipality_key, min(event_key) as event_key
    from marts.dim_event
    group by all
) as event
    on event.report_key = document.report_key
    and event.source_table = report_row.table_number
    and event.source_row = report_row.table_row;

-- Each row is a cell of a present row, whitespace-normalised: what all offsets refer to.
create or replace temp view present_cell as
select
    present_row.document_sha256,
    present_row.row_number,
    present_row.report_key,
    present_row.municipality_key,
    present_row.event_key,
    cell.source_column,
    coalesce(cell.cell_text, '') as cell_text
from present_row
inner join (
    unpivot (
        select
            document_sha256, row_number,
            coalesce(name, '') as name, coalesce(place_text, '') as place, coalesce(dates_text, '') as dates,
            coalesce(description_text, '') as description, coalesce(participants_text, '') as participants
        from parsed.event
    )
    on name, place, dates, description, participants
    into name source_column value cell_text
) as cell using (document_sha256, row_number);

-- Each row is an event of a current report with its facts, its report's period and its municipality's name.
create or replace temp view current_event as
select
    event.*,
    fact.* exclude (event_key, report_key, municipality_key),
    municipality.name as municipality_name,
    report.period,
    report.year as report_year,
    make_date(report.year, report.quarter * 3 - 2, 1) as period_start,
    last_day(make_date(report.year, report.quarter * 3, 1)) as period_end
from marts.dim_event as event
left join marts.fct_event as fact using (event_key)
left join marts.dim_report as report on report.report_key = event.report_key
left join marts.dim_municipality as municipality on municipality.municipality_key = event.municipality_key;
