"""How measures fare: the sheet of one, the board of all."""
