"""Programmes in a table laid out after 行政サービス・制度データモデル (デジタル庁, DS-451-4, 2022-03-31).

Columns and their order are those of the model. What the catalogue does not know stays empty, texts are never cut to
the lengths that the model recommends, and codes are given only where they mean the same; :data:`COLUMNS` says so
column by column. Nothing here claims that the table conforms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hayami import markdown, text
from hayami.model import Item, Site, Tongue, body_name, plain_name, said, written_out
from hayami.open_data import tables
from hayami.open_data.records import Places
from hayami.pages import key_of
from hayami.schema.national import National
from hayami.schema.record import Contact

LANGUAGE = "ja"
"""The model is Japanese: catalogues without Japanese have no such table."""

NOT_STATED = "資料に記載なし"
_EMPTY = "空欄"

SERVICE_TYPES: Mapping[str, str] = {
    "grant": "助成金",
    "subsidy": "補助金",
    "in-kind": "現物支給・現物貸与",
    "investment": "出資",
    "dispatch": "専門家派遣",
    "seminar": "セミナー、研修・イベント",
    "training": "セミナー、研修・イベント",
    "consultation": "情報提供・相談",
    "information": "情報提供・相談",
}
"""Kind of offer → サービス種別 of the service catalogue (DS-491-1), only where both mean the same."""


@dataclass(frozen=True)
class Sheet:
    """What the cells of one programme are made from."""

    site: Site
    tongue: Tongue
    national: National
    item: Item
    places: Places


@dataclass(frozen=True)
class Column:
    """One column of the model."""

    name: str
    cell: Callable[[Sheet], str]
    note: str
    """What stands in it, in Japanese, the language of the table."""
    required: bool = False
    longest: int | None = None
    """Characters that the model recommends at most."""

    @property
    def is_empty(self) -> bool:
        """Whether it is empty in every row, with nothing more to say of it."""
        return self.note == _EMPTY


def _empty(_sheet: Sheet) -> str:
    return ""


def _name(sheet: Sheet) -> str:
    return plain_name(sheet.item, sheet.tongue.code)


def _also(sheet: Sheet) -> str:
    known = sheet.item.words[sheet.tongue.code].known_as
    return text.without_hints(known[0]) if known else ""


def _summary(sheet: Sheet) -> str:
    return said(sheet.item, sheet.tongue, sheet.item.words[sheet.tongue.code].summary)


def _content(sheet: Sheet) -> str:
    body = written_out(sheet.item, sheet.tongue, sheet.item.bodies[sheet.tongue.code])
    parsed = markdown.tokens(body)
    headings = {one.line for one in markdown.headings(parsed)}
    passages = [" ".join(one.text.split()) for one in markdown.passages(parsed) if one.line not in headings]
    return "\n".join(one for one in passages if one) or _summary(sheet)


def _labels(sheet: Sheet, collection: str, entries: list[str]) -> str:
    labels = getattr(sheet.item.words[sheet.tongue.code], collection)
    return "\n".join(said(sheet.item, sheet.tongue, labels[one].label) for one in entries)


def _for_whom(sheet: Sheet) -> str:
    return _labels(
        sheet, "eligibility", [one.id for one in sheet.item.record.eligibility if not one.excludes]
    )


def _not_for(sheet: Sheet) -> str:
    left_out = _labels(
        sheet, "eligibility", [one.id for one in sheet.item.record.eligibility if one.excludes]
    )
    return "\n".join(f"対象外: {one}" for one in left_out.split("\n") if one)


def _costs(sheet: Sheet) -> str:
    costs = dict.fromkeys(cost for offer in sheet.item.money for cost in offer.costs)
    return ";".join(sheet.tongue.name_of("costs", one) for one in costs)


def _cap(sheet: Sheet) -> str:
    sums = [money.yen for money in sheet.item.caps if money.form == "cash" and money.per is None]
    return str(max(sums)) if sums else ""


def percent(share: Fraction) -> str:
    """A share in per cent with one decimal, half rounded up, as the model has it.

    >>> percent(Fraction(1, 3)), percent(Fraction(2, 3)), percent(Fraction(1, 2))
    ('33.3', '66.7', '50.0')
    """
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _rate(sheet: Sheet) -> str:
    shares = [
        one for offer in sheet.item.money for rate in offer.rates for one in (rate.value, rate.highest) if one
    ]
    return percent(max(shares)) if shares else ""


def _fee(sheet: Sheet) -> str:
    fees = [fee for offer in sheet.item.record.offers for fee in offer.fees]
    plain = [fee for fee in fees if fee.per is None and not fee.plus]
    return str(plain[0].yen) if len(fees) == len(plain) == 1 else ""


def _unstated(sheet: Sheet, what: str) -> bool:
    return any(one.what == what for one in sheet.item.record.unstated)


def _how(sheet: Sheet) -> str:
    steps = _labels(sheet, "steps", [one.id for one in sheet.item.record.steps])
    return steps or (NOT_STATED if _unstated(sheet, "how-to-apply") else "")


def _window(sheet: Sheet) -> str:
    return NOT_STATED if _unstated(sheet, "application-window") else ""


def _source(sheet: Sheet) -> str:
    pages = "、".join(f"{page}ページ" for page in sheet.item.record.pages)
    return f"{sheet.site.material_of(sheet.item).source.title[sheet.tongue.code]} {pages}"


def _needs(sheet: Sheet) -> str:
    sure = [purpose for purpose, how in sheet.item.record.purposes.items() if how == "high"]
    return ";".join(dict.fromkeys(sheet.national.needs[one] for one in sure if one in sheet.national.needs))


def _types(sheet: Sheet) -> str:
    kinds = [SERVICE_TYPES[one.kind] for one in sheet.item.record.offers if one.kind in SERVICE_TYPES]
    return ";".join(dict.fromkeys(kinds))


def _keywords(sheet: Sheet) -> str:
    return ";".join(one.replace(";", " ") for one in sheet.item.words[sheet.tongue.code].aliases)


def _operators(sheet: Sheet) -> str:
    roles = ("implements", "runs-part", "manages")
    bodies = dict.fromkeys(one.body for one in sheet.item.record.bodies if one.role in roles)
    names = [body_name(sheet.site, sheet.tongue, one) for one in bodies]
    return ";".join(names) or (NOT_STATED if _unstated(sheet, "body") else "")


def _desks(sheet: Sheet) -> tuple[tuple[Item, Contact], ...]:
    """Desks of the programme, or else of the one that it is part of."""
    item: Item | None = sheet.item
    while item is not None and not item.record.contacts:
        item = sheet.site.items[item.record.parent] if item.record.parent is not None else None
    return tuple((item, one) for one in item.record.contacts) if item is not None else ()


def _desk(sheet: Sheet) -> str:
    code = sheet.tongue.code
    return "\n".join(
        said(item, sheet.tongue, item.words[code].contacts[one.id].label) for item, one in _desks(sheet)
    )


def _contact(sheet: Sheet) -> str:
    lines = []
    for item, one in _desks(sheet):
        label = item.words[sheet.tongue.code].contacts[one.id]
        told = [said(item, sheet.tongue, label.label), one.postcode and f"〒{one.postcode}", label.address]
        told += [phone.number for phone in one.phones]
        lines.append(" ".join(piece for piece in told if piece))
    return "\n".join(lines) or NOT_STATED


def _whole_address(sheet: Sheet) -> str:
    return sheet.places.addresses.absolute(key_of(sheet.item.ref), sheet.tongue.code) or ""


def _parent(sheet: Sheet) -> str:
    parent = sheet.item.record.parent
    return str(parent) if parent is not None and sheet.site.items[parent] in programmes(sheet.site) else ""


COLUMNS: tuple[Column, ...] = (
    Column("制度所管組織", lambda s: s.national.owner, "資料を出した地方公共団体", required=True),
    Column("タイトル（制度名）", _name, "記録の正式な名前", required=True, longest=40),
    Column("サブタイトル（通称）", _also, "資料が挙げる別の名前の1つ目", longest=40),
    Column("制度番号", lambda s: str(s.item.ref), "このカタログの識別名（国の番号ではありません）"),
    Column("元制度番号", _parent, "この支援を含む制度の、このカタログの識別名"),
    Column("制度変更区分", _empty, "空欄（国の制度との関係は資料にありません）"),
    Column("根拠法令", _empty, _EMPTY),
    Column("地域群", _empty, _EMPTY),
    Column("地域", lambda s: s.national.area, "地方公共団体コード"),
    Column("概要", _summary, "記録の要約", required=True, longest=100),
    Column("内容", _content, "記録の本文（見出しを除く）。本文がなければ要約", required=True, longest=500),
    Column("対象者", _for_whom, "使える人の条件（1行に1つ）"),
    Column("用途・対象物", _costs, "対象になる経費"),
    Column("収入条件", _empty, _EMPTY),
    Column("家族構成条件", _empty, _EMPTY),
    Column("対象者条件", _not_for, "対象外となる条件"),
    Column("従業員条件", _empty, "空欄（「対象者」に文章であります）"),
    Column("資本金条件", _empty, "空欄（「対象者」に文章であります）"),
    Column("創業年条件", _empty, "空欄（「対象者」に文章であります）"),
    Column("給付上限額", _cap, "お金で受け取る額の上限のうち最も高いもの（円）。1回あたり等の額は入れません"),
    Column("最大金利", _empty, _EMPTY),
    Column("借入限度額", _empty, _EMPTY),
    Column("償還期限", _empty, _EMPTY),
    Column("最大補助率", _rate, "助成率のうち最も高いもの（%、小数1桁に四捨五入）"),
    Column("費用", _fee, "料金が1つだけのときのその額（円）。無料は0"),
    Column("予算枠の有無", _empty, _EMPTY),
    Column("申請届出方法", _how, "手順（1行に1つ）"),
    Column("募集時期", _window, "資料にない場合はその旨"),
    Column("公募開始日", _empty, _EMPTY),
    Column("公募終了日", _empty, _EMPTY),
    Column("公募備考", _window, "資料にない場合はその旨"),
    Column("手続書類", _empty, _EMPTY),
    Column("電子申請の有無", _empty, _EMPTY),
    Column("添付ファイルの名称", _empty, _EMPTY),
    Column("添付ファイル名", _empty, _EMPTY),
    Column("詳細参照先", _source, "もとの資料の名前とページ"),
    Column("詳細URL", _whole_address, "この記録のページ。サイトの置き場所が決まっていないときは空欄"),
    Column("標準産業分類", _empty, "空欄（資料の業種の書き方が分類と一致しません）"),
    Column("ステージとアクション", _empty, "空欄（書き方がモデルに定められていません）"),
    Column("事業ステージ", _empty, _EMPTY),
    Column("お困りごと", _needs, "目的のうち、国のコードと意味が同じで、編集者に迷いのないもの"),
    Column("サービス種別", _types, "支援の種類のうち、国のコードと意味が同じもの"),
    Column("災害名", _empty, _EMPTY),
    Column("キーワード", _keywords, "この記録を探す言葉"),
    Column("実施組織・支援機関", _operators, "実施する団体。資料にない場合はその旨"),
    Column("お問い合わせ先", _desk, "窓口の名前"),
    Column("お問合わせ先一覧", _empty, _EMPTY),
    Column("連絡先情報", _contact, "窓口、住所、電話番号。資料にない場合はその旨", required=True),
    Column("公開開始日", _empty, _EMPTY),
    Column("公開終了日", _empty, _EMPTY),
    Column("最終更新日", lambda s: s.site.last_changed(s.item).isoformat(), "この記録を最後に直した日"),
    Column("表示優先度", _empty, _EMPTY),
)
"""Every column of the model, in its order."""

NAMES = tuple(one.name for one in COLUMNS)


@dataclass(frozen=True)
class TooLong:
    """A cell that is longer than the model recommends. It is published whole."""

    item: Item
    column: str
    length: int
    longest: int


@dataclass(frozen=True)
class Table:
    """The rows, and which of their cells are longer than recommended."""

    rows: tuple[tuple[str, ...], ...]
    too_long: tuple[TooLong, ...]


def programmes(site: Site) -> tuple[Item, ...]:
    """What the model calls 制度: programmes that offer something, publications aside."""
    return site.select(
        lambda item: (
            item.ref.kind == "programmes" and item.record.offers and item.record.type != "publication"
        )
    )


def table(site: Site, places: Places) -> Table | None:
    """The table; None for a catalogue without ``national.yaml`` or without Japanese."""
    tongue = site.tongues.get(LANGUAGE)
    if site.national is None or tongue is None:
        return None
    rows, too_long = [], []
    for item in programmes(site):
        sheet = Sheet(site, tongue, site.national, item, places)
        cells = tuple(column.cell(sheet) for column in COLUMNS)
        rows.append(tuple(tables.guarded(one) for one in cells))
        too_long += [
            TooLong(item, column.name, len(cell), column.longest)
            for column, cell in zip(COLUMNS, cells, strict=True)
            if column.longest is not None and len(cell) > column.longest
        ]
    return Table(tuple(rows), tuple(too_long))


def schema() -> dict[str, object]:
    """JSON Schema of a row. Lengths are recommended by the model, so that they stand in the descriptions alone."""
    columns: dict[str, dict[str, object]] = {}
    for one in COLUMNS:
        length = f"（モデルの推奨は{one.longest}字以内）" if one.longest else ""
        columns[one.name] = {"description": one.note + length, **({"minLength": 1} if one.required else {})}
    return tables.row_schema("A programme, laid out after DS-451-4", columns)
