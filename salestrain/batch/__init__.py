"""Papermill batches: one notebook, many parameters, one folder of reports."""
