"""Whose figures there are: the company, its regions, teams and reps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import duckdb
    import pandas as pd

    from salestrain.periods import Period

NEVER = "NULL::DATE, NULL::DATE"
COMPANY = f"SELECT 'company', '', '', '', '', {NEVER}"
REGIONS = f"""
    SELECT DISTINCT ON (region)
      'region', region, region, coalesce(region_en, region), '', {NEVER}
    FROM teams WHERE region IS NOT NULL"""
TEAMS = f"""
    SELECT 'team', team_id, name, coalesce(name_en, name), coalesce(region, ''), {NEVER}
    FROM teams"""
TEAMS_BY_ID = f"""
    SELECT DISTINCT 'team', team_id, team_id, team_id, '', {NEVER}
    FROM people WHERE team_id IS NOT NULL"""
REPS = """
    SELECT 'rep', person_id, name, coalesce(name_en, name), coalesce(team_id, ''),
      joined_on, left_on
    FROM people WHERE coalesce(role, 'rep') = 'rep'"""


def there_in(entities: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the entities without the reps who left before a period or joined after it."""
    import pandas as pd  # noqa: PLC0415 (slow to import, and not needed for the names alone)

    joined, left = entities["joined_on"], entities["left_on"]
    late = joined > pd.Timestamp(period.end)
    gone = left < pd.Timestamp(period.start)
    return entities[~(late | gone)]


def entities_of(
    connection: duckdb.DuckDBPyConnection, present: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Return company, regions, teams and reps, each named, each with the one above it.

    Columns: level, entity, name, name_en, parent, joined_on, left_on. Every rep is there, deals or
    no deals.
    """
    return entities_in(connection, present).df()


def entities_in(
    connection: duckdb.DuckDBPyConnection, present: Mapping[str, Collection[str]]
) -> duckdb.DuckDBPyConnection:
    """Return the rows of ``entities_of``, not yet fetched."""
    parts = [COMPANY, REPS]
    if "teams" in present:
        parts += [TEAMS, REGIONS]
    elif "team_id" in present["people"]:
        parts.append(TEAMS_BY_ID)
    body = " UNION ALL ".join(parts)
    columns = "(level, entity, name, name_en, parent, joined_on, left_on)"
    return connection.execute(f"SELECT * FROM ({body}) AS e{columns} ORDER BY level, entity")
