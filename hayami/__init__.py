"""早見表 (hayami): a catalogue of public support for small businesses, built into a static site."""

__version__ = "0.1.0"
