"""The pages in a real browser (headless Chromium): reading, pointing, the keyboard, problems, both themes."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from service.settings import digest_of
from tests.waiting import WAIT_SECONDS


@pytest.fixture(scope="module")
def chromium() -> Iterator[webdriver.Chrome]:
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert binary and driver, "install Debian's packages chromium and chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    # No sandbox: the tests may run as root, and the only pages are our own.
    # No motion: a page that still scrolls is another page every time one looks.
    arguments = ("headless=new", "no-sandbox", "disable-dev-shm-usage", "window-size=1440,1100")
    for argument in (*arguments, "force-prefers-reduced-motion"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield browser
    browser.quit()


@pytest.fixture
def page(chromium, service) -> webdriver.Chrome:
    """The reading room, freshly opened."""
    chromium.get_log("browser")
    chromium.get(service.url + "/")
    return chromium


def find(browser: webdriver.Chrome, selector: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def read_sample(browser: webdriver.Chrome, number: int) -> None:
    find(browser, ".sample")[number].click()
    browser.find_element(By.ID, "read").click()
    WebDriverWait(browser, WAIT_SECONDS).until(lambda _: find(browser, ".pair"))


def until(browser: webdriver.Chrome, condition: Callable[[], bool]) -> None:
    """Events reach a page late on a busy machine."""
    WebDriverWait(browser, WAIT_SECONDS).until(lambda _: condition())


def lit_names(browser: webdriver.Chrome) -> list[WebElement]:
    return find(browser, "mark.lit")


def keep_screenshot(browser: webdriver.Chrome, name: str) -> None:
    """Keep a picture for a person to look at, where SCREENSHOTS names a folder."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        browser.save_screenshot(str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize("number", range(3))
def test_each_sample_is_read_in_both_languages(page, number):
    read_sample(page, number)
    pairs = find(page, ".pair")
    assert 1 <= len(pairs) <= 12
    for pair in pairs:
        assert pair.find_element(By.CSS_SELECTOR, "p.de").text
        assert pair.find_element(By.CSS_SELECTOR, "p.en").text
    assert find(page, "#document p") and find(page, ".name")
    assert [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"] == []
    keep_screenshot(page, f"sample-{number}")


def test_pointing_at_a_name_lights_it_in_both_languages_and_in_the_article(page):
    read_sample(page, 2)
    name = next(mark for mark in find(page, ".pair p.de mark") if both_sides(page, mark))
    everywhere = {(name.get_attribute("data-entity"), place) for place in ("p.de", "p.en", "#document")}
    point_until(page, name, lambda: lit_places(page) == everywhere)
    assert page.find_element(By.ID, "caption").text
    keep_screenshot(page, "name")


@pytest.mark.parametrize(
    ("kind", "label", "side"), [("doubt", "doubtful word", "en"), ("omission", "not found in the English", "de")]
)
def test_words_that_may_be_wrong_or_are_missing_are_underlined_and_told(page, kind, label, side):
    read_sample(page, 0)
    script = "return [...CSS.highlights.get(arguments[0])].map((range) => range.toString())"
    underlined = page.execute_script(script, kind)
    badges = [badge.get_attribute("textContent") for badge in find(page, ".badge")]
    told = [word for badge in badges if label in badge for word in re.findall("“(.+?)”", badge)]
    assert underlined and underlined == told
    shown = " ".join(paragraph.text for paragraph in find(page, f".pair p.{side}"))
    assert all(word in shown for word in underlined)
    keep_screenshot(page, f"{kind}s")


def both_sides(browser: webdriver.Chrome, mark: WebElement) -> bool:
    return bool(find(browser, f'.pair p.en mark[data-entity="{mark.get_attribute("data-entity")}"]'))


def leave_with_the_pointer(browser: webdriver.Chrome) -> None:
    """To the corner: where an earlier test left it, a new page may slide a name under it."""
    chain = ActionChains(browser)
    chain.w3c_actions.pointer_action.move_to_location(1, 1)
    chain.perform()


def point_at(browser: webdriver.Chrome, element: WebElement) -> None:
    """At the middle of its first line, in the middle of the window: between two lines lies something else."""
    leave_with_the_pointer(browser)
    x, y = browser.execute_script(
        """arguments[0].scrollIntoView({ block: "center" });
        const line = arguments[0].getClientRects()[0];
        return [Math.round(line.x + line.width / 2), Math.round(line.y + line.height / 2)]""",
        element,
    )
    chain = ActionChains(browser)
    chain.w3c_actions.pointer_action.move_to_location(x, y)
    chain.perform()


def point_until(browser: webdriver.Chrome, element: WebElement, condition: Callable[[], bool]) -> None:
    """Point at an element, and again if the page changed meanwhile, until the condition holds."""

    def pointed() -> bool:
        point_at(browser, element)
        return condition()

    until(browser, pointed)


def lit_places(browser: webdriver.Chrome) -> set[tuple[str, str]]:
    """Entity and place of every name that is lit, all seen at the same moment."""
    found = browser.execute_script(
        """return [...document.querySelectorAll("mark.lit")].flatMap((mark) =>
            arguments[0].filter((place) => mark.closest(place)).map((place) => [mark.dataset.entity, place]))""",
        ["p.de", "p.en", "#document"],
    )
    return set(map(tuple, found))


def test_names_are_reached_by_keyboard_and_escape_lets_go(page):
    read_sample(page, 2)
    leave_with_the_pointer(page)
    browser_focus = "arguments[0].focus()"
    page.execute_script(browser_focus, find(page, ".pair")[0])
    page.switch_to.active_element.send_keys(Keys.TAB)
    focused = page.switch_to.active_element
    assert focused.tag_name == "mark"
    until(page, lambda: len(lit_names(page)) >= 2)
    focused.send_keys(Keys.ESCAPE)
    until(page, lambda: lit_names(page) == [])


def test_pointing_at_a_sentence_shows_its_source_and_the_other_way_round(page):
    read_sample(page, 0)
    last = find(page, ".pair")[-1]
    badges = last.find_element(By.CSS_SELECTOR, ".checks")
    point_until(page, badges, lambda: bool(find(page, ".source-sentence.lit")))
    (source,) = find(page, ".source-sentence.lit")
    assert source.text == last.find_element(By.CSS_SELECTOR, "p.de").text
    first = find(page, ".source-sentence")[0]
    point_until(page, first, lambda: bool(find(page, ".pair.lit")))
    (pair,) = find(page, ".pair.lit")
    assert pair.get_attribute("data-sentence") == first.get_attribute("data-sentence")


def test_a_problem_is_told_in_words_and_the_page_goes_on(page):
    area = page.find_element(By.ID, "article")
    area.send_keys("The government will discuss the budget in Berlin on Friday, a spokesman said yesterday evening.")
    page.find_element(By.ID, "read").click()
    problem = page.find_element(By.ID, "problem")
    WebDriverWait(page, WAIT_SECONDS).until(lambda _: problem.is_displayed())
    assert "German" in problem.text
    read_sample(page, 1)
    assert not problem.is_displayed()


def test_markup_in_an_article_is_shown_not_run(page):
    area = page.find_element(By.ID, "article")
    area.send_keys("Der Minister <img src=x onerror=document.title='boese'> sagte am Freitag in Berlin, es gehe voran.")
    page.find_element(By.ID, "read").click()
    WebDriverWait(page, WAIT_SECONDS).until(lambda _: find(page, ".pair"))
    assert "<img src=x" in page.find_element(By.CSS_SELECTOR, ".pair p.de").text
    assert page.title.startswith("Presseschau") and not find(page, "#result img")


def test_pasted_markup_is_read_as_html(page):
    markup = "<!-- wp:paragraph --><p>Der Minister sprach am Freitag in <b>M&uuml;nchen</b> &uuml;ber Geld.</p>"
    page.execute_script(
        """const data = new DataTransfer();
        data.setData("text/plain", arguments[0]);
        const area = document.getElementById("article");
        area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
        area.value = arguments[0];""",
        markup,
    )
    page.find_element(By.ID, "read").click()
    WebDriverWait(page, WAIT_SECONDS).until(lambda _: find(page, ".pair"))
    sentence = "Der Minister sprach am Freitag in München über Geld."
    assert page.find_element(By.CSS_SELECTOR, ".pair p.de").text == sentence


def test_a_service_that_is_gone_is_told_in_words(page):
    find(page, ".sample")[0].click()
    page.execute_script("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))")
    page.find_element(By.ID, "read").click()
    problem = page.find_element(By.ID, "problem")
    until(page, problem.is_displayed)
    assert "does not answer" in problem.text and page.find_element(By.ID, "article").get_attribute("value")


def test_offsets_hold_behind_an_emoji(page):
    text = "🎉🎉 Präsident Wladimir Putin empfing am Freitag in Moskau den Minister Andrei Beloussow."
    page.execute_script("document.getElementById('article').value = arguments[0]", text)
    page.find_element(By.ID, "read").click()
    WebDriverWait(page, WAIT_SECONDS).until(lambda _: find(page, ".pair"))
    names = [mark.text for mark in find(page, ".pair p.de mark")]
    assert any(name.endswith("Putin") for name in names)
    assert all(name in text and name == name.strip() for name in names)


def test_the_page_asks_for_a_key_where_one_is_needed(chromium, start):
    with start(api_keys=digest_of("geheim")) as guarded:
        guarded.wait_until_ready()
        chromium.get(guarded.url + "/")
        key = chromium.find_element(By.ID, "key")
        assert not key.is_displayed()
        find(chromium, ".sample")[1].click()
        chromium.find_element(By.ID, "read").click()
        WebDriverWait(chromium, WAIT_SECONDS).until(lambda _: key.is_displayed())
        key.send_keys("geheim")
        chromium.find_element(By.ID, "read").click()
        WebDriverWait(chromium, WAIT_SECONDS).until(lambda _: find(chromium, ".pair"))


def test_light_and_dark(page):
    def background() -> str:
        return page.execute_script("return getComputedStyle(document.body).backgroundColor")

    before = background()
    page.find_element(By.ID, "theme").click()
    assert background() != before
    page.refresh()
    assert background() != before, "the choice is remembered"
    keep_screenshot(page, "theme")
    page.find_element(By.ID, "theme").click()
    assert background() == before


def test_a_narrow_screen_needs_no_sideways_scrolling(page):
    page.set_window_size(420, 900)
    try:
        read_sample(page, 0)
        until(page, lambda: page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"))
        keep_screenshot(page, "narrow")
    finally:
        page.set_window_size(1440, 1100)


def test_the_documentation_tries_a_route(page, service):
    page.get(service.url + "/docs")
    form = page.find_element(By.CSS_SELECTOR, "#createSummary form.try")
    form.find_element(By.CSS_SELECTOR, "button").click()
    answer = form.find_element(By.CSS_SELECTOR, "pre")
    WebDriverWait(page, WAIT_SECONDS).until(lambda _: answer.is_displayed())
    assert form.find_element(By.CSS_SELECTOR, "output").text.startswith("200")
    assert '"summary"' in answer.text
    keep_screenshot(page, "docs")


def test_the_pages_ask_no_one_else(page, service):
    """Every request that the browser makes goes to the service itself."""
    import json

    page.get_log("performance")  # what earlier tests asked, perhaps of another service, is not meant here
    page.get(service.url)
    read_sample(page, 0)
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert urls
    assert [url for url in urls if not url.startswith((service.url, "data:", "chrome:"))] == []
