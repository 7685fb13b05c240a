"""Taking a whole document into the database, or saying what that would do."""
