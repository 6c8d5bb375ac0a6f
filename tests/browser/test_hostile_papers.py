"""Whatever a paper says, nothing of it runs, loads or leads anywhere on the review page.

The fixture `open_page` watches: a request for anything that is not the page's own, a question to the person, a
complaint of the browser or an error fails the test.
"""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from reportlab.pdfgen.canvas import Canvas

Extract = Callable[..., Path]
Open = Callable[..., Page]

ELSEWHERE = "http://127.0.0.1:9/"
TEXTS = (
    "</script><script>window.pwned = 1; alert(1)</script>",
    "<img src=x onerror=alert(2)><svg onload=alert(3)>",
    f"<style>body {{ display: none }}</style><link rel=stylesheet href={ELSEWHERE}a.css>",
    "<a href='javascript:alert(4)'>press</a> \u2028 \u2029 \\u003cscript\\u003e `${alert(5)}` */ --> ]]>",
    f"<iframe src={ELSEWHERE}></iframe><meta http-equiv=refresh content='0;url={ELSEWHERE}'>",
    "__proto__ constructor \ufeff \u202e desrever \x07 &lt;b&gt;",
)
MARKUP = {
    "scripts": f"<script>alert(1)</script><script src={ELSEWHERE}x.js></script><noscript><p title='</noscript>"
    "<img src=x onerror=alert(2)>'>x</p></noscript><template><script>alert(3)</script></template>",
    "listeners": "<div onclick=alert(1) onmouseover=alert(2) onpointerenter=alert(3) onfocus=alert(4) tabindex=0>touch"
    "</div><details open ontoggle=alert(5)><summary>more</summary>x</details><marquee onstart=alert(6)>x</marquee>",
    "links": f"<a href='javascript:alert(1)'>one</a> <a href='data:text/html,<script>alert(2)</script>'>two</a> "
    f"<a href={ELSEWHERE} target=_blank ping={ELSEWHERE}p>three</a> <a href='#paper' download>four</a> "
    f"<map><area href={ELSEWHERE} shape=default></map>",
    "frames": f"<iframe src={ELSEWHERE}></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>"
    f"<object data={ELSEWHERE}></object><embed src={ELSEWHERE}><portal src={ELSEWHERE}></portal>",
    "pictures": f"<img src={ELSEWHERE}a.png srcset='{ELSEWHERE}b.png 2x' onerror=alert(1) alt='<b>seal</b>'>"
    f"<picture><source srcset={ELSEWHERE}c.webp></picture><video src={ELSEWHERE}d.mp4 poster={ELSEWHERE}e.png autoplay>"
    f"</video><audio src={ELSEWHERE}f.mp3 autoplay></audio><input type=image src={ELSEWHERE}g.png>",
    "svg": f"<svg onload=alert(1)><script>alert(2)</script><a xlink:href='javascript:alert(3)'><text>x</text></a>"
    f"<image href={ELSEWHERE}a.png /><use href={ELSEWHERE}b.svg#c /><foreignObject><img src=x onerror=alert(4)>"
    "</foreignObject></svg><math><maction actiontype='statusline#http://x' xlink:href='javascript:alert(5)'>x</maction>"
    "</math>",
    "styles": f"<style>@import url({ELSEWHERE}a.css); body {{ display: none }}</style><link rel=stylesheet "
    f"href={ELSEWHERE}b.css><p style='background: url({ELSEWHERE}c.png); position: fixed; inset: 0'>x</p>"
    f"<table background={ELSEWHERE}d.png><tr><td background={ELSEWHERE}e.png>1</table>"
    "<font face='x' color=white>y</font>",
    "head": f"<meta http-equiv=refresh content='0;url={ELSEWHERE}'><base href={ELSEWHERE} target=_top>"
    f"<link rel=prefetch href={ELSEWHERE}><link rel=preconnect href={ELSEWHERE}><link rel=icon href={ELSEWHERE}i.png>",
    "forms": f"<form action={ELSEWHERE} onsubmit=alert(1)><input autofocus onfocus=alert(2) value=x><button "
    f"formaction='javascript:alert(3)'>send</button><textarea autofocus><script>alert(4)</script></textarea>"
    "<select onchange=alert(5)><option>one<option>two</select><keygen autofocus></form>",
    "names": "<p id=view>view</p><p id=said class='read cell' data-cell=0 data-raw=0 role=alert>said</p><form id=Nodes "
    "name=committeePapers><input name=attributes></form><p class=origin contenteditable>y</p><p is=x-y slot=z>z</p>",
    "tables": "<table border=1><caption><script>alert(1)</script><img src=x onerror=alert(2)>Costs</caption><tr "
    "onclick=alert(3)><th onmouseover=alert(4)>A<th colspan=99999>B<tr><td rowspan=-1>&lt;script&gt;alert(5)&lt;/script"
    "&gt;<td>2</table>",
}
SHOWN = frozenset(("class", "title", "rowspan", "colspan", "start", "data-raw"))


def check(page: Page) -> None:
    """Touch what there is, and see that it stays what it was."""
    address = page.url
    expect(page.locator(".read")).to_be_visible()
    for node in (*page.locator(".read .cell:visible").all()[:12], *page.locator(".source .printed:visible").all()[:12]):
        node.click()
    for node in page.locator(".source [title]:visible").all():
        node.click()
    assert page.url == address
    assert len(page.context.pages) == 1
    assert page.evaluate("window.pwned") is None
    alive = (
        "script, style, iframe, link, meta, object, embed, base, video, img:not(.picture), .source :is(a, form, input)"
    )
    assert page.locator(f"#view :is({alive})").count() == 0
    names = page.locator("#view *").evaluate_all("nodes => nodes.flatMap(node => node.getAttributeNames())")
    assert not [name for name in names if name.startswith("on") or name in {"style", "srcset", "action", "autofocus"}]
    hrefs = page.locator("#view a").evaluate_all("nodes => nodes.map(a => a.getAttribute('href'))")
    assert all(href.startswith("#") for href in hrefs)


def test_of_web_pages_nothing_is_alive(raw: Path, extract: Extract, open_page: Open, troubles: list[str]) -> None:
    for kind, markup in MARKUP.items():
        head = f"<html><head><title>&lt;b&gt;{kind}</title></head><body onload=alert(0) background={ELSEWHERE}>"
        (raw / f"{kind}.html").write_text(f"{head}<p>A text.</p>{markup}<p>The end.</p>", encoding="utf-8")
    out = extract()
    for kind in MARKUP:
        page = open_page(out, kind)
        expect(page.locator(".source .web")).to_contain_text("The end.")
        check(page)
        names = page.locator(".web *").evaluate_all("nodes => nodes.flatMap(node => node.getAttributeNames())")
        assert set(names) <= SHOWN, kind
        assert troubles == [], kind
        page.close()


def test_of_a_text_nothing_is_alive_nor_of_its_name(raw: Path, extract: Extract, open_page: Open) -> None:
    name = "x<img src=x onerror=alert(9)>&'\".txt"
    lines = ["The heading", "", *TEXTS, "\t".join(TEXTS), "\t".join(TEXTS)]
    (raw / name).write_text("\n".join(lines), encoding="utf-8")
    page = open_page(extract())
    expect(page.locator(".papers tbody")).to_contain_text(name)
    page.locator(".papers tbody a").click()
    expect(page.locator(".source")).to_contain_text("</script><script>window.pwned = 1")
    check(page)


def test_of_a_pdf_nothing_is_alive(raw: Path, extract: Extract, open_page: Open) -> None:
    canvas = Canvas(str(raw / "paper.pdf"), invariant=True)
    canvas.setTitle("<script>alert(1)</script>")
    for n, text in enumerate(TEXTS[:5]):
        canvas.drawString(50, 700 - 40 * n, text.replace("\u2028 \u2029", ""))
    canvas.linkURL("javascript:alert(2)", (50, 690, 300, 720))
    canvas.linkURL(ELSEWHERE, (50, 650, 300, 680))
    canvas.showPage()
    canvas.save()
    page = open_page(extract(), "paper")
    expect(page.locator(".source")).to_contain_text("<script>window.pwned = 1")
    check(page)
    hrefs = page.locator("#view image").evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
    assert set(hrefs) <= {"papers/paper/page-0001.png"}


def test_of_a_ruling_nothing_is_alive(raw: Path, extract: Extract, open_page: Open) -> None:
    (raw / "paper.txt").write_text("A heading\n\nA line of text.\n", encoding="utf-8")
    ruling = [f'{key} = "<img src=x onerror=alert(1)></script>"' for key in ("reads", "why", "by", "when")]
    (raw / "paper.txt.toml").write_text("\n".join(['[[ruling]]\nprinted = "heading"', *ruling]), encoding="utf-8")
    page = open_page(extract(), "paper")
    expect(page.locator(".rulings li")).to_contain_text("<img src=x onerror=alert(1)></script>")
    check(page)


def test_the_page_refuses_what_would_make_markup_or_code(
    raw: Path, extract: Extract, open_page: Open, troubles: list[str]
) -> None:
    (raw / "paper.txt").write_text("A heading\n\nA line of text.\n", encoding="utf-8")
    page = open_page(extract(), "paper")
    attempts = (
        "document.body.innerHTML = '<b>x</b>'",
        f"document.createElement('script').src = '{ELSEWHERE}'",
        "setTimeout('window.pwned = 1', 0)",
    )
    for attempt in attempts:
        refused = page.evaluate(f"(() => {{ try {{ {attempt}; return false }} catch {{ return true }} }})()")
        assert refused, attempt
    assert len(troubles) == len(attempts)
    troubles.clear()
    page.evaluate(f"document.body.append(Object.assign(new Image(), {{ src: '{ELSEWHERE}a.png' }}))")
    expect(page.locator("body > img")).to_have_count(1)
    page.wait_for_function("document.querySelector('body > img').complete")
    assert any("Content Security Policy" in trouble for trouble in troubles)
    troubles.clear()
