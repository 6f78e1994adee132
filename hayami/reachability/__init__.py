"""Whether the addresses of others that the site names can still be reached; for a scheduled job, never for a build.

``outgoing`` says which they are and where they stand, ``lychee`` asks them, ``history`` remembers over days and
judges, ``issue`` writes what an editor has to mend.
"""
