"""The pipeline component that ends a sentence at every paragraph end. Importing it imports spaCy."""

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("paragraph_ends")
def paragraph_ends(doc: Doc) -> Doc:
    """Mark each token after a newline as the start of a sentence; the parser decides about all others."""
    after_newline = False
    for token in doc:
        if token.is_space:
            after_newline = after_newline or "\n" in token.text
        elif after_newline:
            token.is_sent_start = True
            after_newline = False
    return doc
