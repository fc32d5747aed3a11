"""A browser without script: cookies, forms with their hidden fields, and what is on the page."""

from __future__ import annotations

import re
from html import unescape
from types import TracebackType
from typing import Self

import aiohttp


class Visitor:
    """Goes from page to page; `status`, `text` and `headers` are those of the last answer."""

    def __init__(self, url: str, language: str = "en") -> None:
        self.url = url
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"Accept-Language": language}
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self._session.close()

    async def go(self, path: str, **headers: str) -> str:
        """Open a page, and follow where it leads."""
        async with self._session.get(self._at(path), headers=headers) as answer:
            return await self._take(answer)

    async def press(self, value: str, **fields: str) -> str:
        """Send the form with this button; `fields` are filled in."""
        form, name = self._form_with(value)
        action = re.search(r'action="([^"]+)"', form)
        assert action
        data = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        data |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)"[^>]* checked', form))
        data |= {name: value} if name else {}
        return await self.post(action[1], **{**data, **fields})

    async def post(self, path: str, **data: str) -> str:
        async with self._session.post(self._at(path), data=data) as answer:
            return await self._take(answer)

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.key: cookie.OutputString() for cookie in self._session.cookie_jar}

    def _at(self, path: str) -> str:
        return path if path.startswith("http") else self.url + path

    async def _take(self, answer: aiohttp.ClientResponse) -> str:
        self.status, self.headers, self.where = answer.status, answer.headers, answer.url.path
        self.source = await answer.text()
        self.text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", self.source)))
        return self.text

    def _form_with(self, value: str) -> tuple[str, str]:
        """The form that has this button, and the button's name."""
        for form in re.findall(r"<form .*?</form>", self.source, re.DOTALL):
            named = re.search(rf'<button name="([^"]+)" value="{re.escape(value)}"', form)
            if named:
                return form, named[1]
            if re.search(rf"<button[^>]*>{re.escape(value)}", form):
                return form, ""
        raise AssertionError(f"no button {value!r} in {self.text[:500]}")
