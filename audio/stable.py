"""Keeps the beginning of partial text from flickering."""

from __future__ import annotations


class StableText:
    """The shown text of one open utterance.

    A word that two hypotheses in a row agree on is settled and stays until the final. The last words of a
    hypothesis, cut off in the middle as often as not, are shown only when they are all there is.
    """

    def __init__(self) -> None:
        self._settled: list[str] = []
        self._last: list[str] = []

    def update(self, hypothesis: str, complete: bool = False) -> str:
        """Take the newest hypothesis for the whole utterance so far; return what to show.

        Args:
            hypothesis: Text of all the sound so far.
            complete: The speaker paused: the hypothesis is as good as a final and stands whole.
        """
        words = hypothesis.split()
        agreed = 0
        for old, new in zip(self._last, words, strict=False):
            if old != new:
                break
            agreed += 1
        if agreed > len(self._settled) and words[: len(self._settled)] == self._settled:
            self._settled = words[:agreed]
        self._last = words
        if complete:
            return " ".join(words)
        tail = words[len(self._settled) :]
        unsure = 2 if len(words) > 3 else 1
        if len(self._settled) + len(tail) > 1:
            tail = tail[:-unsure]
        return " ".join(self._settled + tail)
