"""Forms of the office, one module a task."""
