"""References: what a pronoun or a role noun stands for."""

from store.article import make_article
from store.extract.actors.pane import actors
from store.extract.parse import parse


def test_a_possessive_in_a_sentence_without_a_verb_ends_the_search(nlp):
    text = "Belland Ministry of Rivers and its dams.\n\nTheir turn, and its end.\n"
    assert isinstance(actors(parse(nlp, text), make_article(text)), tuple)
