"""What a reader sees: charts, tables, the theme and the frame of a report."""
