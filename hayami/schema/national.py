"""``national.yaml``: what the national data model asks for and no record says, and which of its codes are ours.

The model is 行政サービス・制度データモデル (DS-451-4) with the codes of サービスカタログ (DS-491-1), both of
デジタル庁, 2022-03-31. Its columns, codes and texts are Japanese.
"""

from __future__ import annotations

from typing import Annotated, Literal

from hayami.schema.scalars import Declared, Id, Text, Vocab, Written

Need = Literal[
    "販路開拓",
    "設備投資",
    "IT化",
    "資金繰り",
    "人材",
    "知的財産",
    "起業・創業",
    "事業承継",
    "災害対応",
    "情報収集",
]
"""お困りごと of the service catalogue for firms."""


class National(Declared):
    """``content/national.yaml``. A catalogue without it publishes no table laid out after the model."""

    owner: Text
    """制度所管組織: whose programmes these are."""
    area: Annotated[str, Written(r"[0-9]{6}", "area")]
    """地域: code of the local government, six digits."""
    needs: Annotated[dict[Id, Need], Vocab("purposes")] = {}
    """Purpose → お困りごと, only where both mean the same."""
