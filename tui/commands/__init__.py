"""The commands of `briefbook`, one module each, with `configure(parser)` and `run(arguments)`. No Textual in here."""
