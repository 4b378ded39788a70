"""The questions about events, countries, days and figures, each one small query of the marts."""

from __future__ import annotations

from orchestration.dashboard.address import ALL, Address
from orchestration.dashboard.warehouse import Row, Warehouse
from orchestration.dashboard.wording import previous_quarter

EVENTS_SHOWN = 200

SCOPE = "($region = '' or region_name = $region) and ($period = 'all' or period = $period)"

PLACE = "format('{:.2f};{:.2f}', partner.latitude, partner.longitude)"
"""Where a partner is, to about a kilometre."""

_FILTERS = f"""
    {SCOPE}
    and ($municipality = '' or municipality_key = $municipality)
    and ($kind = '' or event_type = $kind)
    and ($format = '' or format = $format)
    and ($role = '' or role = $role)
    and (
        $search = ''
        or contains(lower(concat_ws(' ', name, place_text, description_text, participants_text)), lower($search))
    )
    and ($country = '' or event_key in (select event_key from marts.fct_event_country where country_code = $country))
    and ($partner = '' or event_key in (select event_key from marts.fct_event_partner where partner_key = $partner))
    and (
        $place = ''
        or event_key in (
            select event_key
            from marts.fct_event_partner as mention inner join marts.dim_partner as partner using (partner_key)
            where {PLACE} = $place and mention.side <> 'home'
        )
    )
    and ($day = '' or event_key in (select event_key from marts.fct_event_day where date_key = try_cast($day as date)))
    and case $having
        when 'foreign' then foreign_country_count > 0
        when 'agreements' then agreement_count > 0
        when 'participants' then participants_total is not null and is_occurrence_main
        when 'findings' then event_key in (select event_key from marts.fct_quality_finding where not is_accepted)
        else true
    end
"""

EVENT_COLUMNS = """
    event_key, name, region_name, period, municipality_name, event_type_name_ru, format, format_name_ru, role_name_ru,
    start_date, end_date, is_ongoing, countries, foreign_partners, participants_total, participants_is_approximate,
    agreement_count, occurrence_row_count, is_occurrence_main
"""


def parameters_of(address: Address) -> dict[str, object]:
    """The filters as the queries name them."""
    return {
        name: getattr(address, name)
        for name in (
            "region",
            "period",
            "municipality",
            "country",
            "partner",
            "place",
            "kind",
            "format",
            "role",
            "day",
            "having",
        )
    } | {"search": address.search, "side": address.side, "year": address.year}


def reports(warehouse: Warehouse) -> list[Row]:
    """Current reports, newest quarter first: ``region_name, period, is_made_up``."""
    return warehouse.rows(
        "select region_name, period, coalesce(contains(lower(title), 'вымышлен'), false) as is_made_up "
        "from marts.dim_report where is_current "
        "order by period desc, region_name"
    )


def figures(warehouse: Warehouse, region: str, period: str) -> Row:
    """Key figures of a quarter; of an event that several municipalities report the participants count once."""
    parameters = {"region": region, "period": period}
    return warehouse.rows(
        f"""
        with events as (from marts.obt_event where {SCOPE})
        select
            count(*) as events,
            count(distinct occurrence_key) as occurrences,
            count(distinct municipality_key) as municipalities,
            sum(participants_total) filter (where is_occurrence_main)::bigint as participants,
            (select count(distinct country_code) from marts.fct_event_country semi join events using (event_key))
                as countries,
            (
                select count(distinct partner_key) from marts.fct_event_partner semi join events using (event_key)
                where side = 'foreign'
            ) as partners,
            (select count(distinct agreement_key) from marts.fct_agreement semi join events using (event_key))
                as agreements,
            (
                select count(*) from marts.fct_quality_finding
                inner join marts.dim_report using (report_key)
                where not is_accepted and is_current and {SCOPE}
            ) as findings
        from events
        """,
        parameters,
    )[0]


def trend(warehouse: Warehouse, region: str) -> list[Row]:
    """Events by quarter and format, oldest first: ``period, format, format_name_ru, events``."""
    return warehouse.rows(
        """
        select period, format, format_name_ru, count(*) as events
        from marts.obt_event where $region = '' or region_name = $region
        group by all order by period, format
        """,
        {"region": region},
    )


def shares(warehouse: Warehouse, address: Address, column: str) -> list[Row]:
    """Events by ``event_type``, ``format`` or ``role``, most first: ``code, name, events``."""
    assert column in ("event_type", "format", "role")
    return warehouse.rows(
        f"""
        select {column} as code, {column}_name_ru as name, count(*) as events
        from marts.obt_event where {SCOPE} and {column} is not null
        group by all order by events desc, name
        """,
        parameters_of(address),
    )


def municipalities(warehouse: Warehouse, address: Address) -> list[Row]:
    """Municipalities that report, most events first, with foreign events, agreements and participants."""
    return warehouse.rows(
        f"""
        select
            municipality_key, municipality_name as name, region_name, count(*) as events,
            count(*) filter (where foreign_country_count > 0) as foreign_events,
            sum(agreement_count)::bigint as agreements,
            sum(participants_total) filter (where is_occurrence_main)::bigint as participants
        from marts.obt_event where {SCOPE}
        group by all order by events desc, name, region_name
        """,
        parameters_of(address),
    )


def countries_by_quarter(warehouse: Warehouse, region: str) -> list[Row]:
    """Events by foreign country and quarter: ``country_code, name, period, events``."""
    return warehouse.rows(
        """
        select involved.country_code, involved.country_name_ru as name, period, count(*) as events
        from marts.fct_event_country as involved inner join marts.obt_event using (event_key)
        where $region = '' or region_name = $region
        group by all order by name, period
        """,
        {"region": region},
    )


def countries(warehouse: Warehouse, address: Address) -> list[Row]:
    """Foreign countries of the quarter, most events first, with municipalities and partners."""
    return warehouse.rows(
        f"""
        with events as (select event_key, municipality_key from marts.obt_event where {SCOPE})
        select
            country_code, country_name_ru as name, count(*) as events,
            count(distinct municipality_key) as municipalities,
            (
                select count(distinct partner_key) from marts.fct_event_partner
                inner join marts.dim_partner as partner using (partner_key)
                where event_key in (select event_key from events) and partner.country_code = involved.country_code
            ) as partners
        from marts.fct_event_country as involved inner join events using (event_key)
        group by all order by events desc, name
        """,
        parameters_of(address),
    )


def days(warehouse: Warehouse, address: Address) -> list[Row]:
    """Days on which events of the quarter took place: ``day, events``."""
    return warehouse.rows(
        f"""
        select date_key as day, count(*) as events
        from marts.fct_event_day inner join marts.obt_event using (event_key)
        where {SCOPE}
        group by all order by day
        """,
        parameters_of(address),
    )


def events(warehouse: Warehouse, address: Address, limit: int = EVENTS_SHOWN) -> tuple[int, list[Row]]:
    """How many events fit the address' filters, and the first ``limit`` of them by quarter, municipality, number."""
    parameters = parameters_of(address)
    [counted] = warehouse.rows(f"select count(*) as events from marts.obt_event where {_FILTERS}", parameters)
    found = warehouse.rows(
        f"""
        select {EVENT_COLUMNS} from marts.obt_event where {_FILTERS}
        order by period desc, region_name, municipality_name, sequence_number nulls last, source_table, source_row
        limit {limit}
        """,
        parameters,
    )
    return counted["events"], found


def choices(warehouse: Warehouse) -> dict[str, dict[str, str]]:
    """Names of codes for the filters of the list of events: ``{"kind": {code: name}, "format": …, "role": …}``."""
    rows = warehouse.rows(
        """
        select distinct 'kind' as filter, event_type as code, event_type_name_ru as name from marts.obt_event
        union all select distinct 'format', format, format_name_ru from marts.obt_event
        union all select distinct 'role', role, role_name_ru from marts.obt_event
        order by filter, name
        """
    )
    return {
        filter_name: {row["code"]: row["name"] for row in rows if row["filter"] == filter_name and row["code"]}
        for filter_name in ("kind", "format", "role")
    }


def names(warehouse: Warehouse, address: Address) -> Row:
    """What the keys among the filters are called: ``municipality, country, partner, place``, None without a filter."""
    return warehouse.rows(
        f"""
        select
            (select name from marts.dim_municipality where municipality_key = $municipality) as municipality,
            (select name_ru from marts.dim_country where country_code = $country) as country,
            (select name from marts.dim_partner where partner_key = $partner) as partner,
            (
                select coalesce(settlement, name) from marts.dim_partner as partner where {PLACE} = $place
                order by kind <> 'settlement', length(coalesce(settlement, name)), name limit 1
            ) as place
        """,
        parameters_of(address),
    )[0]


def regions(known: list[Row], region: str, period: str) -> set[str]:
    """The regions that report the quarter, of all or of one."""
    return {
        report["region_name"]
        for report in known
        if report["period"] == period and region in ("", report["region_name"])
    }


def figures_before(warehouse: Warehouse, known: list[Row], region: str, period: str) -> Row | None:
    """Key figures of the quarter before, None where not the same regions report both."""
    if period == ALL:
        return None
    before = previous_quarter(period)
    is_comparable = regions(known, region, before) == regions(known, region, period)
    return figures(warehouse, region, before) if is_comparable else None


def newest_period(known: list[Row], region: str) -> str:
    """The newest quarter that the region ('' is any) reports; ``ALL`` where there is none."""
    return next((report["period"] for report in known if region in ("", report["region_name"])), ALL)
