"""A company's CRM export: read, mapped, checked, and kept as one snapshot."""
