"""How a peer answers: for the number of a repetition, which is its seed, one line of JSON (benchmarks/measure.py)."""

import json
import sys
import time


def serve(about, play):
    """play(seed) returns (run, updates): run() does what is timed and returns the level."""
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        run, updates = play(int(line))
        begin, before = time.perf_counter(), time.process_time()
        level = run()
        used = {"seconds": time.perf_counter() - begin, "processor_seconds": time.process_time() - before}
        print(json.dumps(used | {"updates": updates, "levels": [level]}), flush=True)
