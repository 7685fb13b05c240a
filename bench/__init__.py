"""How fast is it? Each figure stands beside something comparable, measured in the same run.

`__main__` runs the sections, each in a process of its own; `figures` is what a section says, `page`
how that is printed. `cached`, `uncached`, `growth`, `startup`, `importing` and `reporting` are the
sections; the rest is what they measure with.
"""
