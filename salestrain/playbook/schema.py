"""What an editor needs to complete and check the YAML while it is typed."""

from __future__ import annotations

import json
from pathlib import Path, PurePath

from salestrain.playbook.load import FILES, FOLDERS


def editor_files() -> dict[str, str]:
    """Return the text of each editor file by its path in a workspace."""
    files, settings = {}, {}
    folders = {f"{folder}/*.yaml": model for folder, model in FOLDERS.items()}
    for name, model in (FILES | folders).items():
        stem = PurePath(name).stem if name in FILES else PurePath(name).parent
        schema = f"playbook/.schemas/{stem}.schema.json"
        files[schema] = _json(model.model_json_schema())
        settings[f"./{schema}"] = f"playbook/{name}"
    return files | {".vscode/settings.json": _json({"yaml.schemas": settings})}


def write_editor_files(workspace: Path) -> None:
    """Write the schemas, and the editor's settings unless there are some already."""
    for name, text in editor_files().items():
        path = workspace / name
        if ".schemas" in path.parts or not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
