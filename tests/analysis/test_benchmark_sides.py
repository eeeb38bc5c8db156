"""The sides of a benchmark compute the same, and a benchmark whose sides do not is no result. Nothing here is timed."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
BIN = Path(os.environ.get("COMMONWEAL_BINARY", ROOT / "build" / "release" / "bin" / "commonweal")).parent


def load(name):
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


measure = load("measure")
rows = load("rows")
roofline = load("roofline")
ratios = load("ratios")
needs_programs = pytest.mark.skipif(
    not all((BIN / name).exists() for name in ("workload", "reference")), reason="no build with COMMONWEAL_BENCHMARKS"
)


def levels_of(workload, reference, tmp_path, enhancement=None):
    """Levels of six turns of both sides: of a reference, and of ours."""
    network = tmp_path / "network"
    ours = measure.Server("ours", [BIN / "workload", *workload.words(), "--write-network", network], 60)
    words = [reference.model, network, reference.warm, reference.rounds, enhancement or reference.enhancement or 1]
    other = measure.Server("reference", [BIN / "reference", *words], 60)
    turns = measure.by_turns([ours, other], 6, warm=False)
    return [[level for turn in side for level in turn.levels] for side in reversed(turns)]


@needs_programs
@pytest.mark.parametrize(("network", "replicates"), [(rows.torus(20), 16), (rows.regular(400), 1), (rows.scale_free(400), 16)])
def test_the_reference_cooperates_as_we_do(tmp_path, network, replicates):
    ours = rows.cooperation(network, replicates, rounds=40, warm=5)
    levels = levels_of(ours, rows.Reference("conditional_cooperation", 5, 40), tmp_path)
    assert len(levels[1]) == 6 * replicates
    assert measure.agreement(*levels)["agree"]


@needs_programs
@pytest.mark.parametrize(("order", "model"), [("synchronous", "imitation_together"), ("asynchronous", "imitation_one_by_one")])
def test_the_reference_imitates_as_we_do(tmp_path, order, model):
    ours = rows.imitation(rows.regular(1000), order, 5, 20, 16)
    reference = rows.Reference(model, 5, 20, rows.COEXISTENCE[10])
    assert measure.agreement(*levels_of(ours, reference, tmp_path))["agree"]
    assert not measure.agreement(*levels_of(ours, reference, tmp_path, enhancement=8.5))["agree"]  # another game


@needs_programs
def test_a_side_says_what_it_cannot_do():
    words = [BIN / "workload", *rows.cooperation(rows.torus(10), 32, 16, rounds=4, warm=2).words()]
    done = subprocess.run([str(word) for word in words], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "--warm: batches that run side by side have no common end of their warm rounds" in done.stderr


def test_levels_that_differ_by_chance_agree_and_others_do_not():
    one = [0.50, 0.52, 0.48, 0.51, 0.49]
    assert measure.agreement(one, [level + 0.01 for level in one])["agree"]
    assert not measure.agreement(one, [level + 0.2 for level in one])["agree"]
    assert measure.agreement(one, [level + 0.2 for level in one], floor=0.21)["agree"]


def test_a_single_level_has_no_error():
    with pytest.raises(ValueError, match="three in all"):
        measure.agreement([0.5], [0.5])


def test_no_time_is_no_measurement():
    with pytest.raises(measure.MeasurementError, match="take more rounds"):
        measure.Measurement(1.0, -0.1, 100, []).nanoseconds("processor")


def test_a_program_that_ends_is_named():
    with pytest.raises(measure.MeasurementError, match="quitter ended without an answer"):
        measure.by_turns([measure.Server("quitter", [sys.executable, "-c", "pass"], 60)], 1)


def test_turns_end_when_the_time_of_their_row_is_over():
    answer = '{"seconds": 1, "processor_seconds": 1, "updates": 1, "levels": []}'
    patient = [sys.executable, "-uc", f"import sys\nprint({{}})\nfor line in sys.stdin: print({answer!r})"]
    assert len(measure.by_turns([measure.Server("patient", patient, 60)], 2)[0]) == 2
    with pytest.raises(measure.MeasurementError, match="gave no answer within 0 s"):
        measure.by_turns([measure.Server("patient", patient, 0)], 2)


def test_keys_of_comparisons_are_unique():
    keys = [entry.key for entry in rows.rows() + rows.rates() + rows.series()]
    assert len(keys) == len(set(keys))


def test_times_of_lines_lie_between_those_that_were_measured():
    table = {"1": 1.0, "100": 4.0}
    assert roofline.time_at(table, 0.1) == 1.0
    assert roofline.time_at(table, 10) == pytest.approx(2.0)  # half way, by the logarithm
    assert roofline.time_at(table, 1000) == 4.0


def test_the_best_of_two_measurements_of_limits_counts():
    before = {"instructions": "avx2", "random_line_ns": {"1": 1.0, "64": 9.0}, "random_word_ns": 0.5}
    after = {"instructions": "avx2", "random_line_ns": {"1": 2.0, "64": 5.0}, "random_word_ns": 0.4}
    best = {"instructions": "avx2", "random_line_ns": {"1": 1.0, "64": 5.0}, "random_word_ns": 0.4}
    assert ratios.best_of(before, after) == best


def test_more_than_the_whole_roofline_is_a_problem():
    assert ratios.impossible({"key": "torus", "roofline": {"share": 1.05}}) is None
    assert ratios.impossible({"key": "torus"}) is None
    assert "torus: 130% of the roofline cannot be" in ratios.impossible({"key": "torus", "roofline": {"share": 1.3}})


def test_the_longer_of_words_and_memory_binds():
    limits = {"random_line_ns": {"1": 1.0}, "triad_line_ns": {"1": 1.0}, "random_word_ns": 0.5}
    assert roofline.bound(limits, "conditional_cooperation", rows.regular(1000, 16), "gathers") == (2.0, "memory")
    assert roofline.bound(limits, "imitation", rows.torus(10), "copies") == (0.5, "words")
