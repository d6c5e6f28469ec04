"""How Sphinx builds the guide. ``make docs`` (scripts/guide.py) calls it on a staged copy of this folder.

Everything a page needs is beside it: no font, script or picture comes from elsewhere, so that the guide works from a
folder on a PC without any network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

project = "상담도우미"
author = "상담도우미"
language = "ko"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["benchmarks", "examples", "ko/it/_*"]
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]
myst_links_external_new_tab = False

html_theme = "furo"
html_title = "상담도우미 사용 안내"
html_static_path = ["_static"]
html_css_files = ["guide.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_theme_options = {"top_of_page_buttons": []}


class KoreanSearch(SearchLanguage):
    """Finds a Korean word inside longer ones: 녹음 in 녹음을, 이관 in 악성민원이관. Pairs of syllables are indexed."""

    lang = "ko"
    language_name = "Korean"
    stopwords: frozenset[str] = frozenset()
    js_splitter_code = """
function splitQuery(query) {
  const found = [];
  for (const word of query.toLowerCase().match(/[가-힣]+|[a-z0-9+]+/gu) || []) {
    if (!/^[가-힣]/u.test(word) || word.length < 3) { found.push(word); continue; }
    for (let at = 0; at + 2 <= word.length; at++) found.push(word.slice(at, at + 2));
  }
  return found;
}
"""

    def split(self, text: str) -> list[str]:
        """Return Latin words whole and every pair of neighbouring syllables."""
        return list(_pieces(text))

    def word_filter(self, word: str) -> bool:
        """Index everything: single syllables and keys (F6) count too."""
        return bool(word)


def _pieces(text: str) -> Iterable[str]:
    for word in re.findall(r"[가-힣]+|[A-Za-z0-9+]+", text):
        if not "가" <= word[0] <= "힣" or len(word) < 3:
            yield word
            continue
        for at in range(len(word) - 1):
            yield word[at : at + 2]


def setup(app: Sphinx) -> None:
    """Give Sphinx its Korean search."""
    app.add_search_language(KoreanSearch)
