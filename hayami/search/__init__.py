"""Search in the browser: what the build prepares for it.

The engine is Pagefind. It cuts words by rules that fail in Japanese, so it is given text that is cut already,
and the page cuts what a reader types by the same words. ``documents`` and ``engine`` make the index, ``lexicon``
the words; ``assets/js/lib/query.js`` plans a search with them.
"""
