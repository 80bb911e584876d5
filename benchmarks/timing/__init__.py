"""What `benchmarks/bench.py` measures, and how: a machine that others use as well must tell the truth.

In the order of use: `clock` (processor time; what is compared runs in turns), `texts`, `floor` (the least that any
reader of a text must do), the parts (`parsing`, `growing`, `starting`, `memory`, `batches`, `peers`), and `revisions`
(two of them in turns, text by text).
"""
