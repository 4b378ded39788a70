"""Many documents are worked on by many processes; few by this one; the results are the same."""

import os
import time

import pytest

from orchestration.assets.workers import batches, map_in_processes


def square(number: int) -> tuple[int, int]:
    time.sleep(0.02 * (number % 3))
    return number * number, os.getpid()


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError(number)
    return number


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_work(workers):
    results = list(map_in_processes(square, range(20), 20, workers))
    assert [result for result, _ in results] == [number * number for number in range(20)]
    assert (os.getpid() in {pid for _, pid in results}) is (workers == 1)


def test_few_items_start_no_process():
    assert {pid for _, pid in map_in_processes(square, range(3), 3, 4)} == {os.getpid()}


def test_items_are_taken_only_as_workers_become_free():
    taken = []
    items = (taken.append(number) or number for number in range(1_000))
    results = map_in_processes(square, items, 1_000, 2)
    for _ in range(10):
        next(results)
    assert len(taken) < 20
    results.close()


def test_an_exception_ends_the_work():
    results = map_in_processes(refuse_seven, range(20), 20, 2)
    with pytest.raises(ValueError, match="7"):
        list(results)


def test_batches_hold_all_in_order():
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
