"""The tables and columns that BI tools rely on: schema ``marts``, with DuckDB types."""

KEY = TEXT = "VARCHAR"
CONTRACT: dict[str, dict[str, str]] = {
    "dim_date": {
        "date_key": "DATE", "year": "INTEGER", "quarter": "INTEGER", "month": "INTEGER", "month_name_ru": TEXT,
        "week": "INTEGER", "day_of_week": "INTEGER", "is_weekend": "BOOLEAN",
    },
    "dim_report": {
        "report_key": KEY, "region_name": TEXT, "year": "INTEGER", "quarter": "INTEGER", "period": TEXT, "title": TEXT,
        "source_file": TEXT, "source_sha256": TEXT, "version": "INTEGER", "is_current": "BOOLEAN",
        "event_count": "INTEGER", "received_at": "TIMESTAMP",
    },
    "dim_municipality": {
        "municipality_key": KEY, "name": TEXT, "kind": TEXT, "region_name": TEXT, "latitude": "DOUBLE",
        "longitude": "DOUBLE",
    },
    "dim_country": {"country_code": KEY, "name_ru": TEXT, "name_en": TEXT},
    "dim_place": {
        "place_key": KEY, "venue": TEXT, "settlement": TEXT, "settlement_type": TEXT, "district": TEXT, "region": TEXT,
        "country_code": TEXT, "latitude": "DOUBLE", "longitude": "DOUBLE",
    },
    "dim_event_type": {"event_type": KEY, "name_ru": TEXT},
    "dim_partner": {
        "partner_key": KEY, "name": TEXT, "kind": TEXT, "side": TEXT, "country_code": TEXT, "settlement": TEXT,
        "latitude": "DOUBLE", "longitude": "DOUBLE", "event_count": "INTEGER", "agreement_count": "INTEGER",
        "first_event_date": "DATE", "last_event_date": "DATE",
    },
    "dim_event": {
        "event_key": KEY, "report_key": KEY, "municipality_key": KEY, "sequence_number": "INTEGER", "name": TEXT,
        "edition": "INTEGER", "event_type": TEXT, "role": TEXT, "format": TEXT, "purpose": TEXT, "result": TEXT,
        "place_text": TEXT, "dates_text": TEXT, "description_text": TEXT, "participants_text": TEXT,
        "source_table": "INTEGER", "source_row": "INTEGER", "occurrence_key": KEY,
    },
    "dim_agreement": {
        "agreement_key": KEY, "kind": TEXT, "status": TEXT, "title": TEXT, "evidence": TEXT,
        "valid_from_year": "INTEGER", "valid_to_year": "INTEGER",
    },
    "fct_event": {
        "event_key": KEY, "report_key": KEY, "municipality_key": KEY, "place_key": KEY, "start_date": "DATE",
        "end_date": "DATE", "is_ongoing": "BOOLEAN", "date_precision": TEXT, "duration_days": "INTEGER",
        "participants_total": "INTEGER", "participants_source": TEXT, "participants_is_approximate": "BOOLEAN",
        "foreign_country_count": "INTEGER", "partner_count": "INTEGER", "agreement_count": "INTEGER",
        "is_within_period": "BOOLEAN",
    },
    "fct_event_day": {"event_key": KEY, "date_key": "DATE"},
    "fct_event_country": {"event_key": KEY, "country_code": KEY},
    "fct_event_partner": {
        "event_key": KEY, "partner_key": KEY, "mention": TEXT, "source_column": TEXT, "char_start": "INTEGER",
        "char_end": "INTEGER",
    },
    "fct_event_participant_group": {
        "event_key": KEY, "group_number": "INTEGER", "label": TEXT, "headcount": "INTEGER", "partner_key": KEY,
    },
    "fct_agreement": {
        "agreement_key": KEY, "event_key": KEY, "report_key": KEY, "municipality_key": KEY, "signed_on": "DATE",
        "party_count": "INTEGER", "evidence_start": "INTEGER", "evidence_end": "INTEGER",
    },
    "fct_agreement_party": {"agreement_key": KEY, "partner_key": KEY},
    "fct_quality_finding": {
        "finding_key": KEY, "rule": TEXT, "severity": TEXT, "report_key": KEY, "municipality_key": KEY,
        "event_key": KEY, "column_name": TEXT, "value": TEXT, "message_ru": TEXT, "expectation_suite": TEXT,
        "severity_name_ru": TEXT, "is_accepted": "BOOLEAN", "accepted_reason": TEXT, "accepted_by": TEXT,
        "accepted_until": "DATE",
    },
    "fct_report_quality": {
        "report_key": KEY, "municipality_key": KEY, "period": TEXT, "event_count": "INTEGER",
        "error_count": "INTEGER", "warning_count": "INTEGER", "info_count": "INTEGER", "accepted_count": "INTEGER",
        "clean_event_count": "INTEGER", "clean_event_share": "DOUBLE", "lost_points": "INTEGER",
        "quality_score": "DOUBLE",
    },
    "fct_pipeline_health": {
        "health_key": KEY, "area": TEXT, "subject": TEXT, "region_name": TEXT, "period": TEXT, "due_on": "DATE",
        "state": TEXT, "state_name_ru": TEXT, "message_ru": TEXT, "remedy_ru": TEXT,
    },
    "fct_report_change": {
        "change_key": KEY, "report_key": KEY, "previous_report_key": KEY, "region_name": TEXT, "period": TEXT,
        "version": "INTEGER", "change": TEXT, "change_name_ru": TEXT, "event_key": KEY, "previous_event_key": KEY,
        "municipality_name": TEXT, "sequence_number": "INTEGER", "previous_sequence_number": "INTEGER", "name": TEXT,
        "previous_name": TEXT, "changed_columns": TEXT, "difference_ru": TEXT,
    },
    "obt_event": {"event_key": KEY},
}  # fmt: skip

FOREIGN_KEYS = [
    ("dim_event", "report_key", "dim_report"),
    ("dim_event", "municipality_key", "dim_municipality"),
    ("dim_event", "event_type", "dim_event_type"),
    ("fct_event", "event_key", "dim_event"),
    ("fct_event", "place_key", "dim_place"),
    ("fct_event_day", "event_key", "dim_event"),
    ("fct_event_day", "date_key", "dim_date"),
    ("fct_event_country", "country_code", "dim_country"),
    ("fct_event_partner", "event_key", "dim_event"),
    ("fct_event_partner", "partner_key", "dim_partner"),
    ("fct_event_participant_group", "partner_key", "dim_partner"),
    ("fct_agreement", "agreement_key", "dim_agreement"),
    ("fct_agreement", "event_key", "dim_event"),
    ("fct_agreement_party", "agreement_key", "dim_agreement"),
    ("fct_agreement_party", "partner_key", "dim_partner"),
    ("fct_quality_finding", "event_key", "dim_event"),
    ("fct_report_quality", "report_key", "dim_report"),
    ("fct_report_quality", "municipality_key", "dim_municipality"),
    ("fct_report_change", "report_key", "dim_report"),
    ("fct_report_change", "previous_report_key", "dim_report"),
    ("obt_event", "event_key", "dim_event"),
]
