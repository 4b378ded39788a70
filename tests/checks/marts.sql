create schema marts;

create table marts.dim_report (
    report_key varchar, region_name varchar, year integer, quarter integer, period varchar, title varchar,
    source_file varchar, source_sha256 varchar, version integer, is_current boolean, event_count integer,
    received_at timestamp
);

create table marts.dim_municipality (
    municipality_key varchar, name varchar, kind varchar, region_name varchar, latitude double, longitude double
);

create table marts.dim_place (
    place_key varchar, venue varchar, settlement varchar, settlement_type varchar, district varchar, region varchar,
    country_code varchar, latitude double, longitude double
);

create table marts.dim_partner (
    partner_key varchar, name varchar, kind varchar, side varchar, country_code varchar, settlement varchar,
    latitude double, longitude double, event_count integer, agreement_count integer, first_event_date date,
    last_event_date date
);

create table marts.dim_event (
    event_key varchar, report_key varchar, municipality_key varchar, sequence_number integer, name varchar,
    edition integer, event_type varchar, role varchar, format varchar, purpose varchar, result varchar,
    place_text varchar, dates_text varchar, description_text varchar, participants_text varchar,
    source_table integer, source_row integer, occurrence_key varchar, name_text varchar as (name)
);

create table marts.dim_agreement (
    agreement_key varchar, kind varchar, status varchar, title varchar, evidence varchar, valid_from_year integer,
    valid_to_year integer
);

create table marts.fct_event (
    event_key varchar, report_key varchar, municipality_key varchar, place_key varchar, start_date date, end_date date,
    is_ongoing boolean, date_precision varchar, duration_days integer, participants_total integer,
    participants_source varchar, participants_is_approximate boolean, foreign_country_count integer,
    partner_count integer, agreement_count integer, is_within_period boolean
);

create table marts.fct_event_day (event_key varchar, date_key date);

create table marts.fct_event_country (event_key varchar, country_code varchar);

create table marts.fct_event_partner (
    event_key varchar, partner_key varchar, mention varchar, source_column varchar, char_start integer, char_end integer
);

create table marts.fct_event_participant_group (
    event_key varchar, group_number integer, label varchar, headcount integer, partner_key varchar,
    is_approximate boolean
);

create table marts.fct_agreement (
    agreement_key varchar, event_key varchar, report_key varchar, municipality_key varchar, signed_on date,
    party_count integer, source_column varchar, evidence_start integer, evidence_end integer
);

create table marts.fct_agreement_party (agreement_key varchar, partner_key varchar);

create table marts.obt_event (event_key varchar);

create table marts.fct_partner_likeness (
    partner_key varchar, other_partner_key varchar, name varchar, other_name varchar, event_key varchar, rule varchar,
    proposed_line varchar
);

create table marts.fct_partner_decision (
    line_number integer, decision varchar, kind varchar, alias_identity varchar, alias_settlement varchar,
    identity varchar, settlement varchar, country_code varchar, is_alias_known boolean, is_partner_known boolean,
    reason varchar, decided_by varchar
);

create schema intermediate;

create table intermediate.int_accepted_finding (
    line_number integer, finding_key varchar, reason varchar, accepted_by varchar, accepted_until date, problem varchar
);
