"""What waits for whom: dashboards, figures, search, exports, deadlines, calendars."""
