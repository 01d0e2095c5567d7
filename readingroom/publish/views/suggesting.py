"""Links that let a reader take part: to the annotation file in the repository's web editor, and to report an error.

Both are templates in mkdocs.yml under `extra`; without one, its link is not shown.
`suggest_note` may hold {action} (`new` or `edit`), {path}, {existing} (the path of a file that is there, else nothing)
and {value}; `report_error` {title} and {id}.
"""

from __future__ import annotations

from urllib.parse import quote

from readingroom.publish.views.document import DocumentView


def suggestion(template: str, document: DocumentView) -> str:
    """Return the address of the document's annotation file in the web editor, with nothing quoted yet."""
    action, existing = ("edit", document.annotation) if document.annotated else ("new", "")
    return _filled(template, action=action, existing=existing, path=document.annotation, value="")


def error_report(template: str, document: DocumentView) -> str:
    """Return the address at which an error in the document can be reported."""
    return _filled(template, title=document.title, id=document.id)


def _filled(template: str, **values: str) -> str:
    for key, value in values.items():
        template = template.replace(f"{{{key}}}", quote(value, safe="/" if key in {"path", "existing"} else ""))
    return template
