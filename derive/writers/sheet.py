"""A page as an exercise sheet and as its key: chosen steps whose right side is left out, and the exercises without their solutions.

Both are pages, so that every format shows them. They have the same steps in the same order, under the numbers of the handout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from derive.core import Status
from derive.writers import wording
from derive.writers.chain import WIDEST
from derive.writers.formula_width import formula_width
from derive.writers.page import Page, Paragraph, ShownBlock, ShownSection, ShownStep, Space
from derive.writers.words import Words

BLANK = r"\dots \dots \dots \dots"
A_SECTION, A_NAMED_SECTION = 1, 6
"""Blanks at most: of a section of the whole handout, and of one that was asked for."""
WIDEST_ANSWER = 40.0
LONGEST_TEXT = 500
"""Characters of what stands above a blank: definitions of letters may be long."""
TELLING = 4
"""An answer with fewer characters, such as 0 or 2 n, stands everywhere and tells nothing."""
STEP_LINES, EXERCISE_LINES = 2, 9


def questions(page: Page, say: Words, *, sections_named: bool) -> Page:
    """The sheet: no answer stands on it, and no mark."""
    chosen = blanks(page, A_NAMED_SECTION if sections_named else A_SECTION)
    lead = (Paragraph(say("sheet.name")), Paragraph(say("sheet.task")))
    notation = tuple(block for section in page.sections for block in _notation(section))
    steps = (block for step in _chosen(page, chosen) for block in _blank(step))
    made = _two_parts(page, (*lead, *notation, *steps), _question)
    return replace(made, title=say("sheet.title", title=page.title), legend=(), totals="", sources=())


def key(page: Page, say: Words, *, sections_named: bool) -> Page:
    """The same steps whole, and the exercises with their solutions."""
    chosen = blanks(page, A_NAMED_SECTION if sections_named else A_SECTION)
    made = _two_parts(page, _chosen(page, chosen), lambda block: (block,))
    counts = Counter(b.status for section in made.sections for b in section.blocks if isinstance(b, ShownStep))
    legend = tuple(pair for pair in page.legend if pair[0] in {wording.MARKS[status] for status in counts})
    totals = " · ".join(f"{counts[status]} {say(f'status.{status}')}" for status in Status if counts[status])
    return replace(made, title=say("sheet.key", title=page.title), legend=legend, totals=totals)


SHEETS: dict[str, Callable[..., Page]] = {"questions": questions, "key": key}


def _two_parts(
    page: Page, steps: tuple[ShownBlock, ...], shown: Callable[[ShownBlock], tuple[ShownBlock, ...]]
) -> Page:
    """The steps without the headings of their sections, since their numbers tell; then the exercises."""
    exercises = (
        replace(section, blocks=tuple(part for block in section.blocks for part in shown(block)))
        for section in page.sections
        if _is_exercises(section)
    )
    return replace(page, sections=(ShownSection(0, "", steps), *exercises))


# ------------------------------------------------------------------------------------------------------------- its parts


def _is_exercises(section: ShownSection) -> bool:
    return any(isinstance(block, Paragraph) and block.question for block in section.blocks)


def _chosen(page: Page, chosen: frozenset[str]) -> tuple[ShownStep, ...]:
    blocks = (block for section in page.sections for block in section.blocks)
    return tuple(block for block in blocks if isinstance(block, ShownStep) and block.id in chosen)


def _blank(step: ShownStep) -> tuple[ShownBlock, ...]:
    """What is said of a step, its formula without the last side, and room to write."""
    return Paragraph(f"**({step.id})** {step.text}"), Paragraph(f"$${with_blank(step)}$$"), Space(STEP_LINES)


def _question(block: ShownBlock) -> tuple[ShownBlock, ...]:
    """A question with room to write; of its solution nothing."""
    return (block, Space(EXERCISE_LINES)) if isinstance(block, Paragraph) and block.question else ()


def with_blank(step: ShownStep) -> str:
    """The formula without its last side."""
    *shown, _ = step.links
    return " ".join([*shown, _relation(step), BLANK])


def _relation(step: ShownStep) -> str:
    return "=" if step.links[-1].startswith("=") else r"\approx"


def answer(step: ShownStep) -> str:
    """The last side."""
    return step.links[-1].removeprefix(_relation(step)).strip()


# ---------------------------------------------------------------------------------------------------- what is left out


def blanks(page: Page, most: int) -> frozenset[str]:
    """The numbers of the steps to be filled in: proved, equal to something that can be worked out and is told nowhere on the
    sheet."""
    told = [_bare(text) for section in page.sections for text in _told(section)]
    answers, chosen = set[str](), set[str]()
    for section in page.sections:
        if _is_exercises(section):
            continue
        taken = 0
        for step in _spread([b for b in section.blocks if isinstance(b, ShownStep) and _askable(b)], most):
            shown, hidden = _bare(step.text + " ".join(step.links[:-1])), _bare(answer(step))
            gives_away = any(len(other) >= TELLING and other in shown for other in answers)
            if taken < most and not gives_away and not _known(hidden, [*told, shown]):
                taken += 1
                chosen.add(step.id)
                told.append(shown)
                answers.add(hidden)
    return frozenset(chosen)


def _notation(section: ShownSection) -> tuple[Paragraph, ...]:
    """What the letters stand for: the last paragraph of the opening."""
    paragraphs = tuple(block for block in section.blocks if isinstance(block, Paragraph))
    return () if section.number else paragraphs[-1:]


def _told(section: ShownSection) -> Iterator[str]:
    """What the sheet says besides the chosen steps: the notation and the questions."""
    yield from (block.text for block in _notation(section))
    yield from (block.text for block in section.blocks if isinstance(block, Paragraph) and block.question)


def _askable(step: ShownStep) -> bool:
    """A single chain that is asserted and proved, ends in an equation, and fits in a line."""
    asserted = step.status == Status.PROVED and step.quote is None and len(step.links) > 1
    if not asserted or not step.links[-1].startswith(("=", r"\approx")) or len(step.text) > LONGEST_TEXT:
        return False
    if answer(step).startswith("O("):  # many answers would be right
        return False
    return formula_width(" ".join(step.links)) <= WIDEST and formula_width(answer(step)) <= WIDEST_ANSWER


def _spread(steps: list[ShownStep], most: int) -> list[ShownStep]:
    """In an order that takes the first ones from all over the section, with answers that are more than a 0 or a 1 before others."""
    stride = max(1, len(steps) // most)
    spread = [step for start in range(stride) for step in steps[start::stride]]
    return sorted(spread, key=lambda step: len(_bare(answer(step))) < TELLING)


def _known(hidden: str, told: list[str]) -> bool:
    return len(hidden) >= TELLING and any(hidden in text for text in told)


def _bare(text: str) -> str:
    return "".join(text.split())
