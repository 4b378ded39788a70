-- Tables that Python writes and dbt reads. Every row carries the sha256 of the file it was read from.
create schema if not exists raw;
create schema if not exists parsed;
create schema if not exists quality;

-- Each row is a path in the reports folder and the content last seen there.
create table if not exists raw.source_file (
    source_file varchar not null,          -- path relative to the reports folder, POSIX separators
    document_sha256 varchar not null,
    size_bytes bigint not null,
    override varchar not null,             -- the text of <file>.yml beside it, '' where there is none
    received_at timestamp not null,        -- UTC, when the pipeline first saw this content at this path
    is_present boolean not null            -- false once the file has left the folder
);

-- Each row is a file content and the outcome of reading it.
create table if not exists raw.document (
    document_sha256 varchar not null,
    source_file varchar not null,          -- the path under which the content was first read
    status varchar not null,               -- 'read' or 'refused'
    title varchar,
    region_name varchar,
    year integer,
    quarter integer,
    period varchar,                        -- '2025-Q4'
    row_count integer not null,
    received_at timestamp not null,        -- UTC, when the content was first seen
    modified_at timestamp,                 -- UTC, the document's own "last modified", NULL if it tells none
    override varchar not null,             -- the text of <file>.yml with which it was read
    reader_version varchar not null        -- digest of the code and data that read it
);

-- Each row is an event row of a report table, text verbatim.
create table if not exists raw.report_row (
    document_sha256 varchar not null,
    row_number integer not null,           -- 1 … n over the whole report
    sequence_number integer,               -- the number in the first column, NULL where there is none
    table_number integer not null,         -- 1 … as in Word
    table_row integer not null,            -- 1 … as in Word, header rows counted
    municipality_text varchar not null,
    name_text varchar not null,
    place_text varchar not null,
    dates_text varchar not null,
    description_text varchar not null,
    participants_text varchar not null,
    extra_text json not null               -- other columns, heading -> verbatim text
);

-- Each row is something that the reader refused, skipped or did not understand.
create table if not exists raw.report_issue (
    document_sha256 varchar not null,
    source_file varchar not null,
    issue_number integer not null,
    code varchar not null,
    severity varchar not null,             -- 'error' (file refused), 'warning', 'info'
    table_number integer,
    table_row integer,
    column_name varchar,
    value varchar,
    message_ru varchar not null,
    remedy_ru varchar not null
);

-- Each row is a reported event: scalar facts of a report row.
create table if not exists parsed.event (
    document_sha256 varchar not null,
    row_number integer not null,
    municipality_name varchar not null,
    municipality_kind varchar not null,
    municipality_latitude double,
    municipality_longitude double,
    name varchar not null,
    edition integer,
    event_type varchar not null,
    role varchar not null,
    format varchar not null,
    purpose varchar,
    result varchar,
    place_text varchar,                    -- the five cells, whitespace-normalised: what all offsets refer to
    dates_text varchar,
    description_text varchar,
    participants_text varchar,
    start_date date,
    end_date date,
    is_ongoing boolean not null,
    date_precision varchar,
    venue varchar,
    settlement varchar,
    settlement_type varchar,
    district varchar,
    region varchar,
    country_code varchar,
    written_country_code varchar,          -- the country that the cell states where no such settlement exists there
    latitude double,
    longitude double,
    participants_total integer,
    participants_source varchar,
    participants_is_approximate boolean not null,
    extraction_version varchar not null    -- digest of the code and data that read it
);

-- Each row is a day that a report lists by itself («24, 26 октября»).
create table if not exists parsed.event_day (
    document_sha256 varchar not null,
    row_number integer not null,
    day date not null
);

-- Each row is a mention of a partner in an event's cells.
create table if not exists parsed.partner_mention (
    document_sha256 varchar not null,
    row_number integer not null,
    mention_number integer not null,       -- 1 … n within the event
    name varchar not null,
    kind varchar not null,
    side varchar not null,
    country_code varchar,
    written_country_code varchar,          -- the country that the text states where no such settlement exists there
    settlement varchar,
    identity varchar not null,
    latitude double,
    longitude double,
    mention varchar not null,
    source_column varchar not null,
    char_start integer not null,
    char_end integer not null,
    rule varchar not null,
    confidence double not null
);

-- Each row is a counted group of an event's participants.
create table if not exists parsed.participant_group (
    document_sha256 varchar not null,
    row_number integer not null,
    group_number integer not null,
    label varchar not null,
    headcount integer not null,
    is_approximate boolean not null,
    mention_number integer,                -- the partner whose people they are, NULL where none is named
    source_column varchar not null,
    char_start integer not null,
    char_end integer not null,
    rule varchar not null,
    confidence double not null
);

-- Each row is a document or arrangement that an event tells of.
create table if not exists parsed.agreement (
    document_sha256 varchar not null,
    row_number integer not null,
    agreement_number integer not null,
    kind varchar not null,
    status varchar not null,
    title varchar not null,
    evidence varchar not null,             -- the sentence
    valid_from_year integer,
    valid_to_year integer,
    signed_on date,
    source_column varchar not null,
    char_start integer not null,
    char_end integer not null,
    rule varchar not null,
    confidence double not null
);

-- Each row is a party of an agreement.
create table if not exists parsed.agreement_party (
    document_sha256 varchar not null,
    row_number integer not null,
    agreement_number integer not null,
    party_number integer not null,
    mention_number integer not null
);

-- Each row is the place in the text where a scalar fact of an event was read.
create table if not exists parsed.evidence (
    document_sha256 varchar not null,
    row_number integer not null,
    field varchar not null,                -- 'dates', 'place', 'edition', 'participants_total', …
    source_column varchar not null,
    char_start integer not null,
    char_end integer not null,
    rule varchar not null,
    confidence double not null
);

-- Each row is a number, date, quoted name or agreement word that no rule consumed, a whole cell ('failure') or the end
-- of one ('rest') that was left unread, or a town written into a country ('contradiction') or a region
-- ('region_contradiction') in which it does not lie.
create table if not exists parsed.leftover (
    document_sha256 varchar not null,
    row_number integer not null,
    kind varchar not null,
    text varchar not null,
    source_column varchar not null,
    char_start integer not null,
    char_end integer not null
);

-- Each row is a place in a report that a person should look at, told by the last run of the checks.
create table if not exists quality.finding (
    finding_key varchar not null,
    rule varchar not null,
    severity varchar not null,
    report_key varchar,
    municipality_key varchar,
    event_key varchar,
    column_name varchar,
    value varchar,
    message_ru varchar not null,
    expectation_suite varchar not null,
    is_accepted boolean not null default false,
    accepted_reason varchar,
    accepted_by varchar,
    accepted_until date                    -- last day, NULL for ever
);

-- Each row is the outcome of one expectation in the last run of the checks.
create table if not exists quality.check_result (
    check_name varchar not null,
    relation varchar not null,
    severity varchar not null,             -- what a failure means: 'error' blocks publication, 'warning' and 'info' do not
    is_passed boolean not null,
    failed_rows integer not null,
    checked_at timestamp not null          -- UTC
);
