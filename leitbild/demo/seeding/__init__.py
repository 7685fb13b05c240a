"""Many municipalities at once, made up and the same every time: to see what grows with them.

`samples` is what they say, `tables` how rows get into the database quickly; `town`, `measures`,
`news`, `people` and `asking` are what one municipality consists of; `load` makes the missing ones.
"""

from leitbild.demo.seeding.load import Seeded, seed

__all__ = ["Seeded", "seed"]
