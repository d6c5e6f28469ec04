"""Which sentence comes next. The counsellor says it or not; nothing happens by itself."""

from __future__ import annotations

from assist.model import AbuseFinding, LadderState, LadderWhy, Script
from assist.protect.scripts import Scripts, Situation, Step, shipped
from assist.settings import AssistSettings


def situations() -> tuple[Situation, ...]:
    """Return the program's own situations in order."""
    return shipped().situations


def situation(ident: str) -> Situation:
    """Return one of the program's own situations. Raises KeyError: no such id."""
    return shipped().situation(ident)


def choices() -> tuple[Script, ...]:
    """Return each of the program's own situations once; see :meth:`assist.protect.scripts.Scripts.choices`."""
    return shipped().choices()


def situation_for(finding: AbuseFinding) -> Situation:
    """Return which of the program's own situations to preselect."""
    return shipped().situation_for(finding)


class Ladder:
    """Counts warnings in one call and knows the next sentence at any moment. Thread: one, the ``assist`` thread."""

    def __init__(self, settings: AssistSettings, scripts: Scripts | None = None) -> None:
        """Stand at the foot.

        Args:
            settings: The site's settings.
            scripts: The sentences as the site has them; None for the program's own.
        """
        self._settings = settings
        self._scripts = scripts or shipped()
        self._said: list[Script] = []
        self._timed: set[str] = set()
        self._time_line: Script | None = None
        """A notice of time that is due and not said yet."""
        self._situation = ""
        self._chosen = False
        self._offer: tuple[Script | None, LadderWhy] = (None, LadderWhy.NOTHING)
        self._unanswered = False
        """Whether a finding or a choice came since anything was said."""
        self._final: tuple[Script, float] | None = None

    @property
    def warnings_given(self) -> int:
        """Warnings said so far; pleas, answers to 강성 and final notices do not count."""
        return sum(self._is_warning(script) for script in self._said)

    @property
    def warnings_allowed(self) -> int:
        """Warnings before the call may end."""
        return self._settings.warnings_allowed

    @property
    def may_end(self) -> bool:
        """Whether the reason for ending was told in this call."""
        return self._final is not None

    @property
    def state(self) -> LadderState:
        """Where the ladder stands now."""
        script, why = self._next()
        final, at_s = self._final or (None, 0.0)
        return LadderState(
            situation=self._situation,
            chosen=self._chosen,
            next=script,
            why=why,
            warnings_given=self.warnings_given,
            warnings_allowed=self.warnings_allowed,
            final=final,
            final_at_s=at_s,
        )

    def next_for(self, finding: AbuseFinding) -> Script:
        """Return the sentence to offer after ``finding`` and keep it as the next one.

        A situation the counsellor chose stays: the finding asks for its next sentence, unless the site lets the
        finding's label end at once. An unreasonable demand amid a situation that warns is answered and changes nothing.
        """
        script, why = self._seen(finding)
        warns = bool(self._situation) and self._scripts.situation(self._situation).warns
        if warns and why is LadderWhy.ANSWER:
            return script
        if self._chosen and warns and why is not LadderWhy.AT_ONCE:
            script, why = self._climb(self._scripts.situation(self._situation))
        else:
            self._chosen = False
        self._keep(script, why)
        return script

    def next_line(self, ident: str) -> Script:
        """Return the next sentence of a situation, without choosing it.

        Raises:
            KeyError: No such situation.
        """
        return self._climb(self._scripts.situation(ident))[0]

    def choose(self, ident: str) -> Script:
        """Follow a situation the counsellor chose (or behaviour shows) and return its next sentence.

        Raises:
            KeyError: No such situation.
        """
        script, why = self._climb(self._scripts.situation(ident))
        self._chosen = True
        self._keep(script, why)
        return script

    def said(self, script: Script, at_s: float = 0.0) -> int:
        """Note that ``script`` was said; return the warnings given so far.

        Args:
            script: What was said.
            at_s: When, seconds from sample 0.
        """
        self._said.append(script)
        self._unanswered = False
        if script.is_final:
            self._final = (script, at_s)
            self._time_line, self._offer = None, (None, LadderWhy.REASON_TOLD)
        elif self._time_line is not None and script.id == self._time_line.id:
            self._time_line = None
        elif self._situation:
            self._offer = self._climb(self._scripts.situation(self._situation))
        return self.warnings_given

    def due(self, elapsed_s: float) -> Script | None:
        """Return the 15-minute notice or the 20-minute limit once each, when its time has come."""
        settings = self._settings
        for name, at in (("limit", settings.limit_s), ("notice", settings.notice_after_s)):
            if elapsed_s >= at and name not in self._timed:
                # A late limit makes the earlier notice pointless.
                self._timed.update({"notice", name})
                script = self._scripts.time_line(name, settings.notice_after_s, settings.limit_s)
                if not self.may_end:
                    self._time_line = script
                return script
        return None

    def _next(self) -> tuple[Script | None, LadderWhy]:
        if self._time_line is not None and not self._unanswered:
            why = LadderWhy.TIME_LIMIT if self._time_line.is_final else LadderWhy.TIME_NOTICE
            return self._time_line, why
        return self._offer

    def _keep(self, script: Script, why: LadderWhy) -> None:
        self._situation = script.situation
        self._offer = (script, why)
        self._unanswered = True

    def _seen(self, finding: AbuseFinding) -> tuple[Script, LadderWhy]:
        found = self._scripts.situation_for(finding)
        if not found.warns:
            return found.line(Step.PLEA), LadderWhy.ANSWER
        if finding.label in self._settings.ends_at_once:
            return found.line(Step.FINAL), LadderWhy.AT_ONCE
        if self.warnings_given >= self._settings.warnings_allowed:
            return found.line(Step.FINAL), LadderWhy.WARNINGS_USED
        pleaded = any(script.id.endswith(f".{Step.PLEA}") for script in self._said)
        mild = finding.severity == 1 and not pleaded and self.warnings_given == 0
        step = Step.PLEA if mild else Step.WARNING
        return found.line(step), LadderWhy(step.value)

    def _climb(self, wanted: Situation) -> tuple[Script, LadderWhy]:
        said = {script.id for script in self._said}
        pleaded = f"{wanted.id}.{Step.PLEA}" in said
        if not wanted.warns:
            return self._answer(wanted, pleaded)
        if wanted.labels[0] in self._settings.ends_at_once and not wanted.choose_only:
            return wanted.line(Step.FINAL), LadderWhy.AT_ONCE
        if self.warnings_given >= self._settings.warnings_allowed:
            return wanted.line(Step.FINAL), LadderWhy.WARNINGS_USED
        step = Step.WARNING if pleaded or self.warnings_given else Step.PLEA
        return wanted.line(step), LadderWhy(step.value)

    def _answer(self, wanted: Situation, answered: bool) -> tuple[Script, LadderWhy]:
        """강성 is answered; it may end only when the recommended time is considerably over."""
        if "limit" in self._timed:
            return wanted.line(Step.FINAL), LadderWhy.TIME_LIMIT
        return wanted.line(Step.WARNING if answered else Step.PLEA), LadderWhy.ANSWER

    def _is_warning(self, script: Script) -> bool:
        if not script.id.endswith(f".{Step.WARNING}"):
            return False
        try:
            return self._scripts.situation(script.situation).warns
        except KeyError:
            return True
