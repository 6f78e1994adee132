"""What a content file may hold: one declaration per kind of file.

From these pydantic models come the Python types, the validation of what editors write, and the JSON
Schema that gives editors completion and help. Nothing else in the project lists the keys again.
"""
