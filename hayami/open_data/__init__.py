"""The catalogue as data: JSON, NDJSON, JSON-LD, CSV, a DCAT catalogue, and the whole site as a zip.

Everything here is a pure function of the site; same input, same bytes. :mod:`hayami.open_data.downloads` gathers
the files, each format has a module of its own, and :mod:`hayami.open_data.values` decides how values are written.
"""
