"""Checks of finished HTML: any folder of pages, made by this project or not, read as a browser would read it.

``page`` reads a file once; rules look at what it found. ``rules`` holds what each rule says. Nothing here
knows the content of the catalogue, the network or the clock.
"""
