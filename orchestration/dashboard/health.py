"""The page that tells the operator how the line is: reports due, files refused, checks that found something."""

from __future__ import annotations

from datetime import UTC, datetime

from orchestration.dashboard.page import Page
from orchestration.dashboard.warehouse import Row, Warehouse


def pipeline_health(page: Page) -> str:
    """What needs a person first, then everything that was looked at."""
    reports = _reports(page.warehouse, page.address.region)
    periods = sorted({row["period"] for row in reports}, reverse=True)
    return page.render(
        "health.html",
        "Состояние",
        overdue=[row for row in reports if row["is_overdue"]],
        due={(row["region_name"], row["period"]): row for row in reports},
        due_regions=sorted({row["region_name"] for row in reports}),
        due_periods=periods,
        files=_of_area(page.warehouse, "file", "refused"),
        failed=_of_area(page.warehouse, "check", "failed"),
        warned=_of_area(page.warehouse, "check", "warned"),
    )


def _reports(warehouse: Warehouse, region: str) -> list[Row]:
    return warehouse.rows(
        """
        select
            region_name, period, due_on, state, state_name_ru, remedy_ru,
            state = 'expected' and due_on < $today as is_overdue
        from marts.fct_pipeline_health
        where area = 'report' and ($region = '' or region_name = $region)
        order by due_on, region_name
        """,
        {"region": region, "today": datetime.now(UTC).date()},
    )


def _of_area(warehouse: Warehouse, area: str, state: str) -> list[Row]:
    return warehouse.rows(
        """
        select subject, message_ru, remedy_ru from marts.fct_pipeline_health
        where area = $area and state = $state order by subject
        """,
        {"area": area, "state": state},
    )
