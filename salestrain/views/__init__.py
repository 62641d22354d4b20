"""What a reader sees: charts, tables, the theme and the frame of a report."""

from salestrain.views.bars import BulletBar, RankedBar, RankGroup, bullet, ranked_bars
from salestrain.views.board import Absent, BoardLayer, BoardRow, Change, Hidden, board
from salestrain.views.bridge import BridgePart, BridgeTotal, bridge, bridge_cut
from salestrain.views.drawing import Event, Series
from salestrain.views.funnel import FunnelStage, funnel
from salestrain.views.heat_map import HeatCell, heat_map
from salestrain.views.markup import Caption, Tick, Tone, axis
from salestrain.views.page import ReportHead, Tag, report_head, section, two_columns
from salestrain.views.sparkline import sparkline
from salestrain.views.tables import (
    Cell,
    Column,
    Definition,
    Question,
    Row,
    data_notes,
    data_table,
    definitions,
    questions,
)
from salestrain.views.theme import (
    app_styles,
    in_notebook,
    live_styles,
    notebook_styles,
    report_page,
    report_styles,
)
from salestrain.views.trend import trend

__all__ = [
    "Absent",
    "BoardLayer",
    "BoardRow",
    "BridgePart",
    "BridgeTotal",
    "BulletBar",
    "Caption",
    "Cell",
    "Change",
    "Column",
    "Definition",
    "Event",
    "FunnelStage",
    "HeatCell",
    "Hidden",
    "Question",
    "RankGroup",
    "RankedBar",
    "ReportHead",
    "Row",
    "Series",
    "Tag",
    "Tick",
    "Tone",
    "app_styles",
    "axis",
    "board",
    "bridge",
    "bridge_cut",
    "bullet",
    "data_notes",
    "data_table",
    "definitions",
    "funnel",
    "heat_map",
    "in_notebook",
    "live_styles",
    "notebook_styles",
    "questions",
    "ranked_bars",
    "report_head",
    "report_page",
    "report_styles",
    "section",
    "sparkline",
    "trend",
    "two_columns",
]
