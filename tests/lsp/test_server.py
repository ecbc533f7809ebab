"""Every feature of `gtr lsp`, over the wire."""

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound

REVIEW = """\
# General Technical Review - Sample / Incubation

- **Project:** Sample
- **Template Version:** v1.0

## Day 0 - Planning Phase

### Scope

* Describe the project's vision and goals.
  * 😀 One place for all samples. 😀 TODO: say which
* Describe the target persona or user(s) for the project?

### Usability

* How should the target personas interact with your project?
  * N/A

"""

KEP = """\
# KEP-1: Sample

## Summary

A sample.

## Motivation

### Goals

To have one.

### Non-Goals

None.

## Proposal

One.
"""


def codes(diagnostics):
    return {one.code for one in diagnostics}


def only(diagnostics, code):
    found = [one for one in diagnostics if one.code == code]
    assert found, f"{code} is not among {codes(diagnostics)}"
    return found[0]


async def actions(client, file, diagnostic, **context):
    context = types.CodeActionContext(diagnostics=[diagnostic], **context)
    return await client.text_document_code_action_async(
        types.CodeActionParams(text_document=file.document, range=diagnostic.range, context=context)
    )


def edits(action, file):
    edit = action.edit
    if edit.document_changes:
        (change,) = edit.document_changes
        assert (change.text_document.uri, change.text_document.version) == (file.uri, file.version)
        return change.edits
    (uri,) = edit.changes
    assert uri == file.uri
    return edit.changes[uri]


async def test_the_encoding_is_negotiated(client):
    expected = {"neovim": "utf-8", "visual_studio_code": "utf-16"}[client.profile]
    assert client.offered.capabilities.position_encoding == expected


async def test_diagnostics_are_pushed_and_cleared(client, open_file):
    file = open_file("review.md", REVIEW)
    found = await file.diagnostics()
    assert {"bare-not-applicable", "unanswered-question", "unresolved-marker"} <= codes(found)
    one = only(found, "unanswered-question")
    assert one.source == "gtr" and one.severity == types.DiagnosticSeverity.Error
    assert file.slice(one.range).startswith("Describe the target persona")
    assert file.slice(only(found, "unresolved-marker").range) == "TODO"

    file.type(file.position("TODO"), "😀 ")
    assert file.slice(only(await file.diagnostics(), "unresolved-marker").range) == "TODO"

    client.text_document_did_close(types.DidCloseTextDocumentParams(text_document=file.document))
    await client.wait_for_notification("textDocument/publishDiagnostics")
    assert list(client.diagnostics[file.uri]) == []


async def test_other_markdown_stays_silent(client, open_file):
    file = open_file("notes.md", "# Notes\n\nTODO\n\n* N/A\n")
    assert list(await file.diagnostics()) == []
    parameters = types.DocumentSymbolParams(text_document=file.document)
    assert not await client.text_document_document_symbol_async(parameters)


async def test_line_ends_of_windows(client, open_file):
    file = open_file("review.md", REVIEW.replace("\n", "\r\n"))
    one = only(await file.diagnostics(), "unanswered-question")
    assert file.slice(one.range).startswith("Describe the target persona")
    stub = next(a for a in await actions(client, file, one) if "N/A" in a.title)
    assert edits(stub, file)[0].new_text.endswith("\r\n")


async def test_the_outline_says_what_is_answered(client, open_file):
    file = open_file("review.md", REVIEW)
    parameters = types.DocumentSymbolParams(text_document=file.document)
    symbols = await client.text_document_document_symbol_async(parameters)
    day = next(one for one in symbols if one.name.startswith("Day 0"))
    scope, usability = day.children
    assert (scope.name, scope.detail) == ("Scope", "answered 1/6")
    assert usability.detail == "answered 0/3"
    assert [one.detail for one in scope.children] == ["answered", "unanswered"]
    assert [one.detail for one in usability.children] == ["N/A without a reason"]

    def inside(symbol):
        key = lambda place: (place.line, place.character)
        for child in symbol.children or []:
            assert key(symbol.range.start) <= key(child.range.start)
            assert key(child.range.end) <= key(symbol.range.end)
            inside(child)
        assert key(symbol.range.start) <= key(symbol.selection_range.start)
        assert key(symbol.selection_range.end) <= key(symbol.range.end)

    inside(day)


async def test_hover_explains_a_question(client, open_file):
    file = open_file("review.md", REVIEW)
    place = file.position("target persona")
    hover = await client.text_document_hover_async(types.HoverParams(text_document=file.document, position=place))
    text = hover.contents.value
    for part in ("day0.scope.target-persona", "required at sandbox", "Also known as", "unanswered", "https://"):
        assert part in text, text
    assert "unanswered-question" in text
    nothing = types.HoverParams(text_document=file.document, position=file.position("One place"))
    assert await client.text_document_hover_async(nothing) is None


async def test_a_missing_question_is_inserted_in_its_place(client, open_file):
    file = open_file("review.md", REVIEW)
    found = await file.diagnostics()
    one = only(found, "missing-question")
    action = next(a for a in await actions(client, file, one) if a.title.startswith("Add the question"))
    assert action.kind == types.CodeActionKind.QuickFix
    assert [about.code for about in action.diagnostics] == ["missing-question"]
    before = sum(other.code == "missing-question" for other in found)
    file.apply(edits(action, file))
    after = await file.diagnostics()
    assert sum(other.code == "missing-question" for other in after) == before - 1


@pytest.mark.parametrize("rule", ["unanswered-question", "bare-not-applicable"])
async def test_not_applicable_with_a_reason(client, open_file, rule):
    file = open_file("review.md", REVIEW)
    one = only(await file.diagnostics(), rule)
    action = next(a for a in await actions(client, file, one) if a.title.startswith("Answer N/A"))
    file.apply(edits(action, file))
    item = one.message.splitlines()[0].split("”")[0]
    assert any(other.code == "bare-not-applicable" and item in other.message for other in await file.diagnostics())
    file.apply([types.TextEdit(range=types.Range(
        start=file.position("because …", behind=False), end=file.position("because …", behind=True),
    ), new_text="because it is a library without users")])
    assert not any(item in other.message for other in await file.diagnostics())


async def test_suppression_with_a_reason(client, open_file):
    file = open_file("review.md", REVIEW)
    one = only(await file.diagnostics(), "unanswered-question")
    action = next(a for a in await actions(client, file, one) if a.title.endswith("here, with a reason"))
    file.apply(edits(action, file))
    assert "<!-- gtr-ignore unanswered-question: … -->" in file.text
    assert {"unanswered-question", "unexplained-suppression"} <= codes(await file.diagnostics())
    file.apply([types.TextEdit(range=types.Range(
        start=file.position("…"), end=file.position("…", behind=True),
    ), new_text="asked elsewhere")])
    assert not {"unanswered-question", "unexplained-suppression"} & codes(await file.diagnostics())


async def test_every_safe_fix_at_once(client, open_file):
    file = open_file("review.md", REVIEW.replace("v1.0\n", "v1.0\n- **Date Updated:** 2025-8-7\n"))
    one = only(await file.diagnostics(), "invalid-date")
    (single,) = [a for a in await actions(client, file, one, only=["quickfix"]) if a.is_preferred]
    assert [edit.new_text for edit in edits(single, file)] == ["2025-08-07"]
    (action,) = await actions(client, file, one, only=["source.fixAll"])
    assert action.kind == "source.fixAll.gtr"
    file.apply(edits(action, file))
    assert "**Date Updated:** 2025-08-07\n\n## Day 0" in file.text
    assert "invalid-date" not in codes(await file.diagnostics())
    assert not await actions(client, file, one, only=["refactor"])


async def test_completion_of_missing_questions(client, open_file):
    text = REVIEW.replace("\n### Usability", "* \n\n### Usability")
    file = open_file("review.md", text)
    place = file.position("* \n\n### Usability")
    place.character += 2
    result = await client.text_document_completion_async(
        types.CompletionParams(text_document=file.document, position=place)
    )
    first = min(result, key=lambda item: item.sort_text)
    assert first.detail == "required, day0.scope.primary-use-case"
    assert first.text_edit.new_text.startswith("* Describe the primary use case")
    before = sum(other.code == "missing-question" for other in await file.diagnostics())
    file.apply([first.text_edit])
    assert sum(other.code == "missing-question" for other in await file.diagnostics()) == before - 1
    inside = types.CompletionParams(text_document=file.document, position=file.position("One place"))
    assert not await client.text_document_completion_async(inside)


async def test_completion_of_values(client, open_file):
    file = open_file("review.md", REVIEW.replace("v1.0\n", "\n"))
    place = file.position("Template Version:**", behind=True)
    versions = await client.text_document_completion_async(
        types.CompletionParams(text_document=file.document, position=place)
    )
    assert "v1.0" in [item.label for item in versions]
    kep = open_file("kep.yaml", "title: Sample\nstatus: i\nstage:\n", "yaml")
    for needle, expected in [("status: i", "implementable"), ("stage:", "beta")]:
        place = kep.position(needle, behind=True)
        values = await client.text_document_completion_async(
            types.CompletionParams(text_document=kep.document, position=place)
        )
        assert expected in [item.label for item in values]


async def test_a_lens_counts(client, open_file):
    file = open_file("review.md", REVIEW)
    (lens,) = await client.text_document_code_lens_async(types.CodeLensParams(text_document=file.document))
    assert "required questions answered at incubation" in lens.command.title


async def test_configuration_on_the_disk_is_picked_up(client, open_file, tmp_path):
    file = open_file("review.md", REVIEW)
    assert "bare-not-applicable" in codes(await file.diagnostics())
    (tmp_path / "gtr.yaml").write_text("rules:\n  bare-not-applicable: off\n")
    change = types.FileEvent(uri=(tmp_path / "gtr.yaml").as_uri(), type=types.FileChangeType.Created)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes=[change]))
    await client.wait_for_notification("textDocument/publishDiagnostics")
    assert "bare-not-applicable" not in codes(client.diagnostics[file.uri])


async def test_configuration_in_the_editor_is_picked_up(client, open_file):
    file = open_file("review.md", REVIEW)
    assert "bare-not-applicable" in codes(await file.diagnostics())
    config = open_file("gtr.yaml", "rules:\n  bare-not-applicable: of\n", "yaml", on_disk=False)
    (wrong,) = await config.diagnostics()
    assert "no severity" in wrong.message and wrong.range.start.line == 1
    config.type(config.position("of\n", behind=False), "of")
    config.apply([])
    config.text = "rules:\n  bare-not-applicable: off\n"
    config.apply([])
    assert list(await config.diagnostics()) == []
    file.type(file.position("TODO"), " ")
    assert "bare-not-applicable" not in codes(await file.diagnostics())


async def test_kep_yaml_rules_its_readme(client, open_file):
    metadata = "title: Sample\nkep-number: 1\nauthors: ['@a']\nowning-sig: sig-a\nstatus: provisional\n"
    kep = open_file("1-sample/kep.yaml", metadata, "yaml")
    readme = open_file("1-sample/README.md", KEP)
    before = codes(await readme.diagnostics())
    assert "missing-section" not in before
    kep.apply([types.TextEdit(range=types.Range(
        start=kep.position("provisional"), end=kep.position("provisional", behind=True),
    ), new_text="implementable")])
    await kep.diagnostics()
    readme.type(readme.position("One."), " ")
    assert codes(await readme.diagnostics()) - before
    kep.text = kep.text.replace("implementable", "implementabel")
    kep.apply([])
    wrong = only(await kep.diagnostics(), "kep-invalid-status")
    assert kep.slice(wrong.range) == "implementabel"
    action = next(a for a in await actions(client, kep, wrong) if a.title.endswith("here, with a reason"))
    assert edits(action, kep)[0].new_text == "# gtr-ignore kep-invalid-status: …\n"


async def test_unknown_requests_are_refused_and_the_session_goes_on(client, open_file):
    file = open_file("review.md", REVIEW)
    with pytest.raises(JsonRpcMethodNotFound):
        await client.protocol.send_request_async("gtr/unknown", {})
    assert await file.diagnostics()
