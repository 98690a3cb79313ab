"""Forms and tables to fill, empty or already filled from candidatures."""

from ami_scoring.reports.form.grid import grid_csv, grid_ods, grid_workbook
from ami_scoring.reports.form.sheet import form_ods, form_workbook
from ami_scoring.reports.form.table import table_csv, table_ods, table_workbook
from ami_scoring.reports.form.yaml_form import form_yaml

__all__ = [
    "form_ods",
    "form_workbook",
    "form_yaml",
    "grid_csv",
    "grid_ods",
    "grid_workbook",
    "table_csv",
    "table_ods",
    "table_workbook",
]
