"""The golden packages at work: the same calls, with the same values, on every database."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlwright.runtime import ForeignKeyViolation, UniqueViolation, ValueRefused

from tests.systems.driving import WAYS, drive, methods

if TYPE_CHECKING:
    from tests.golden.hostile.generated import hostile
    from tests.golden.kinds.generated import kinds
    from tests.golden.kinds.generated.kinds.models import Mood
    from tests.golden.library.generated import library
    from tests.golden.nested.generated import nested
    from tests.golden.nested.generated.nested.models import Customer, Line, Note, Order
    from tests.golden.shelves.generated import shelves

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def golden_packages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every golden package can be imported by its own name."""
    for folder in GOLDEN.glob("*/generated"):
        monkeypatch.syspath_prepend(str(folder))
    for name in ("nested", "overridden"):
        monkeypatch.syspath_prepend(str(GOLDEN / name))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in {path.name for path in GOLDEN.iterdir()}:
            del sys.modules[name]


def connected(name: str, way: str, url: str) -> object:
    package = importlib.import_module(name)
    return package.connect(url) if way == "async" else package.connect_sync(url)


# Every type


@pytest.mark.parametrize("way", WAYS)
def test_every_type_comes_back_as_it_went_in(way: str, database_url: str) -> None:
    import kinds as package

    calls = drive(connected("kinds", way, database_url), every_type)
    assert calls == methods(package.Database if way == "async" else package.DatabaseSync)


async def every_type(db: kinds.Database) -> None:
    from kinds.models import Mood, Sample

    half_past = datetime(2024, 2, 29, 23, 30, 0, 1, timezone(timedelta(hours=5, minutes=30)))
    values = {
        "flag": False,
        "small": -32768,
        "medium": 2147483647,
        "large": -9223372036854775808,
        "single": 0.5,
        "double": 0.1,
        "price": Decimal("99999999999999.999999"),
        "free": Decimal("1.10"),
        "note": "naïve 'quoted' \"text\" \\ % :name ?\n日本 🎉",
        "code": "äöü45678",
        "data": b"\x00\xff'\\",
        "day": date(1, 1, 1),
        "moment": time(23, 59, 59, 999999),
        "local": datetime(9999, 12, 31, 23, 59, 59, 999999),
        "stamp": half_past,
        "span": timedelta(days=-3, microseconds=1),
        "document": {"a": [1, 2.5, None, True, {"ü": '\u2028"'}], "": {}},
        "feeling": Mood.HAPPY,
        "tags": ["a,b", 'c"d', "", "{}", "null", "\\"],
        "numbers": [2**62, -1],
        "moods": [Mood.SO_SO, Mood.SAD],
        "stamps": [half_past, half_past],
    }
    added = await db.samples.add_sample(**values)
    found = await db.samples.get_sample(id=added.id)
    assert found == added == Sample(id=added.id, **values)
    assert found is not None
    assert found.stamp.tzinfo is UTC or found.stamp.utcoffset() == timedelta(0)
    assert isinstance(found.feeling, Mood)
    assert str(found.price) == "99999999999999.999999"
    assert await db.samples.get_sample(id=uuid4()) is None
    await matching(db, values)
    await small_results(db, values, added.id)
    await gaps(db, added)


async def matching(db: kinds.Database, values: dict[str, object]) -> None:
    """Equal values are found again, however they are spelled."""
    wanted = {name: values[name] for name in "flag large price note data day moment local stamp span feeling".split()}
    assert await db.samples.count_matching(**wanted) == 1
    wanted["price"] = Decimal("99999999999999.9999990")
    wanted["stamp"] = values["stamp"].astimezone(UTC)
    assert await db.samples.count_matching(**wanted) == 1
    assert await db.samples.count_matching(**{**wanted, "flag": True}) == 0


async def small_results(db: kinds.Database, values: dict[str, object], id: object) -> None:
    """Single values, sequences, aggregates and order by value rather than by text."""
    second = await db.samples.add_sample(**{**values, "price": Decimal("9.5"), "free": None, "data": b""})
    third = await db.samples.add_sample(**{**values, "price": Decimal("10.25"), "tags": [], "moods": []})
    assert second.free is None
    assert (third.tags, third.moods) == ([], [])
    assert await db.samples.list_ids(ids=[id, third.id, second.id, uuid4()]) == [second.id, third.id, id]
    assert await db.samples.list_ids(ids=()) == []
    by_price = await db.samples.list_by_price(prices=[Decimal("9.50"), Decimal("10.250000")])
    assert [(row.id, row.price) for row in by_price] == [(third.id, Decimal("10.25")), (second.id, Decimal("9.5"))]
    stamps = await db.samples.list_by_stamp(
        stamps=[values["stamp"]], datas=[values["data"], b""], feelings=[values["feeling"]]
    )
    assert sorted(stamps) == sorted([id, second.id, third.id])
    assert await db.samples.latest_stamp() == values["stamp"]
    total = await db.samples.total_price()
    assert total.total == Decimal("99999999999999.999999") + Decimal("19.75")
    assert (total.least, total.greatest) == (Decimal("9.5"), Decimal("99999999999999.999999"))
    assert await db.samples.get_price(id=second.id) == Decimal("9.5")
    assert await db.samples.get_data(id=id) == values["data"]
    assert await db.samples.get_tags(id=id) == values["tags"]
    assert await db.samples.set_feeling(id=second.id, feeling=sad(), document=[1]) == 1
    assert await db.samples.get_feeling(id=second.id) is sad()
    assert await db.samples.get_price(id=second.id) == Decimal("19")
    await db.samples.remove_sample(id=second.id)
    assert await db.samples.get_sample(id=second.id) is None
    await db.samples.remove_sample(id=third.id)
    with pytest.raises(ValueRefused):
        await db.samples.add_sample(**{**values, "stamp": datetime(2024, 1, 1)})


def sad() -> Mood:
    from kinds.models import Mood

    return Mood.SAD


async def gaps(db: kinds.Database, sample: object) -> None:
    """NULL in every column, and a row that may be missing."""
    names = "flag large double price note data day moment local stamp span key document feeling tags".split()
    nothing = dict.fromkeys(names)
    first = await db.gaps.add_gap(**nothing)
    gap = await db.gaps.get_gap(id=first)
    assert [getattr(gap, name) for name in names] == [None] * len(names)
    filled = {**nothing, "price": Decimal("1.5"), "day": date(2024, 2, 29), "key": sample.id, "tags": ["x"]}
    second = await db.gaps.add_gap(**filled)
    assert second > first
    rows = await db.gaps.list_with_samples()
    assert [(row.gaps.id, row.samples) for row in rows] == [(first, None), (second, sample)]
    assert await db.gaps.get_optional_price(id=first) is None
    assert await db.gaps.get_optional_price(id=second) == Decimal("1.5")
    assert await db.gaps.get_optional_day(id=second) == date(2024, 2, 29)
    assert await db.gaps.get_optional_day(id=-1) is None
    with pytest.raises(ForeignKeyViolation):
        await db.gaps.add_gap(**{**nothing, "key": uuid4()})


# Names that are meant to break something


@pytest.mark.parametrize("way", WAYS)
def test_hostile_names_are_harmless(way: str, database_url: str) -> None:
    import hostile as package

    calls = drive(connected("hostile", way, database_url), hostile_names)
    assert calls == methods(package.Database if way == "async" else package.DatabaseSync)


async def hostile_names(db: hostile.Database) -> None:
    from hostile.models import Class, Select

    assert [label.value for label in Select] == ["a", "B b", '"quoted"', "it's", "", "1", "%", "class", "日本"]
    today = date(2024, 2, 29)
    added = await db.class_.conn(conn="x", date=today, str="s", decimal=Decimal("1.50"), uuid=None)
    assert isinstance(added, Class)
    assert (added.import_, added.date, added.decimal, added.list) == ("x", today, Decimal("1.5"), [])
    assert await db.class_.class_(id=added.id) == added
    assert await db.class_.import_(from_=1, self_=added.self_) == []
    assert await db.class_.list(list=["s", "t"]) == [[]]
    assert [(row.str, row.date) for row in await db.class_.str(int=[added.id], datetime=today)] == [("s", today)]
    await db.class_.session(session="'; drop table class; --", params=1)
    assert await db.class_.uuid(item=added.id, value="") is None
    numbers = [await db.class_.make_order(kind=kind, kinds=[kind, Select.IT_S]) for kind in Select]
    for number, kind in zip(numbers, Select, strict=True):
        assert await db.class_.user(none=number) is kind
    rows = await db.class_.final(kind=Select.IT_S)
    assert [(row.order.kind, row.order.kinds, row.class_) for row in rows] == [
        (Select.IT_S, [Select.IT_S, Select.IT_S], None)
    ]
    assert (await db.order.get(id=numbers[0])).kinds == [Select.A, Select.IT_S]
    await db.order.async_(await_=numbers[0])


# JSON that queries build


@pytest.mark.parametrize("way", WAYS)
def test_documents_are_rows_and_lists(way: str, database_url: str) -> None:
    import nested as package

    calls = drive(connected("nested", way, database_url), nested_rows)
    assert calls == methods(package.Database if way == "async" else package.DatabaseSync)


LONG = Decimal("12345678901234.567891")
"""More digits than a float has."""


async def nested_rows(db: nested.Database) -> None:
    from nested.models import Status
    from nested_types import Grams

    assert await db.documents.all_orders() is None
    assert await db.documents.list_derived() == [None]
    nothing = await db.documents.list_columns()
    assert {getattr(nothing, field) for field in nothing.__slots__} == {None}
    utc = datetime(2024, 2, 29, 12, 30, 15, 120000, UTC)
    ada = await db.shop.add_customer(
        name="Ada", email=None, born=date(1815, 12, 10), since=utc, active=True, rating=0.1, settings={"a": [1, 2.5]}
    )
    bob = await db.shop.add_customer(
        name='Bob "B" \\ 日本\n',
        email="b@x",
        born=None,
        since=utc.replace(microsecond=0),
        active=False,
        rating=1e21,
        settings=[],
    )
    cy = await db.shop.add_customer(
        name="Cy", email="", born=None, since=utc.replace(microsecond=1), active=True, rating=None, settings={}
    )
    placed = datetime(2024, 1, 2, 3, 4, 5)
    first = await db.shop.add_order(
        id=UUID(int=1),
        customer_id=ada.id,
        status=Status.SENT_BACK,
        total=LONG,
        discount=None,
        placed=placed,
        opens=time(8),
        sent=utc,
        tags=["a b", 'c"d'],
    )
    second = await db.shop.add_order(
        id=UUID(int=2),
        customer_id=ada.id,
        status=Status.OPEN,
        total=Decimal("0.5"),
        discount=Decimal("2.50"),
        placed=placed.replace(year=2025, microsecond=10),
        opens=None,
        sent=None,
        tags=[],
    )
    third = await db.shop.add_order(
        id=UUID(int=3),
        customer_id=bob.id,
        status=Status.PAID,
        total=Decimal(-7),
        discount=Decimal("0.10"),
        placed=placed.replace(year=2026),
        opens=time(23, 59, 59, 999999),
        sent=utc.replace(microsecond=0),
        tags=["日"],
    )
    lines = [
        await db.shop.add_line(
            order_id=first.id,
            number=number,
            product=product,
            price=price,
            amount=2,
            weight=weight,
            picked=picked,
            facts=facts,
        )
        for number, product, price, weight, picked, facts in (
            (1, "pen", LONG, 0.1 + 0.2, True, {"b": None, "a": "x"}),
            (2, "ink 'n' \"co\"", Decimal("-0.000001"), -5e-300, None, None),
        )
    ]
    note = await db.shop.add_note(order_id=second.id, text="later", weight=Grams(1250))
    await whole_rows(db, [ada, bob, cy], [first, second, third], lines, note)
    await lists_of_values(db, [ada, bob, cy], [first, second, third])
    await objects(db, [ada, bob, cy], [first, second, third], lines)


async def whole_rows(
    db: nested.Database,
    customers: Sequence[Customer],
    orders: Sequence[Order],
    lines: Sequence[Line],
    note: Note,
) -> None:
    """Rows of tables in JSON are equal to those that are selected, and of the same types."""
    from nested.documents import GetTreeTree, GetTreeTreeOrder, ListNotesAgain

    (ada, bob, cy), (first, second, third) = customers, orders
    assert same(
        [(row.id, row.orders) for row in await db.documents.list_grouped()],
        [(ada.id, [first, second]), (bob.id, [third]), (cy.id, None)],
    )
    assert same(
        [(row.name, row.orders) for row in await db.documents.list_with_gaps()],
        [("Ada", [first, second]), (bob.name, [third]), ("Cy", [None])],
    )
    assert same(await db.documents.all_orders(), [third, second, first])
    tree = await db.documents.get_tree(id=ada.id)
    assert same(tree, GetTreeTree(ada, [GetTreeTreeOrder(first, list(lines)), GetTreeTreeOrder(second, None)]))
    assert same(await db.documents.get_tree(id=cy.id), GetTreeTree(cy, []))
    assert await db.documents.get_tree(id=-1) is None
    notes = await db.documents.list_notes()
    assert [row.note for row in notes] == [None, note, None]
    gap = ListNotesAgain(None, None, None)
    assert same([row.again for row in notes], [gap, ListNotesAgain(note, "later", note.weight), gap])
    handed = await db.documents.list_handed_on()
    assert same([row.lines for row in handed], [list(lines), [None], [None]])
    assert same([row.document.lines for row in handed], [list(lines), [None], [None]])
    assert [row.document.customer for row in handed] == ["Ada", "Ada", bob.name]


async def lists_of_values(db: nested.Database, customers: Sequence[Customer], orders: Sequence[Order]) -> None:
    ada, bob, _ = customers
    found = await db.documents.list_columns()
    for name, field in {
        "ids": "id",
        "statuses": "status",
        "totals": "total",
        "discounts": "discount",
        "placed": "placed",
        "opens": "opens",
        "sent": "sent",
        "tags": "tags",
    }.items():
        assert same(getattr(found, name), [getattr(order, field) for order in orders])
    for name, field in {
        "since": "since",
        "born": "born",
        "active": "active",
        "ratings": "rating",
        "emails": "email",
    }.items():
        assert same(getattr(found, name), [getattr(customer, field) for customer in (ada, ada, bob)])
    assert same(found.given, [Decimal("2.50"), Decimal("0.10")])


async def objects(
    db: nested.Database, customers: Sequence[Customer], orders: Sequence[Order], lines: Sequence[Line]
) -> None:
    from nested.documents import ListCustomersOrder, ListDerivedPerson, ListFactsDocument, OddNamesObject

    made = [ListCustomersOrder(one.id, one.status, one.total, one.discount, one.placed) for one in orders]
    ada, bob, cy = customers
    assert same(
        [(row.id, row.name, row.orders) for row in await db.documents.list_customers()],
        [(ada.id, "Ada", made[:2]), (bob.id, bob.name, made[2:]), (cy.id, "Cy", [])],
    )
    people = [ListDerivedPerson(one.name, one.email, one.rating, one.born is None) for one in customers]
    assert same(await db.documents.list_derived(), [people])
    odd = [OddNamesObject(one.id, one.name, one.email, one.rating, one.born, one.active) for one in customers]
    assert same(await db.documents.odd_names(), odd)
    facts = [ListFactsDocument(line.facts, ada.settings, line.price, line.weight) for line in lines]
    assert same(await db.documents.list_facts(), facts)
    assert await db.documents.list_plain() == [{"number": line.number, "price": float(line.price)} for line in lines]
    either = await db.documents.list_either()
    assert [row.total for row in either] == [float(one.total) for one in orders]
    assert [row.document for row in either] == [{"value": float(one.discount or one.total)} for one in orders]


def same(found: object, wanted: object) -> bool:
    """Whether two values are equal, of the same types throughout, and decimals of the same digits."""
    if isinstance(found, float) and isinstance(wanted, float):
        return found == wanted
    return repr(found) == repr(wanted) and found == wanted


@pytest.mark.parametrize("way", WAYS)
def test_documents_that_are_written_for_sqlite(way: str, database_url: str) -> None:
    import shelves as package

    calls = drive(connected("shelves", way, database_url), shelves_and_books)
    assert calls == methods(package.Database if way == "async" else package.DatabaseSync)


async def shelves_and_books(db: shelves.Database) -> None:
    from shelves.shelves import GetShelfDocumentShelf, ListShelvesBook

    prose, empty = [await db.shelves.add_shelf(name=name) for name in ("prose", "it's")]
    books = [
        await db.shelves.add_book(
            shelf_id=prose.id,
            title=title,
            code=code,
            printed=printed,
            pages=pages,
            price=Decimal(price),
            lent=lent,
            extra=extra,
        )
        for title, code, printed, pages, price, lent, extra in (
            ('A "b"', UUID(int=7), date(1999, 12, 31), 2**31, "10.50", True, {"x": [None]}),
            ("日本", None, None, 0, "99999999.99", False, []),
        )
    ]
    made = [ListShelvesBook(b.id, b.title, b.code, b.printed, b.lent, b.pages, b.price, b.extra) for b in books]
    rows = await db.shelves.list_shelves()
    found = [(row.id, row.name, sorted(row.books, key=lambda book: book.id)) for row in rows]
    assert same(found, [(prose.id, "prose", made), (empty.id, "it's", [])])
    titles = await db.shelves.list_titles()
    assert same([(row.name, sorted(row.titles)) for row in titles], [("it's", []), ("prose", ['A "b"', "日本"])])
    shelf = await db.shelves.get_shelf(id=prose.id)
    assert shelf is not None
    assert same(shelf.shelf, GetShelfDocumentShelf(prose.id, "prose"))
    assert sorted(shelf.pages) == [0, 2**31]
    assert await db.shelves.get_shelf(id=-1) is None


# Models of other libraries


@pytest.mark.parametrize("name", ["styled_attrs", "styled_msgspec", "styled_pydantic"])
@pytest.mark.parametrize("way", WAYS)
def test_models_of_other_libraries(name: str, way: str, database_url: str) -> None:
    package = importlib.import_module(name)
    if not hasattr(package, "connect" if way == "async" else "connect_sync"):
        return

    async def scenario(db: object) -> None:
        maker = await db.articles.add_maker(name="Ada & Co")
        document = {"a": [1, {"b": None}]}
        article = await db.articles.add_article(
            maker_id=maker, size=package.models.Size.LARGE, price=Decimal("12.50"), json=document
        )
        other = await db.articles.add_article(
            maker_id=None, size=package.models.Size.SMALL, price=Decimal("9"), json=[]
        )
        assert isinstance(article, package.models.Article)
        assert article.price == Decimal("12.5")
        assert await db.articles.get_json(id=article.id) == document
        assert [row.maker for row in await db.articles.list_articles()] == [None, "Ada & Co"]
        rows = await db.articles.list_with_makers()
        assert [(row.articles, row.makers and row.makers.name) for row in rows] == [
            (other, None),
            (article, "Ada & Co"),
        ]
        (listed,) = await db.articles.list_makers()
        (sold,) = listed.articles
        assert isinstance(sold, package.articles.ListMakersArticle)
        assert same((listed.name, sold.size, sold.price), ("Ada & Co", article.size, article.price))
        assert await db.articles.reprice(price=Decimal("1"), ids=[article.id, other.id]) == 2
        with pytest.raises(UniqueViolation):
            await db.articles.add_maker(name="Ada & Co")

    drive(connected(name, way, database_url), scenario)


# What a project may put in the place of ours


def test_types_names_and_templates_of_the_users_own(sqlite_url: str) -> None:
    import overridden
    from ledger_types import Detail, Money
    from overridden.models import JournalLine

    assert (GOLDEN / "overridden/generated/overridden/models.py").read_text().count(
        "a template of the project's own"
    ) == 1
    with overridden.connect_sync(sqlite_url) as db:
        db.migrate()
        first = db.ledger.add_entry(amount=Money(1250), detail=Detail("rent"))
        second = db.ledger.add_entry(amount=Money(1), detail=None)
        line = db.ledger.get_entry(id=first)
        assert isinstance(line, JournalLine)
        assert (line.amount, line.detail) == (Money(1250), Detail("rent"))
        assert db.ledger.get_detail(id=second) is None
        assert [row.amount for row in db.ledger.list_entries(ids=[first, second])] == [Money(1250), Money(1)]


# Moments of a schema that was written for SQLite


@pytest.mark.parametrize("way", WAYS)
def test_moments_that_sqlite_writes_are_found_again(way: str) -> None:
    import library as package

    calls = drive(connected("library", way, "sqlite://:memory:"), moments_of_sqlite)
    assert calls == methods(package.Database if way == "async" else package.DatabaseSync)


async def moments_of_sqlite(db: library.Database) -> None:
    ada = await db.loans.add_member(name="Ada")
    await db.loans.set_language(id=ada.id, language="de")
    found = await db.loans.get_member(id=ada.id)
    assert found is not None
    assert found.preferences == {"language": "de"}

    now = await db.loans.lend(member_id=ada.id)
    assert now.out_at.tzinfo is None
    assert now.seen_at is not None
    assert now.seen_at.utcoffset() == timedelta(0)
    assert now.opens == time(8)
    again = await db.loans.find_loan(member_id=ada.id, out_at=now.out_at, seen_at=now.seen_at, opens=now.opens)
    assert again == now
    early = datetime(2024, 1, 1, 12)
    fraction = early.replace(microsecond=500)
    offset = datetime(2024, 1, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    precise = await db.loans.lend_at(member_id=ada.id, out_at=fraction, seen_at=offset, opens=time(9, 30, 0, 1))
    whole = await db.loans.lend_at(member_id=ada.id, out_at=early, seen_at=offset, opens=time(9))
    assert (precise.out_at, precise.seen_at, precise.opens) == (fraction, offset, time(9, 30, 0, 1))
    assert await db.loans.list_loans_since(moment=early) == [whole.id, precise.id, now.id]
    assert await db.loans.list_loans_since(moment=fraction) == [precise.id, now.id]
    assert await db.loans.list_loans_at(moments=[fraction, early]) == [whole.id, precise.id]
    assert await db.loans.give_back(out_at=now.out_at) == 1
    assert await db.loans.give_back(out_at=now.out_at) == 0
