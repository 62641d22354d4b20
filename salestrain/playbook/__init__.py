"""The playbook: text on disk, read into checked, cross-referenced models with file and line."""
