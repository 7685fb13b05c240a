"""How fast is it? Each figure stands beside something comparable, measured in the same run.

`__main__` runs the sections, each in a process of its own: `cached`, `uncached`, `growth`,
`startup`, `importing` and `reporting`. `figures` is what a section says, `page` how that is
printed, `rounds` and `rendered` what is made of what was measured; the rest is what they measure
with.
"""
