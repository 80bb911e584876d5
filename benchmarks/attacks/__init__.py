"""Tables as pages, converters and officials really show them, with the truth about every figure.

Nothing here uses the printers of `govdisclose.testing`: what is printed comes from the facts of the official forms, and
from the habits of those who fill them in. In the order of action: `sheet` (a table and its truth), the kinds (`heads`,
`owners`, `rows`, `figures`: what is odd about a table), `page` (how it is printed), `score` (what came of it).
`benchmarks/attack.py` runs them.
"""
