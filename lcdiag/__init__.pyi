from lcdiag.api import check as check
from lcdiag.api import compare as compare
from lcdiag.api import diagnose as diagnose
from lcdiag.api import open_instrument as open_instrument
from lcdiag.api import open_study as open_study
from lcdiag.api import read_responses as read_responses
from lcdiag.api import render as render
from lcdiag.api import score as score
from lcdiag.api import to_frame as to_frame
from lcdiag.evidence import plan as plan
from lcdiag.evidence import simulate as simulate
from lcdiag.evidence import validate as validate

__version__: str
__all__: list[str]
