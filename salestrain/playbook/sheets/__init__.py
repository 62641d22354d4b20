"""Items as a workbook: export, edit in any spreadsheet, import with faults by sheet and row."""

from salestrain.playbook.sheets.book import read_workbook, write_workbook
from salestrain.playbook.sheets.change import Changed, changed_files

__all__ = ["Changed", "changed_files", "read_workbook", "write_workbook"]
