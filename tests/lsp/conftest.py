"""The real program with two kinds of editor: one that counts in bytes, one that counts in UTF-16 units.

GTR names the program; without it, target/release/gtr and target/debug/gtr are tried.
"""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

ROOT = pathlib.Path(__file__).resolve().parents[2]


def program() -> str:
    if "GTR" in os.environ:
        return os.environ["GTR"]
    built = [ROOT / "target" / kind / "gtr" for kind in ("release", "debug")]
    return str(next((path for path in built if path.exists()), built[0]))


@pytest_lsp.fixture(
    params=["neovim", "visual_studio_code"],
    config=ClientServerConfig(server_command=[program(), "lsp"], server_env={"GTR_TODAY": "2026-11-21"}),
)
async def client(request, lsp_client: LanguageClient, tmp_path):
    (tmp_path / ".git").mkdir()
    parameters = types.InitializeParams(
        capabilities=client_capabilities(request.param),
        root_uri=tmp_path.as_uri(),
        process_id=os.getpid(),
    )
    lsp_client.profile = request.param
    lsp_client.told = {}
    features = lsp_client.protocol.fm.features
    keep = features["textDocument/publishDiagnostics"]

    def told(parameters: types.PublishDiagnosticsParams):
        keep(parameters)
        lsp_client.told[parameters.uri] = (parameters.version, parameters.diagnostics)

    features["textDocument/publishDiagnostics"] = told
    lsp_client.offered = await lsp_client.initialize_session(parameters)
    yield
    await lsp_client.shutdown_session()


class File:
    """An open document: sends changes, keeps the text, makes edits as an editor does."""

    def __init__(self, client, path, text, language="markdown"):
        self.client, self.path, self.uri, self.version = client, path, path.as_uri(), 1
        self.text = text
        self.utf8 = client.offered.capabilities.position_encoding == "utf-8"
        item = types.TextDocumentItem(uri=self.uri, language_id=language, version=1, text=text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    @property
    def document(self):
        return types.TextDocumentIdentifier(uri=self.uri)

    def units(self, text):
        return len(text.encode("utf-8" if self.utf8 else "utf-16-le")) // (1 if self.utf8 else 2)

    def offset(self, position):
        lines = self.text.split("\n")
        before = sum(len(line) + 1 for line in lines[: position.line])
        line = lines[position.line]
        return before + next(
            (at for at in range(len(line) + 1) if self.units(line[:at]) >= position.character), len(line)
        )

    def position(self, needle, behind=False):
        at = self.text.index(needle) + (len(needle) if behind else 0)
        line = self.text.count("\n", 0, at)
        return types.Position(line=line, character=self.units(self.text[:at].rsplit("\n", 1)[-1]))

    def slice(self, range):
        return self.text[self.offset(range.start) : self.offset(range.end)]

    def apply(self, edits):
        """Makes edits and tells the server the whole text."""
        for edit in sorted(edits, key=lambda edit: self.offset(edit.range.start), reverse=True):
            start, end = self.offset(edit.range.start), self.offset(edit.range.end)
            self.text = self.text[:start] + edit.new_text + self.text[end:]
        self.change([types.TextDocumentContentChangeWholeDocument(text=self.text)])

    def type(self, position, text):
        """Types at a place and tells the server that change alone."""
        at = self.offset(position)
        self.text = self.text[:at] + text + self.text[at:]
        range = types.Range(start=position, end=position)
        self.change([types.TextDocumentContentChangePartial(range=range, text=text)])

    def change(self, changes):
        self.version += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=identifier, content_changes=changes)
        )

    async def diagnostics(self):
        """The findings of the present version."""
        for _ in range(2000):
            version, found = self.client.told.get(self.uri, (None, []))
            if version == self.version:
                return found
            await asyncio.sleep(0.01)
        raise TimeoutError(f"no findings of version {self.version}")


@pytest.fixture
def open_file(client, tmp_path):
    def write(name, text, language="markdown", on_disk=True):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if on_disk:
            path.write_bytes(text.encode())
        return File(client, path, text, language)

    return write
