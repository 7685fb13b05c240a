"""How fast is it? Each figure stands beside one of plain Python or Django on the same machine."""
