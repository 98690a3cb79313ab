"""How sure the list is: what other weights, other answers, other people would change of it."""

from ami_scoring.scoring.robustness.answers import Step, telling_answers
from ami_scoring.scoring.robustness.axes import Axis, axes_of
from ami_scoring.scoring.robustness.boundaries import Boundary, boundaries_of
from ami_scoring.scoring.robustness.certainty import Certainty, certainties
from ami_scoring.scoring.robustness.contest import Contest, Kind, contest_of
from ami_scoring.scoring.robustness.pairs import Duel, Exchange, duel, exchange
from ami_scoring.scoring.robustness.regions import Region, region_of
from ami_scoring.scoring.robustness.report import Absence, Robustness, Seats
from ami_scoring.scoring.robustness.sentences import (
    beyond,
    boundary_words,
    change_words,
    duel_words,
    headline,
    limits,
    one_line,
    percent,
    points_down,
    points_up,
    seats_words,
    share_words,
    short_headline,
    side_words,
    step_words,
    transfer_words,
    undrawn,
    weights_words,
)
from ami_scoring.scoring.robustness.shares import Drawing, Share, Shares, centred, shares_over
from ami_scoring.scoring.robustness.single import End, Interval, interval
from ami_scoring.scoring.robustness.study import Change, Reach, Side, Single, Study, quick_margin, study_of

__all__ = [
    "Absence",
    "Axis",
    "Boundary",
    "Certainty",
    "Change",
    "Contest",
    "Drawing",
    "Duel",
    "End",
    "Exchange",
    "Interval",
    "Kind",
    "Reach",
    "Region",
    "Robustness",
    "Seats",
    "Share",
    "Shares",
    "Side",
    "Single",
    "Step",
    "Study",
    "axes_of",
    "beyond",
    "boundaries_of",
    "boundary_words",
    "centred",
    "certainties",
    "change_words",
    "contest_of",
    "duel",
    "duel_words",
    "exchange",
    "headline",
    "interval",
    "limits",
    "one_line",
    "percent",
    "points_down",
    "points_up",
    "quick_margin",
    "region_of",
    "seats_words",
    "share_words",
    "shares_over",
    "short_headline",
    "side_words",
    "step_words",
    "study_of",
    "telling_answers",
    "transfer_words",
    "undrawn",
    "weights_words",
]
