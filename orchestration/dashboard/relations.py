"""The questions about partners, agreements and where partners are, each one small query of the marts."""

from __future__ import annotations

from orchestration.dashboard.address import Address
from orchestration.dashboard.queries import EVENT_COLUMNS, EVENTS_SHOWN, PLACE, SCOPE, parameters_of
from orchestration.dashboard.warehouse import Row, Warehouse


def partners(warehouse: Warehouse, address: Address) -> list[Row]:
    """Partners of the chosen side and quarter, most events first, each with its whole history's first and last day."""
    return warehouse.rows(
        f"""
        with mentions as (
            select partner_key, event_key, side, municipality_name, period
            from marts.fct_event_partner inner join marts.obt_event using (event_key)
            where {SCOPE} and side = $side
        )
        select
            partner_key, partner.name, kind, kind_name_ru, country.name_ru as country, settlement,
            count(distinct event_key) as events, count(distinct municipality_name) as municipalities,
            partner.event_count as all_events, agreement_count, first_event_date, last_event_date
        from mentions
        inner join marts.dim_partner as partner using (partner_key)
        left join marts.dim_country as country using (country_code)
        where ($kind = '' or kind = $kind)
            and (
                $search = ''
                or contains(lower(concat_ws(' ', partner.name, settlement, country.name_ru)), lower($search))
            )
        group by all order by events desc, all_events desc, partner.name, partner_key
        limit {EVENTS_SHOWN}
        """,
        parameters_of(address),
    )


def partner(warehouse: Warehouse, partner_key: str) -> Row | None:
    """A partner by its key."""
    found = warehouse.rows(
        """
        select partner.*, country.name_ru as country
        from marts.dim_partner as partner left join marts.dim_country as country using (country_code)
        where partner_key = $partner
        """,
        {"partner": partner_key},
    )
    return found[0] if found else None


def partner_history(warehouse: Warehouse, partner_key: str) -> list[Row]:
    """A partner's events of all regions and quarters, newest first, each with its mention and that fact's number."""
    return warehouse.rows(
        f"""
        select {EVENT_COLUMNS}, mention, fact_number
        from marts.obt_event
        inner join (
            select event_key, min_by(mention, fact_number) as mention, min(fact_number) as fact_number
            from marts.fct_event_fact where partner_key = $partner and fact = 'partner' group by event_key
        ) using (event_key)
        order by period desc, start_date desc nulls last, name, event_key
        limit {EVENTS_SHOWN}
        """,
        {"partner": partner_key},
    )


def partner_quarters(warehouse: Warehouse, partner_key: str) -> list[Row]:
    """A partner's events by quarter, oldest first: ``period, events``."""
    return warehouse.rows(
        """
        select period, count(*) as events from marts.obt_event
        where event_key in (select event_key from marts.fct_event_partner where partner_key = $partner)
        group by period order by period
        """,
        {"partner": partner_key},
    )


def agreements(warehouse: Warehouse, address: Address) -> list[Row]:
    """Agreements that the events tell of, those that run out first on top, without a term last.

    ``year`` keeps those that run out in that year ('none': those without a term), ``partner`` those of a party,
    ``kind`` and ``having`` are a kind and a status of ``dim_agreement``.
    """
    return warehouse.rows(
        f"""
        with parties as (
            select agreement_key, list(name order by side = 'home', name) as names, list(partner_key) as keys
            from marts.fct_agreement_party inner join marts.dim_partner using (partner_key)
            group by agreement_key
        )
        select
            agreement_key, agreement.kind, kind_name_ru, status, status_name_ru, agreement.title, evidence,
            valid_from_year, valid_to_year, signed_on, names as parties, event_key, event.name as event_name,
            municipality_name, region_name, period, fact_number
        from marts.dim_agreement as agreement
        inner join marts.fct_agreement using (agreement_key)
        inner join marts.obt_event as event using (event_key)
        left join parties using (agreement_key)
        left join (
            select event_key, agreement_key, min(fact_number) as fact_number
            from marts.fct_event_fact where agreement_key is not null group by all
        ) using (event_key, agreement_key)
        where
            {SCOPE}
            and ($kind = '' or agreement.kind = $kind)
            and ($having = '' or status = $having)
            and ($partner = '' or list_contains(keys, $partner))
            and case $year when '' then true when 'none' then valid_to_year is null
                else valid_to_year = try_cast($year as integer) end
        order by valid_to_year nulls last, status, agreement.title, agreement_key, event_key
        """,
        parameters_of(address),
    )


def arcs(warehouse: Warehouse, address: Address) -> list[Row]:
    """Ways on the map from a municipality to the places of its partners outside of the region.

    ``municipality, from_latitude, from_longitude, place, place_key, latitude, longitude, country_code, partners,
    events``; partners of one place are drawn together.
    """
    return warehouse.rows(
        f"""
        with mentions as (
            select
                event_key, municipality_name, municipality_latitude, municipality_longitude,
                partner.partner_key, partner.name, partner.country_code,
                round(partner.latitude, 2) as latitude, round(partner.longitude, 2) as longitude, {PLACE} as place_key,
                coalesce(partner.settlement, partner.name) as place
            from marts.obt_event
            inner join marts.fct_event_partner as mention using (event_key)
            inner join marts.dim_partner as partner using (partner_key)
            where {SCOPE} and mention.side <> 'home'
                and partner.latitude is not null and municipality_latitude is not null
                and ($side in ('', 'all') or mention.side = $side)
        )
        select
            municipality_name as municipality, municipality_latitude as from_latitude,
            municipality_longitude as from_longitude, latitude, longitude, place_key,
            any_value(country_code) as country_code,
            min_by(place, length(place)) as place,
            list(distinct name order by name) as partners, count(distinct event_key) as events
        from mentions
        group by all order by events, municipality, place, latitude, longitude
        """,
        parameters_of(address),
    )
